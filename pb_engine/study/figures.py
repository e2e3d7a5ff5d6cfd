"""Figures with their uncertainty: differences, reliability, who answered, and weights.

These are estimates for people to read; nothing in a round depends on them.  Each function names
its source, and tests compare its numbers with those of another program.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pb_engine.errors import NotReady
from pb_engine.study.student import quantile

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its uncertainty, in the unit of the answers.

    :ivar n: how many people it rests on.
    :ivar error: standard error.
    :ivar freedom: degrees of freedom of the t distribution.
    :ivar low: lower end of the 95 % confidence interval.
    """

    n: int
    value: float
    error: float
    freedom: float
    low: float
    high: float


def mean_difference(differences: Sequence[float]) -> Estimate:
    """Return the mean of paired differences, one per person (paired t).

    :raises NotReady: fewer than two people.
    """
    if len(differences) < 2:  # noqa: PLR2004 - a spread needs two
        raise NotReady("a difference needs at least two people who answered both times")
    error = statistics.stdev(differences) / math.sqrt(len(differences))
    value = statistics.fmean(differences)
    return _estimate(len(differences), value, error, len(differences) - 1)


def difference_in_differences(treated: Sequence[float], compared: Sequence[float]) -> Estimate:
    """Return how much more one group changed than another (Welch's t on differences).

    :raises NotReady: a group has fewer than two people, or nobody changed in either.
    """
    one, other = mean_difference(treated), mean_difference(compared)
    error = math.hypot(one.error, other.error)
    if error == 0:
        raise NotReady("nobody changed: there is no spread to compare with")
    freedom = error**4 / (one.error**4 / (one.n - 1) + other.error**4 / (other.n - 1))
    return _estimate(one.n + other.n, one.value - other.value, error, freedom)


def ancova(before: Sequence[float], after: Sequence[float], treated: Sequence[bool]) -> Estimate:
    """Return the difference after, for people who were equal before (least squares).

    It and :func:`difference_in_differences` answer different questions when groups start apart
    (Lord, Psychological Bulletin 68, 1967), so both are shown.

    :raises NotReady: fewer than four people, or one group only.
    """
    n = len(after)
    if n < 4 or len(set(treated)) < 2:  # noqa: PLR2004 - three numbers are estimated from them
        raise NotReady("two groups with at least four people together are needed")
    table = np.column_stack([np.ones(n), np.array(before, float), np.array(treated, float)])
    found, _, rank, _ = np.linalg.lstsq(table, np.array(after, float), rcond=None)
    if rank < table.shape[1]:
        raise NotReady("the level before tells the groups apart wholly")
    rest = np.array(after, float) - table @ found
    freedom = n - table.shape[1]
    spread = float(rest @ rest) / freedom * np.linalg.inv(table.T @ table)
    return _estimate(n, float(found[2]), math.sqrt(float(spread[2, 2])), freedom)


def _estimate(n: int, value: float, error: float, freedom: float) -> Estimate:
    wide = quantile((1 + LEVEL) / 2, freedom) * error
    return Estimate(n, value, error, freedom, value - wide, value + wide)


def alpha(answers: Sequence[Sequence[float]]) -> float:
    """Return Cronbach's alpha of items (columns) over people (rows) who answered them all.

    :raises NotReady: fewer than two items or people, or a total without spread.
    """
    table = _complete(answers)
    items = table.shape[1]
    whole = float(table.sum(axis=1).var(ddof=1))
    if whole == 0:
        raise NotReady("everybody has the same total: there is nothing to tell apart")
    return float(items / (items - 1) * (1 - float(table.var(axis=0, ddof=1).sum()) / whole))


def omega(answers: Sequence[Sequence[float]]) -> float:
    """Return McDonald's omega from one factor, by repeated principal axes of the correlations.

    :raises NotReady: as :func:`alpha`, or fewer than three items, or an item without spread.
    """
    table = _complete(answers)
    if table.shape[1] < 3:  # noqa: PLR2004 - two items do not identify a factor
        raise NotReady("omega needs at least three items")
    if bool((table.std(axis=0) == 0).any()):
        raise NotReady("everybody gave one item the same answer")
    matrix = np.corrcoef(table, rowvar=False)
    shared = 1 - 1 / np.diag(np.linalg.pinv(matrix))
    loadings = np.zeros(table.shape[1])
    for _ in range(500):
        reduced = matrix.copy()
        np.fill_diagonal(reduced, shared)
        values, vectors = np.linalg.eigh(reduced)
        loadings = vectors[:, -1] * math.sqrt(max(float(values[-1]), 0.0))
        moved = float(np.abs(loadings**2 - shared).max())
        shared = np.minimum(loadings**2, 1.0)
        if moved < 1e-10:  # noqa: PLR2004 - far below what is shown
            break
    common = float(loadings.sum()) ** 2
    return common / (common + float((1 - shared).sum()))


