"""The rule ``majority_judgement``."""

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
from pb_engine.plugins.majority_judgement.grades import Standing, standings
from pb_engine.plugins.majority_judgement.settings import MajorityJudgementSettings
from pb_engine.plugins.majority_judgement.shortfall import ballots_short
from pb_engine.plugins.majority_judgement.words import explain

CARD = Card(
    name="majority_judgement",
    version="1",
    label=LocalText(
        nl="Meerderheidsoordeel",
        en="Majority judgement",
        de="Mehrheitsurteil",
        tr="Çoğunluk değerlendirmesi",
        ar="حكم الأغلبية",
        pl="Ocena większości",
    ),
    summary=LocalText(
        nl="Minstens de helft van de stemmers geeft een idee dit cijfer of hoger: het "
        "meerderheidscijfer. De ideeën met het beste cijfer krijgen geld, zolang het past.",
        en="What counts is the highest grade that at least half of the voters grant a project. "
        "The projects with the best grade are funded while they fit.",
    ),
)


@dataclass(frozen=True, slots=True)
class MajorityJudgement:
    """Majority judgement (Balinski and Laraki, 2007 and 2011) as a ranking, then greedy.

    The majority grade of a project is the highest grade that at least half of the ballots give it
    or exceed.  Where majority grades are equal, one of them is taken away from both projects and
    the next majority grades are compared, and so on, exactly.  A ballot that leaves a project out
    gives it a 0.  Projects whose grades are all the same fall by the lot.

    Down this ranking each project is funded if it fits into what is left, with or without
    ``skip``; there is no other completion.  A project of which nobody thought anything stands
    last, and is funded if it still fits; ``minimum_grade = 1`` prevents that.

    Reasons of a decision: ``funded``, ``over_budget`` (dearer than the whole budget),
    ``does_not_fit`` (dearer than what was left), ``after_the_end`` (the list ended before it; only
    without ``skip``), ``too_low_a_grade``.

    Facts of a decision: ``grade`` (its majority grade), ``better`` and ``worse`` (how many ballots
    gave more and less), ``place`` (in the ranking, from 1), ``left`` (cents when its turn came)
    and, for a project that could have been funded, ``ballots_short``: how many of the ballots with
    its lowest grades would have had to give it the highest grade that anybody gave any project.
    It is absent where even all of them would not do.
    """

    @property
    def card(self) -> Card:
        """The name plate."""
        return CARD

    @property
    def settings_schema(self) -> type[Schema]:
        """See ``MajorityJudgementSettings``."""
        return MajorityJudgementSettings

    @property
    def formats(self) -> frozenset[BallotFormat]:
        """Ballots that give grades; points that have to be shared out are none."""
        return frozenset({BallotFormat.SCORE})

    def tally(self, election: Election, settings: Settings) -> Outcome:
        """Fund projects in the order of their grades while they fit.

        :raises TallyRefused: these ballots give no grades, or the lot does not hold every project
            once.
        """
        ballots = election.profile.format
        if ballots is not None and ballots not in self.formats:
            raise TallyRefused(f"majority_judgement counts grades, not {ballots} ballots")
        ranking = standings(election)
        walk = Walk(election.budget, settings["skip"], _barred(settings["minimum_grade"]))
        top = max((max(one.grades.grades, default=0) for one in ranking), default=0)

        def facts(place: int, turn: Turn[Standing]) -> Mapping[str, Exact]:
            told = {**_grades(turn.standing), "place": place, "left": turn.left}
            if turn.reason not in {"funded", "over_budget"}:
                goal = walk.to_overtake(ranking, turn.standing)
                short = ballots_short(turn.standing, goal, settings["minimum_grade"], top)
                told |= {} if short is None else {"ballots_short": short}
            return told

        return outcome_of_walk(CARD, election.budget, walk.down(ranking), facts, _equal)

    def explain(
        self, election: Election, outcome: Outcome, settings: Settings
    ) -> Mapping[str, Explanation]:
        """Explain every project in one sentence and the steps behind it."""
        return explain(election, outcome, settings)


def _barred(least: int) -> Callable[[Standing], str]:
    return lambda standing: "too_low_a_grade" if standing.grades.majority < least else ""


def _grades(standing: Standing) -> dict[str, Exact]:
    grades = standing.grades
    return {"grade": grades.majority, "better": grades.better, "worse": grades.worse}


def _equal(one: Standing, other: Standing) -> bool:
    return one.grades == other.grades
