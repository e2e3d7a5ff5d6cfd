"""Voting codes: find, withdraw, replace.  Only a keyed hash of a code is stored."""

from __future__ import annotations

import hmac

from pb_engine.domain.events import Event
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import CodeUsed, CodeVoid, UnknownCode
from pb_engine.sealing import new_code, written
from pb_engine.services.code_batches import IssuedBatch, issue_codes
from pb_engine.services.code_rules import LIVE, require_before_close, require_reason
from pb_engine.services.code_tags import fresh_tags, typed_tag
from pb_engine.services.events import write_down
from pb_engine.services.rights import require_linked, require_sealed, sealer_of, second_of
from pb_engine.store.register import (
    Batch,
    BatchKind,
    BatchState,
    Channel,
    Code,
    CodeState,
    Entitlement,
    RegisterWork,
)
from pb_engine.units import RoundId

__all__ = [
    "IssuedBatch",
    "find_entitlement",
    "issue_codes",
    "put_code",
    "reissue_code",
    "replace_code",
    "return_code",
    "void_code",
]

_SENT = (CodeState.EXPORTED, CodeState.SENT)
_REPLACED = (*LIVE, CodeState.RETURNED)
"""The states in which a code can be replaced."""


def find_entitlement(
    engine: Engine, slug: str, typed: str, *, second: str | None = None, at_school: bool = False
) -> Entitlement:
    """Return the voting right behind a typed code; one slow hash, whatever comes out.

    :param second: what the holder says besides, such as a year of birth.  A wrong one is answered
        as a code that does not exist, so that nobody learns which of the two was wrong.
    :param at_school: take codes of school classes, and no others.
    :raises MistypedCode: length, alphabet or check character is wrong.
    :raises UnknownCode: this round has no such code, or none with this second fact.
    :raises CodeVoid: the code opens no door: ``problem`` is its state, ``test``, ``school`` (it is
        of a class and belongs to another check) or ``not_school``.
    :raises TooBusy: too many codes are being checked.
    """
    tag = typed_tag(engine, slug, typed)
    with engine.stores.register.read() as work:
        code = _require_code(work, slug, tag)
        right = work.entitlements.get(RoundId(slug), code.entitlement)
        batch = work.batches.get(RoundId(slug), code.batch)
    if right is None:
        raise UnknownCode("this code has no voting right")
    require_linked(engine, code)
    require_sealed(engine, right)
    if second is not None and code.state is not CodeState.TEST:
        _require_second(engine, right, second)
    _require_open(code, batch, at_school=at_school)
    return right


def void_code(engine: Engine, slug: str, typed: str, reason: str, by: str) -> None:
    """Withdraw an unused code with its voting right.

    :raises CodeUsed: somebody voted with it already.
    :raises NotReady: the reason is missing.
    """
    told = require_reason(reason)
    tag = typed_tag(engine, slug, typed)
    with engine.stores.register.write() as work:
        code = _require_code(work, slug, tag)
        require_linked(engine, code)
        if code.state is not CodeState.TEST:
            none = (Channel.NONE,)
            if not work.entitlements.move(RoundId(slug), code.entitlement, none, Channel.VOID):
                raise CodeUsed("this voting right is used and cannot be withdrawn", problem="used")
        _change(work, code, (*_SENT, CodeState.RETURNED, CodeState.TEST), CodeState.VOID)
        work.commit()
    write_down(engine, Event("code_voided", RoundId(slug), by, {"reason": told}))


def return_code(engine: Engine, slug: str, typed: str, reason: str, by: str) -> None:
    """Note that the letter with a code came back: it opens no door until a new one is issued.

    :raises CodeVoid: it was used, withdrawn or replaced, or came back before.
    """
    told = require_reason(reason)
    tag = typed_tag(engine, slug, typed)
    with engine.stores.register.write() as work:
        _change(work, _require_code(work, slug, tag), _SENT, CodeState.RETURNED)
        work.commit()
    write_down(engine, Event("code_returned", RoundId(slug), by, {"reason": told}))


