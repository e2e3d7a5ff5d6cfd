"""What one officer may not do alone: withdraw a voting right, or open a used one again."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from pb_engine.ballots import canonical_json
from pb_engine.domain.events import Event
from pb_engine.engine import Engine
from pb_engine.errors import CodeUsed, NotAllowed, NotReady
from pb_engine.sealing import new_code, written
from pb_engine.services.code_rules import (
    LIVE,
    require_before_close,
    require_reason,
)
from pb_engine.services.code_tags import fresh_tags
from pb_engine.services.codes import put_code
from pb_engine.services.counter.people import AtCounter, at_counter
from pb_engine.services.counter.rights import right_of
from pb_engine.services.events import write_down
from pb_engine.store.register import (
    Amendment,
    AmendmentState,
    Channel,
    CodeState,
    Entitlement,
    RegisterWork,
)
from pb_engine.units import RoundId

KINDS = ("void", "replace", "spoilt")
"""Withdraw an unused right; a fresh code for a used one; paper that came back unused."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A change that waits for a second officer."""

    number: int
    kind: str
    reason: str
    proposed_by: str
    who: AtCounter


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of it; ``code`` is shown once, and only where a fresh one was asked for."""

    agreed: bool
    code: str | None = None


def propose_on_right(
    engine: Engine, slug: str, resident: str, kind: str, reason: str, by: str
) -> int:
    """Propose a change to somebody's voting right; a second officer decides.

    :returns: the number of the proposal.
    :raises NotReady: no such kind, or no reason.
    :raises CodeUsed: what is asked does not fit what was done with this right.
    :raises WrongPhase: voting is over.
    """
    if kind not in KINDS:
        raise NotReady(f"a change is one of {', '.join(KINDS)}", problem="change")
    require_reason(reason)
    may_change = require_before_close(engine, slug).ballot.may_change
    with engine.stores.register.write() as work:
        _require_fits(kind, right_of(engine, work, slug, resident), may_change=may_change)
        change = canonical_json({"resident": resident}).decode()
        made = work.amendments.propose(RoundId(slug), kind, change, reason.strip(), by)
        work.commit()
    facts: dict[str, str | int] = {"kind": kind, "number": made.amendment, "reason": reason.strip()}
    write_down(engine, Event("right_change_proposed", RoundId(slug), by, facts))
    return made.amendment


def waiting_changes(engine: Engine, slug: str) -> tuple[Waiting, ...]:
    """Return the changes of the counter that nobody decided yet, oldest first."""
    with engine.stores.register.read() as work:
        found = [
            one
            for one in work.amendments.all(RoundId(slug))
            if one.state is AmendmentState.PROPOSED and one.kind in KINDS
        ]
    return tuple(
        Waiting(one.amendment, one.kind, one.reason, one.proposed_by, _who(engine, slug, one))
        for one in found
    )


def decide_on_right(engine: Engine, slug: str, number: int, *, agree: bool, by: str) -> Decided:
    """Agree with a change, which does it at once, or refuse it.

    :raises NotAllowed: the one who decides is the one who proposed.
    :raises NotReady: there is no such proposal, or it was decided.
    :raises CodeUsed: the right was used since.
    """
    may_change = require_before_close(engine, slug).ballot.may_change
    fresh = new_code()
    (tag,) = fresh_tags(engine, slug, [fresh])
    with engine.stores.register.write() as work:
        asked = _require_waiting(work, slug, number)
        if asked.proposed_by == by:
            raise NotAllowed("somebody else must decide this", problem="same")
        state = AmendmentState.APPROVED if agree else AmendmentState.REFUSED
        if not work.amendments.decide(replace(asked, decided_by=by, state=state)):
            raise NotReady("this was decided already", problem="decided")
        if agree:
            right = right_of(engine, work, slug, _resident(asked))
            _require_fits(asked.kind, right, may_change=may_change)
            _do(engine, work, asked.kind, right, tag, by)
        work.commit()
    facts: dict[str, str | int] = {"kind": asked.kind, "number": number, "agreed": int(agree)}
    write_down(engine, Event("right_change_decided", RoundId(slug), by, facts))
    return Decided(agree, written(fresh) if agree and asked.kind == "replace" else None)


def _do(
    engine: Engine, work: RegisterWork, kind: str, right: Entitlement, tag: str, by: str
) -> None:
    before, after = {
        "void": (Channel.NONE, Channel.VOID),
        "spoilt": (Channel.PAPER, Channel.NONE),
        "replace": (Channel.DIGITAL, Channel.DIGITAL),
    }[kind]
    if not work.entitlements.move(right.round, right.id, (before,), after):
        raise CodeUsed("this voting right was used meanwhile", problem="used")
    if kind == "void":
        alive = (*LIVE, CodeState.RETURNED)
        work.codes.set_state_of(right.round, right.id, alive, CodeState.VOID)
    if kind == "replace":
        put_code(engine, work, right.round, right.id, tag, by)


def _require_fits(kind: str, right: Entitlement, *, may_change: bool) -> None:
    wanted = {"void": Channel.NONE, "spoilt": Channel.PAPER, "replace": Channel.DIGITAL}[kind]
    if right.channel is not wanted:
        problem = "paper" if right.channel is Channel.PAPER else "used"
        if right.channel in {Channel.NONE, Channel.VOID}:
            problem = "unused"
        raise CodeUsed(f"this voting right is {right.channel}, not {wanted}", problem=problem)
    if kind == "replace" and not may_change:
        raise CodeUsed("this round allows no second vote", problem="used")


def _require_waiting(work: RegisterWork, slug: str, number: int) -> Amendment:
    asked = work.amendments.get(RoundId(slug), number)
    if asked is None or asked.kind not in KINDS:
        raise NotReady(f"there is no proposal {number}", problem="unknown")
    if asked.state is not AmendmentState.PROPOSED:
        raise NotReady("this was decided already", problem="decided")
    return asked


def _resident(asked: Amendment) -> str:
    return str(json.loads(asked.change)["resident"])


def _who(engine: Engine, slug: str, asked: Amendment) -> AtCounter:
    return at_counter(engine, slug, _resident(asked))
