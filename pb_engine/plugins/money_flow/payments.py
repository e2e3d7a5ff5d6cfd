"""What the voters of each group paid for each funded project, exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from pb_engine.api import Election, Outcome
from pb_engine.api.counting import Whole
from pb_engine.plugins.money_flow.groups import NO_GROUP
from pb_engine.plugins.money_flow.shares import Shares

Amounts = dict[int, Fraction]
"""Money by group; under ``NO_GROUP`` what no voter paid."""


@dataclass(frozen=True, slots=True)
class Payments:
    """Money by funded project (its place) and by group, in the election's smallest unit.

    :ivar shares: whether voters paid out of their shares, as the rule says; otherwise the cost
        of every project was divided equally over the voters who support it.
    """

    paid: Mapping[int, Amounts]
    shares: bool


def payments(
    election: Election, outcome: Outcome, groups: Whole, shares: Shares | None
) -> Payments:
    """Work out who paid what.

    :param groups: of each distinct ballot.
    :param shares: the payments of Equal Shares; ``None`` divides costs equally.
    """
    places = {project.id: at for at, project in enumerate(election.projects)}
    funded = [places[project] for project in outcome.selected]
    if shares is None:
        return Payments({at: _divided(election, groups, at) for at in funded}, shares=False)
    paid = {
        at: _by_group(groups[part.rows], part.amounts, shares.unit)
        for at, part in shares.parts.items()
    }
    rest = (at for at in funded if at not in paid)
    left = {at: {NO_GROUP: Fraction(election.projects[at].cost)} for at in rest}
    return Payments({**paid, **left}, shares=True)


def _by_group(groups: Whole, amounts: Whole, unit: int) -> Amounts:
    found, place = np.unique(groups, return_inverse=True)
    sums = np.zeros(len(found), dtype=object)
    np.add.at(sums, place, amounts)
    pairs = zip(found.tolist(), sums.tolist(), strict=True)
    return {group: Fraction(amount, unit) for group, amount in pairs}


def _divided(election: Election, groups: Whole, at: int) -> Amounts:
    """Divide the cost of a project equally over the voters who mark it."""
    support, cost = election.support, election.projects[at].cost
    if not support.voters[at]:
        return {NO_GROUP: Fraction(cost)}
    rows = support.rows[at]
    people = _by_group(groups[rows], support.times[rows].astype(object), 1)
    return {group: number * cost / support.voters[at] for group, number in people.items()}
