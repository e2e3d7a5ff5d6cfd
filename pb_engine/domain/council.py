"""Decisions of a council that differ from the outcome of the count: what they say, what is left.

The count stays as it is.  A decision stands beside it, about one project, with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pb_engine.units import Cents, ProjectId

SHORTEST_REASON, LONGEST_REASON = 10, 2000
SHORTEST_REFERENCE, LONGEST_REFERENCE = 2, 120
MOST = 200
"""How many decisions a round can have, refused ones included."""


class DecisionState(StrEnum):
    """Whether a second official agreed that this is what was decided."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class CouncilDecision:
    """What a council decided about one project against the outcome of the count.

    :ivar number: within the round, from 1.
    :ivar funded: whether the project gets money; then ``amount_cents`` of it, else 0.
    :ivar reference: how the decision is called where it was taken, for who looks it up.
    :ivar proposed_by: who noted it; ``settled_by`` who agreed or refused, ``""`` before that.
    """

    number: int
    project: ProjectId
    funded: bool
    amount_cents: Cents
    reference: str
    decided_on: date
    reason: str
    proposed_by: str
    state: DecisionState = DecisionState.PROPOSED
    settled_by: str = ""


def in_force(decisions: Iterable[CouncilDecision]) -> Mapping[ProjectId, CouncilDecision]:
    """Return the newest decision about each project on which two agreed."""
    return {one.project: one for one in decisions if one.state is DecisionState.AGREED}


def granted(
    counted: Mapping[ProjectId, Cents], decisions: Iterable[CouncilDecision]
) -> Mapping[ProjectId, Cents]:
    """Return what each project gets, decisions included.

    :param counted: what the count gives each funded project, in its order; that order stays, and
        what a decision adds comes after it.
    """
    told = in_force(decisions)
    kept = {
        project: told[project].amount_cents if project in told else amount
        for project, amount in counted.items()
        if project not in told or told[project].funded
    }
    added = {
        project: one.amount_cents
        for project, one in told.items()
        if one.funded and project not in counted
    }
    return {**kept, **added}
