"""The rule ``score_totals``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from pb_engine.api.counting import Exact
from pb_engine.api.ranking import Turn, Walk, outcome_of_walk
from pb_engine.plugins.score_totals.settings import ScoreTotalsSettings
from pb_engine.plugins.score_totals.totals import Standing, points_short, standings
from pb_engine.plugins.score_totals.words import explain

CARD = Card(
    name="score_totals",
    version="1",
    label=LocalText(
        nl="Meeste punten eerst",
        en="Most points first",
        de="Die meisten Punkte zuerst",
        tr="Önce en çok puan alanlar",
        ar="الأكثر نقاطًا أولًا",
        pl="Najpierw najwięcej punktów",
    ),
    summary=LocalText(
        nl="Punten, cijfers of de plaatsen op ranglijsten worden opgeteld. De ideeën met de "
        "meeste punten krijgen geld, zolang het past.",
        en="Points, grades or the places in rankings are added up. The projects with most points "
        "are funded while they fit.",
    ),
)


@dataclass(frozen=True, slots=True)
class ScoreTotals:
    """Projects by falling total; each is funded if it fits into what is left.

    Points (cumulative voting) and grades (range voting) are added up as they stand.  A ranking
    gives points by place (Borda, 1784; Young, 1974), and ``length`` and ``last`` say which of the
    rules with that name is meant: the first of L places gets L points and the last gets 1
    (``last = 1``), or the first gets L - 1 and the last nothing (``last = 0``).  Projects that a
    voter did not rank get nothing.  The allocation is greedy, with or without ``skip``; there is
    no other completion.  Equal totals fall by the lot.  A project without a single point stands
    last, and is funded if it still fits; ``minimum_points = 1`` prevents that.

    Reasons of a decision: ``funded``, ``over_budget`` (dearer than the whole budget),
    ``does_not_fit`` (dearer than what was left), ``after_the_end`` (the list ended before it; only
    without ``skip``), ``too_few_points``.

    Facts of a decision: ``total``, ``place`` (in the ranking, from 1), ``left`` (cents when its
    turn came) and, for a project that could have been funded, ``points_short``: how many more
    points it needed, everything else being the same.
    """

    @property
    def card(self) -> Card:
        """The name plate."""
        return CARD

    @property
    def settings_schema(self) -> type[Schema]:
        """See ``ScoreTotalsSettings``."""
        return ScoreTotalsSettings

    @property
    def formats(self) -> frozenset[BallotFormat]:
        """Ballots that give points, grades or places."""
        return frozenset({BallotFormat.POINTS, BallotFormat.SCORE, BallotFormat.RANKING})

    def tally(self, election: Election, settings: Settings) -> Outcome:
        """Fund projects in the order of their totals while they fit.

        :raises TallyRefused: these ballots give no points, or the lot does not hold every project
            once.
        """
        ballots = election.profile.format
        if ballots is not None and ballots not in self.formats:
            raise TallyRefused(
                f"score_totals counts points, grades and rankings, not {ballots} ballots"
            )
        ranking = standings(election, settings)
        walk = Walk(election.budget, settings["skip"], _barred(settings["minimum_points"]))

        def facts(place: int, turn: Turn[Standing]) -> Mapping[str, Exact]:
            told: dict[str, Exact] = {"total": turn.standing.total, "place": place}
            told["left"] = turn.left
            if turn.reason not in {"funded", "over_budget"}:
                goal = walk.to_overtake(ranking, turn.standing)
                told["points_short"] = points_short(turn.standing, goal, settings)
            return told

        return outcome_of_walk(CARD, election.budget, walk.down(ranking), facts, _equal)

    def explain(
        self, election: Election, outcome: Outcome, settings: Settings
    ) -> Mapping[str, Explanation]:
        """Explain every project in one sentence and the steps behind it."""
        return explain(election, outcome, settings)


def _barred(least: int) -> Callable[[Standing], str]:
    return lambda standing: "too_few_points" if standing.total < least else ""


def _equal(one: Standing, other: Standing) -> bool:
    return one.worth(one.total) == other.worth(other.total)