def _complete(answers: Sequence[Sequence[float]]) -> np.ndarray:
    table = np.array(answers, float)
    if table.ndim != 2 or min(table.shape) < 2:  # noqa: PLR2004 - rows and columns
        raise NotReady("at least two people and two items are needed")
    return table


def r_indicator(answered: Mapping[str, int], population: Mapping[str, int]) -> float:
    """Return how evenly groups answered, from counts per group alone: 1 is a perfect mirror.

    Source: the R-indicator of Schouten, Cobben and Bethlehem, Survey Methodology 35, 2009.

    :raises NotReady: a group has nobody, or more answers than people.
    """
    total = sum(population.values())
    if not total or any(
        not 0 <= answered.get(one, 0) <= people or not people for one, people in population.items()
    ):
        raise NotReady("each group needs people, and no more answers than people")
    rates = {one: answered.get(one, 0) / people for one, people in population.items()}
    mean = sum(answered.get(one, 0) for one in population) / total
    spread = sum(population[one] * (rate - mean) ** 2 for one, rate in rates.items())
    return 1 - 2 * math.sqrt(spread / (total - 1)) if total > 1 else 1.0


@dataclass(frozen=True, slots=True)
class Raked:
    """Weights per cell, and what they cost.

    :ivar weights: mean 1 over the people who answered.
    :ivar design_effect: Kish's 1 + cv²; the answers are worth ``n / design_effect`` people.
    """

    weights: Mapping[tuple[str, ...], float]
    design_effect: float


def rake(
    answered: Mapping[tuple[str, ...], int],
    margins: Sequence[Mapping[str, float]],
    cap: float = 3.0,
    rounds: int = 200,
) -> Raked:
    """Return weights that make each margin that of the population (Deming and Stephan, 1940).

    :param answered: people per cell; a cell names a group of each margin, in their order.
    :param margins: the share of each group in the population, per margin.
    :param cap: no weight grows above this; the cap is kept and margins may then miss a little.
    :raises NotReady: a group of a margin has people in the population and no answers.
    """
    cells = {cell: count for cell, count in answered.items() if count}
    for at, margin in enumerate(margins):
        lacking = [one for one, share in margin.items() if share and not _count(cells, at, one)]
        if lacking:
            raise NotReady(f"nobody of {lacking[0]!r} answered: it cannot be weighted")
    people = sum(cells.values())
    weights = dict.fromkeys(cells, 1.0)
    for _ in range(rounds):
        before = dict(weights)
        for at, margin in enumerate(margins):
            _fit(weights, cells, at, margin, people)
        mean = sum(weights[one] * n for one, n in cells.items()) / people
        weights = {one: min(w / mean, cap) for one, w in weights.items()}
        if max(abs(weights[one] - before[one]) for one in cells) < 1e-9:  # noqa: PLR2004 - see above
            break
    mean = sum(weights[one] * n for one, n in cells.items()) / people
    squares = sum(weights[one] ** 2 * n for one, n in cells.items()) / people
    return Raked(weights, squares / mean**2)


def _count(cells: Mapping[tuple[str, ...], int], at: int, group: str) -> int:
    return sum(count for cell, count in cells.items() if cell[at] == group)


def _fit(
    weights: dict[tuple[str, ...], float],
    cells: Mapping[tuple[str, ...], int],
    at: int,
    margin: Mapping[str, float],
    people: int,
) -> None:
    whole = sum(margin.values())
    for group, share in margin.items():
        inside = [cell for cell in cells if cell[at] == group]
        now = sum(weights[cell] * cells[cell] for cell in inside)
        if now:
            for cell in inside:
                weights[cell] *= share / whole * people / now
