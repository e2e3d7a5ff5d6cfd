"""The rule ``dutch_greedy``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from marshmallow import Schema

from pb_engine.api import (
    BallotFormat,
    Card,
    Election,
    Explanation,
    LocalText,
    Outcome,
    Settings,
    TallyRefused,
)
from pb_engine.plugins.dutch_rules.settings import DutchGreedySettings
from pb_engine.plugins.dutch_rules.standing import standings
from pb_engine.plugins.dutch_rules.trail import decisions
from pb_engine.plugins.dutch_rules.walk import Walk
from pb_engine.plugins.dutch_rules.words import explain

CARD = Card(
    name="dutch_greedy",
    version="1",
    label=LocalText(nl="Meeste stemmen, met afspraken", en="Most votes, with conditions"),
    summary=LocalText(
        nl="De ideeën met de meeste stemmen krijgen geld, zolang het past. De gemeente kan "
        "afspraken toevoegen: potten per wijk of thema, een drempel, ideeën die elkaar uitsluiten.",
        en="The projects with most votes are funded while they fit. The municipality may add "
        "conditions: pots per neighbourhood or theme, a threshold, projects that exclude each "
        "other.",
    ),
)


@dataclass(frozen=True, slots=True)
class DutchGreedy:
    """Most votes first with the conditions that Dutch cities publish, each a setting.

    Enschede (2023) passes over what does not fit; Amsterdam (2019-2022) sets ceilings per theme or
    neighbourhood, lifts them for what is left, and offers the rest to the next project.  With all
    settings at their defaults this is greedy utilitarian welfare (Talmon and Faliszewski, 2019).

    Every project gets a turn, the highest first: first within ``first_group``, then the whole
    list, then what is ``leftover``.  Equals fall by the lot.  A project that was passed over in
    one round gets a new turn in the next.  Two projects that need each other are never funded.
    ``groups``, ``exclusive`` and ``needs`` may name projects that are not in the election (they
    may have been withdrawn): such an entry has no effect, except that a project that needs a
    withdrawn one is not funded.

    The rule does not weigh paper and web ballots differently: a ballot does not say how it came.

    Reasons of a decision: ``funded``, ``over_budget``, ``too_few_votes``, ``rival_funded``,
    ``needs_another``, ``pot_empty``, ``does_not_fit``, ``after_the_end`` (only with
    ``ending = "stop"``), ``partly_funded``.  A partly funded project is not funded: the fact
    ``amount`` says how much it is offered, and no amount is ever above what is left.  Facts: see
    ``trail.py``.
    """

    @property
    def card(self) -> Card:
        """The name plate."""
        return CARD

    @property
    def settings_schema(self) -> type[Schema]:
        """See ``DutchGreedySettings``."""
        return DutchGreedySettings

    @property
    def formats(self) -> frozenset[BallotFormat]:
        """Ballots whose weights can be added up: all but rankings."""
        return frozenset(BallotFormat) - {BallotFormat.RANKING}

    def tally(self, election: Election, settings: Settings) -> Outcome:
        """Give every project its turn.

        :raises TallyRefused: these ballots are rankings, or the lot does not hold every project
            once.
        """
        if election.profile.format is BallotFormat.RANKING:
            raise TallyRefused("dutch_greedy adds up votes, points and grades, not ranking ballots")
        ranking = standings(election, settings)
        walk = Walk(ranking, election.budget, election.profile.voters, settings)
        made = decisions(election, ranking, walk, settings)
        return Outcome(
            method=CARD.name,
            version=CARD.version,
            selected=walk.selected,
            decisions=made,
            facts={
                "budget": election.budget,
                "left": walk.left,
                "offered": sum(int(one.facts.get("amount", 0)) for one in made),
            },
        )

    def explain(
        self, election: Election, outcome: Outcome, settings: Settings
    ) -> Mapping[str, Explanation]:
        """Explain every project in one sentence and the steps behind it."""
        return explain(election, outcome, settings)
