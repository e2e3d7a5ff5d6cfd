"""Many simulated rounds, counted by several rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from pb_engine.ballots import BallotPaper
from pb_engine.errors import EngineError
from pb_engine.tallying.election import Election, Profile
from pb_engine.tallying.figures import voters_served
from pb_engine.tallying.outcome import Outcome
from pb_engine.tallying.simulating.drawing import Plan, draw_ballots
from pb_engine.tallying.simulating.draws import Draws
from pb_engine.tallying.simulating.figures import PaperFigures, RuleFigures
from pb_engine.units import ProjectId


@dataclass(frozen=True, slots=True)
class Rule:
    """A way of counting with a name that no other rule of the experiment has."""

    name: str
    tally: Callable[[Election], Outcome]


def experiment(
    plan: Plan, papers: Sequence[BallotPaper], rules: Sequence[Rule], repeats: int
) -> tuple[PaperFigures, ...]:
    """Draw ``repeats`` rounds on each paper and count each of them by every rule.

    A rule that refuses the ballots of a format is left out for that format, with its sentence.

    :raises TallyRefused: the ballots cannot be drawn; see ``draw_ballots``.
    """
    return tuple(_on_paper(plan, paper, rules, repeats) for paper in papers)


@dataclass(slots=True)
class _Sums:
    refused: str | None = None
    wins: Counter[ProjectId] = field(default_factory=Counter)
    areas: Counter[str] = field(default_factory=Counter)
    funded: int = 0
    spent: int = 0
    without: int = 0
    by_lot: int = 0


def _on_paper(plan: Plan, paper: BallotPaper, rules: Sequence[Rule], repeats: int) -> PaperFigures:
    sums = {rule.name: _Sums() for rule in rules}
    pairs = list(combinations(sums, 2))
    differ = dict.fromkeys(pairs, 0)
    for repeat in range(repeats):
        profile = Profile.of(draw_ballots(plan, paper, repeat))
        election = plan.scene.election(profile, plan.scene.lot(Draws(plan.seed, "lot", repeat)))
        funded = {rule.name: _count(plan, election, rule, sums[rule.name]) for rule in rules}
        for one, other in pairs:
            differ[one, other] += funded[one] != funded[other]
    refused = {name for name, found in sums.items() if found.refused is not None}
    return PaperFigures(
        paper=paper,
        repeats=repeats,
        ballots=plan.ballots,
        rules=tuple(_figures(name, found) for name, found in sums.items()),
        differ={pair: times for pair, times in differ.items() if not refused & set(pair)},
    )


def _count(plan: Plan, election: Election, rule: Rule, sums: _Sums) -> frozenset[ProjectId]:
    """Count one round, add it up, and return what is funded."""
    if sums.refused is not None:
        return frozenset()
    try:
        outcome = rule.tally(election)
        opposite = rule.tally(replace(election, lot=election.lot[::-1]))
    except EngineError as problem:
        sums.refused = problem.sentence
        return frozenset()
    funded = frozenset(outcome.selected)
    chosen = [one for one in plan.scene.choices if one.project.id in funded]
    sums.wins.update(funded)
    sums.funded += len(funded)
    sums.spent += sum(one.project.cost for one in chosen)
    sums.without += election.profile.voters - voters_served(election, outcome)
    sums.by_lot += funded != frozenset(opposite.selected)
    for one in chosen:
        sums.areas[one.area] += one.project.cost
    return funded


def _figures(name: str, sums: _Sums) -> RuleFigures:
    if sums.refused is not None:
        sums = _Sums(refused=sums.refused)
    wins: Mapping[ProjectId, int] = dict(sums.wins)
    return RuleFigures(
        rule=name,
        refused=sums.refused,
        wins=wins,
        funded=sums.funded,
        spent=sums.spent,
        without=sums.without,
        by_lot=sums.by_lot,
        areas=dict(sums.areas),
    )
