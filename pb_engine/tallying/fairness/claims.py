"""EJR+: was a group of voters that agrees on a project left with too little.

Brill and Peters, "Robust and verifiable proportionality axioms for multiwinner voting" (EC 2023),
ask it of committees.  With costs, and in words: ``N`` voters of ``n`` own ``N / n`` of the budget,
which is their share.  When all of them support the same project that is not funded, their share
speaks for it.  Three questions are asked, each about every such project and every such group:

``cost_up_to_one``
    Has somebody in the group funded projects of more than ``share - cost``, in money?  Otherwise
    all of them could have had this project too, within their share.
``cost``
    Their share buys ``k`` projects as dear as this one.  Has somebody funded projects of at least
    ``k`` times its cost?  (Harder: it forgives nothing.)
``count``
    Has somebody at least ``k`` funded projects?

Where all costs are equal, each of them is EJR+ itself.  The first is what the Method of Equal
Shares promises with its utility by cost, the third with its utility by number.  Only the groups
``all supporters who have at most so much`` need a look, so all of it is one sort per project.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from pb_engine.tallying.columns import Whole
from pb_engine.tallying.election import Election
from pb_engine.tallying.fairness.gains import LARGEST, Gains, supporters
from pb_engine.units import ProjectId

AXIOMS = ("cost_up_to_one", "cost", "count")


@dataclass(frozen=True, slots=True)
class Claim:
    """A group that was left with too little; whoever counts the group again can check it.

    :ivar project: what all of them support; it is not funded.
    :ivar voters: how many support it and have at most ``most``: the group.
    :ivar share: their part of the budget, in the election's smallest unit.
    :ivar most: what the best-off of them has: money, or a number of projects.
    :ivar due: what one of them should at least have had.
    """

    project: ProjectId
    voters: int
    share: Fraction
    most: int
    due: int


@dataclass(frozen=True, slots=True)
class Check:
    """The answer to one question.

    :ivar axiom: one of ``AXIOMS``.
    :ivar claims: the widest gap per project, the widest first; none when the answer is good.
    """

    axiom: str
    claims: tuple[Claim, ...]

    @property
    def holds(self) -> bool:
        """Whether no group was left with too little."""
        return not self.claims


def checks_of(election: Election, gains: Gains, funded: Collection[str]) -> tuple[Check, ...]:
    """Ask all questions of an outcome.

    Projects that cost nothing need no share, so nobody has a claim to them.
    """
    return tuple(
        Check(axiom, tuple(_claims(election, have, funded, due)))
        for axiom, have, due in (
            ("cost_up_to_one", gains.money, _after_one),
            ("cost", gains.money, _as_dear),
            ("count", gains.number, _as_many),
        )
    )


Due = Callable[[Whole, int], Whole]
"""What somebody must at least have, from the shares of groups and the cost of a project."""


def _after_one(shares: Whole, cost: int) -> Whole:
    return shares - cost + 1


def _as_dear(shares: Whole, cost: int) -> Whole:
    return shares // cost * cost


def _as_many(shares: Whole, cost: int) -> Whole:
    return shares // cost


def _claims(election: Election, have: Whole, funded: Collection[str], due: Due) -> Iterator[Claim]:
    found = []
    for at, project in enumerate(election.projects):
        if project.id in funded or not project.cost:
            continue
        rows = supporters(election.support, at)
        claim = _widest(election, at, have[rows], election.support.times[rows], due)
        if claim:
            found.append((claim.most - claim.due, at, claim))
    yield from (claim for *_, claim in sorted(found, key=lambda one: one[:2]))


def _widest(election: Election, at: int, have: Whole, times: Whole, due: Due) -> Claim | None:
    """Return the widest gap among the groups ``supporters who have at most so much``."""
    if not len(have):
        return None
    order = np.argsort(have, kind="stable")
    have, people = have[order], np.cumsum(times[order])
    ends = np.append(np.flatnonzero(have[1:] != have[:-1]), len(have) - 1)
    have, people = have[ends], people[ends]
    voters, cost = election.profile.voters, election.projects[at].cost
    wanted = due(_shares(people, election.budget, voters), cost)
    worst = int(np.argmax(wanted - have))
    if wanted[worst] <= have[worst]:
        return None
    return Claim(
        project=election.projects[at].id,
        voters=int(people[worst]),
        share=Fraction(int(people[worst]) * election.budget, voters),
        most=int(have[worst]),
        due=int(wanted[worst]),
    )


def _shares(people: Whole, budget: int, voters: int) -> Whole:
    """Return ``people * budget / voters`` rounded down: what is compared is whole anyway.

    The product itself could leave the machine's whole numbers; its parts stay within the budget.
    """
    whole, rest = divmod(budget, voters)
    wide = people.astype(object) if budget >= LARGEST else people
    return np.asarray(wide * whole + people * rest // voters)
