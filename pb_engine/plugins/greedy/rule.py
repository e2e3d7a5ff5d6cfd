"""The rule ``greedy``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from marshmallow import Schema

from pb_engine.api import (
    BallotFormat,
    Card,
    Decision,
    Election,
    Explanation,
    LocalText,
    Outcome,
    ProjectId,
    Settings,
    Verdict,
)
from pb_engine.api.counting import Exact
from pb_engine.plugins.greedy.settings import GreedySettings
from pb_engine.plugins.greedy.shortfall import Shortfall
from pb_engine.plugins.greedy.standing import standings
from pb_engine.plugins.greedy.walk import Turn, least_votes, walk
from pb_engine.plugins.greedy.words import explain

MOST_TIES = 100

CARD = Card(
    name="greedy",
    version="1",
    label=LocalText(nl="Meeste stemmen eerst", en="Most votes first"),
    summary=LocalText(
        nl="De ideeën met de meeste stemmen krijgen geld, zolang het past. Past een idee niet "
        "meer, dan is het volgende aan de beurt.",
        en="The projects with most votes are funded while they fit. When one no longer fits, the "
        "next one gets its turn.",
    ),
)


@dataclass(frozen=True, slots=True)
class MostVotesFirst:
    """Projects by falling score; each is funded if it fits into what is left.

    Known as greedy utilitarian welfare (Talmon and Faliszewski, 2019) and used by most cities.
    Equal scores fall by the lot.  Reasons of a decision:

    - ``funded``; ``leftover`` (funded in the end, without the ceilings);
    - ``partly_funded``: not selected, but it gets what is left (fact ``left``);
    - ``over_budget``: dearer than the whole budget; ``does_not_fit``: than what was left;
    - ``after_the_end``: the list had ended before it (only without ``skip``);
    - ``too_few_votes``; ``ceiling``, ``excluded``, ``needs_another`` (fact ``because``).

    Facts of a decision: ``score``, ``place`` (in the ranking, from 1), ``left`` (cents when its
    turn came) and, for a project that could have been funded, ``votes_short``: how many more
    votes (points, grades) it needed, everything else being the same.
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

    def tally(self, election: Election, settings: Settings) -> Outcome:
        """Fund projects in the order of their scores while they fit.

        :raises TallyRefused: the lot does not hold every project once.
        """
        count = _Count(election, settings)
        funded = {
            turn.standing.project.id: turn.standing.project.cost
            for turn in count.turns
            if turn.funded
        }
        granted = sum(turn.left for turn in count.turns if turn.reason == "partly_funded")
        return Outcome(
            method=CARD.name,
            version=CARD.version,
            selected=tuple(funded),
            decisions=tuple(
                Decision(
                    project=turn.standing.project.id,
                    verdict=Verdict.FUNDED if turn.funded else Verdict.NOT_FUNDED,
                    reason=turn.reason,
                    voters=turn.standing.voters,
                    facts=count.facts(place, turn),
                    tied_with=count.tied(turn),
                )
                for place, turn in enumerate(count.turns)
            ),
            facts={
                "budget": election.budget,
                "least_votes": least_votes(settings, election.profile.voters),
                "left": election.budget - sum(funded.values()) - granted,
            },
        )

    def explain(
        self, election: Election, outcome: Outcome, settings: Settings
    ) -> Mapping[str, Explanation]:
        """Explain every project in one sentence and the steps behind it."""
        return explain(election, outcome, settings)


class _Count:
    def __init__(self, election: Election, settings: Settings) -> None:
        ballots = election.profile.voters
        self.turns = walk(standings(election, settings), election.budget, ballots, settings)
        self.shortfall = Shortfall(self.turns, election.budget, ballots, settings)
        self.equals: dict[object, dict[bool, list[ProjectId]]] = {}
        for turn in self.turns:
            same = self.equals.setdefault(turn.standing.key[:2], {True: [], False: []})
            same[turn.funded].append(turn.standing.project.id)

    def facts(self, place: int, turn: Turn) -> dict[str, Exact]:
        """Return the numbers behind a decision."""
        facts: dict[str, Exact] = {
            "score": turn.standing.score,
            "place": place + 1,
            "left": turn.left,
        }
        if turn.because:
            facts["because"] = turn.because
        if not turn.funded and turn.reason != "over_budget":
            short = self.shortfall.votes(place)
            if short is not None:
                facts["votes_short"] = short
        return facts

    def tied(self, turn: Turn) -> tuple[ProjectId, ...]:
        """Return the projects of the same rank that fared otherwise; the first ``MOST_TIES``."""
        otherwise = self.equals[turn.standing.key[:2]][not turn.funded]
        return tuple(otherwise[:MOST_TIES])
