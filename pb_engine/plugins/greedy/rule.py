"""The rule ``greedy``."""

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
)
from pb_engine.plugins.greedy.settings import GreedySettings
from pb_engine.plugins.greedy.trail import Count
from pb_engine.plugins.greedy.words import explain

CARD = Card(
    name="greedy",
    version="1",
    label=LocalText(
        nl="Meeste stemmen eerst",
        en="Most votes first",
        de="Die meisten Stimmen zuerst",
        tr="Önce en çok oy alanlar",
        ar="الأكثر أصواتًا أولًا",
        pl="Najpierw najwięcej głosów",
    ),
    summary=LocalText(
        nl="De ideeën met de meeste stemmen krijgen geld, zolang het past. Past een idee niet "
        "meer, dan is het volgende aan de beurt. De gemeente kan afspraken toevoegen, zoals potten "
        "per wijk of een drempel.",
        en="The projects with most votes are funded while they fit. When one no longer fits, the "
        "next one gets its turn. The municipality may add conditions, such as pots per "
        "neighbourhood or a threshold.",
    ),
)


@dataclass(frozen=True, slots=True)
class MostVotesFirst:
    """Projects by falling score; each is funded if it fits into what is left.

    Definition and source: greedy utilitarian welfare (Talmon and Faliszewski, 2019), as most
    cities count.  With the default settings it is the rule that Enschede published in 2023: the
    most votes first, then the next ideas that still fit.  Everything else is a setting: what Dutch
    cities add (Amsterdam, 2019-2022: ceilings per theme or neighbourhood that what is left is not
    bound by, a part for the next project, paper and web votes at half each) and what Polish ones
    do (thresholds, an end at the first project that does not fit, plans that exclude each other).

    Completion: none but ``leftover``.  Ties: equal scores fall by the lot.

    Every project gets a turn, the highest first: in the groups that go ``first``, then down the
    whole list, then for the ``leftover``.  A project that was passed over in one round gets a new
    turn in the next.  Two projects that need each other are never funded.

    Reasons of a decision:

    - ``funded``; ``first_group`` (with the group that goes first); ``leftover``;
    - ``partly_funded``: **not** funded, but offered what is left (fact ``amount``);
    - ``over_budget``: dearer than the whole budget; ``does_not_fit``: than what was left;
      ``pot_empty``: than what its pot held; ``ceiling``: than what its group may still cost;
    - ``after_the_end``: the list had ended before it (only without ``skip``);
    - ``too_few_votes``; ``excluded``; ``needs_another``.

    Facts: see ``trail.py``.
    """

    @property
    def card(self) -> Card:
        """The name plate."""
        return CARD

    @property
    def settings_schema(self) -> type[Schema]:
        """See ``GreedySettings``."""
        return GreedySettings

    @property
    def formats(self) -> frozenset[BallotFormat]:
        """Every format: votes, points and grades are added up; rankings give Borda points."""
        return frozenset(BallotFormat)

    def needs_only_totals(self, settings: Settings) -> bool:
        """Whether votes per project decide: always, unless channels weigh ballots."""
        return not settings["channel_percent"]

    def tally(self, election: Election, settings: Settings) -> Outcome:
        """Fund projects in the order of their scores while they fit.

        :raises TallyRefused: the lot does not hold every project once, the pots hold more than the
            budget, or channels should weigh and a ballot does not say how it came.
        """
        return Count(election, settings).outcome(CARD)

    def explain(
        self, election: Election, outcome: Outcome, settings: Settings
    ) -> Mapping[str, Explanation]:
        """Explain every project in one sentence and the steps behind it."""
        return explain(election, outcome, settings)