def replace_code(engine: Engine, slug: str, typed: str, reason: str, by: str) -> str:
    """Give the voting right behind a code a new code; the old one is dead from now on.

    The voting right stays one: where a vote was cast already, the new code can at most change
    it, and only if the round allows that.

    :raises CodeUsed: the voting right was used, and the round allows no change.
    :raises CodeVoid: the code was withdrawn or replaced before.
    """
    told = require_reason(reason)
    round_ = require_before_close(engine, slug)
    tag, fresh = typed_tag(engine, slug, typed), new_code()
    (new,) = fresh_tags(engine, slug, [fresh])
    with engine.stores.register.write() as work:
        code = _require_code(work, slug, tag)
        require_linked(engine, code)
        _require_voting(engine, work, round_, code.entitlement)
        _change(work, code, _REPLACED, CodeState.REPLACED)
        _add(engine, work, code.entitlement, slug, new, code.batch)
        work.commit()
    write_down(engine, Event("code_replaced", RoundId(slug), by, {"reason": told}))
    return written(fresh)


def reissue_code(engine: Engine, slug: str, right: str, reason: str, by: str) -> str:
    """Give a voting right a new code, whoever holds an old one; all old ones are dead from now on.

    For the counter, where the register says whose voting right it is and no letter is at hand.

    :param right: the identifier of the voting right.
    :raises UnknownCode: the register has no such voting right, or did not make it.
    :raises CodeUsed: it was used on paper, or online where the round allows no change.
    :raises CodeVoid: it was withdrawn.
    """
    told = require_reason(reason)
    round_ = require_before_close(engine, slug)
    fresh = new_code()
    (new,) = fresh_tags(engine, slug, [fresh])
    with engine.stores.register.write() as work:
        _require_voting(engine, work, round_, right)
        put_code(engine, work, slug, right, new, by)
        work.commit()
    write_down(engine, Event("code_replaced", RoundId(slug), by, {"reason": told}))
    return written(fresh)


def put_code(engine: Engine, work: RegisterWork, slug: str, right: str, tag: str, by: str) -> None:
    """Give a voting right a code of its own at the desk; all older ones are dead."""
    work.codes.set_state_of(RoundId(slug), right, _REPLACED, CodeState.REPLACED)
    batch = work.codes.next_batch(RoundId(slug))
    desk, made = BatchKind.DESK, BatchState.EXPORTED
    work.batches.add(Batch(RoundId(slug), batch, desk, made, None, 1, by))
    _add(engine, work, right, slug, tag, batch)


def _require_code(work: RegisterWork, slug: str, tag: str) -> Code:
    code = work.codes.find(RoundId(slug), tag)
    if code is None:
        raise _no_such_code(slug)
    return code


def _no_such_code(slug: str) -> UnknownCode:
    return UnknownCode(f"round {slug} has no such code")


def _require_second(engine: Engine, right: Entitlement, second: str) -> None:
    told = second_of(engine, right.round, second, right.id)
    if right.second is None or not hmac.compare_digest(told, right.second):
        raise _no_such_code(right.round)


def _require_open(code: Code, batch: Batch | None, *, at_school: bool) -> None:
    if code.state is CodeState.TEST:
        raise CodeVoid("this is a code for testing and never counts", problem="test")
    if code.state not in LIVE:
        raise CodeVoid(f"this code is {code.state}", problem=str(code.state))
    of_school = batch is not None and batch.kind is BatchKind.SCHOOL
    if of_school is not at_school:
        problem = "school" if of_school else "not_school"
        raise CodeVoid("this code belongs to another identity check", problem=problem)


def _require_voting(engine: Engine, work: RegisterWork, round_: Round, entitlement: str) -> None:
    """Refuse a new code where the published rule leaves nothing to vote with it."""
    right = work.entitlements.get(round_.slug, entitlement)
    if right is None:
        raise UnknownCode("the register knows no such voting right")
    require_sealed(engine, right)
    if right.channel is Channel.VOID:
        raise CodeVoid("this voting right was withdrawn", problem="void")
    if right.channel is Channel.PAPER:
        raise CodeUsed("this voting right was used on paper", problem="paper")
    if right.channel is Channel.DIGITAL and not round_.ballot.may_change:
        raise CodeUsed("this voting right was used, and nothing can change", problem="no_change")


def _change(
    work: RegisterWork, code: Code, before: tuple[CodeState, ...], after: CodeState
) -> None:
    if not work.codes.set_state(code.round, code.tag, before, after):
        raise CodeVoid(f"this code is {code.state}", problem=str(code.state))


def _add(engine: Engine, work: RegisterWork, right: str, slug: str, tag: str, batch: int) -> None:
    made = Code(RoundId(slug), tag, right, batch, CodeState.EXPORTED)
    work.codes.add_many([sealer_of(engine, slug).code(made)])
