"""The rule ``greedy``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
from pb_engine.plugins.greedy.settings import GreedySettings
from pb_engine.plugins.greedy.standing import Standing, standings
from pb_engine.plugins.greedy.walk import Turn, votes_short, walk
from pb_engine.plugins.greedy.words import explain

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
    Equal scores fall by the lot.  Reasons of a decision: ``funded``, ``over_budget`` (dearer than
    the whole budget), ``does_not_fit`` (dearer than what was left), ``after_the_end`` (the list
    ended before it; only without ``skip``), ``too_few_votes``.

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
        ranking = standings(election, settings)
        turns = list(walk(ranking, election.budget, settings))
        funded = {
            turn.standing.project.id: turn.standing.project.cost for turn in turns if turn.funded
        }
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
                    facts=_facts(ranking, place, turn, election.budget, settings),
                    tied_with=_tied(ranking, turn.standing, funded),
                )
                for place, turn in enumerate(turns, start=1)
            ),
            facts={"budget": election.budget, "left": election.budget - sum(funded.values())},
        )

    def explain(
        self, election: Election, outcome: Outcome, settings: Settings
    ) -> Mapping[str, Explanation]:
        """Explain every project in one sentence and the steps behind it."""
        return explain(election, outcome, settings)


def _facts(
    ranking: Sequence[Standing], place: int, turn: Turn, budget: int, settings: Settings
) -> dict[str, int]:
    facts = {"score": turn.standing.score, "place": place, "left": turn.left}
    if turn.reason not in {"funded", "over_budget"}:
        facts["votes_short"] = votes_short(ranking, turn.standing, budget, settings)
    return facts


def _tied(
    ranking: Sequence[Standing], standing: Standing, funded: Collection[ProjectId]
) -> tuple[ProjectId, ...]:
    """Return the projects with the same score when not all of them fared alike."""
    same = [other.project.id for other in ranking if other.score == standing.score]
    fared = {project in funded for project in same}
    if len(fared) == 1:
        return ()
    return tuple(project for project in same if project != standing.project.id)
