"""At the counter: a fresh code, or a ballot on paper, for one voting right."""

from __future__ import annotations

from pb_engine.domain.events import Event
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import CodeUsed, CodeVoid, NotAllowed, NotEligible
from pb_engine.sealing import new_code, written
from pb_engine.services.code_rules import require_before_close, require_reason, require_voting
from pb_engine.services.code_tags import fresh_tags
from pb_engine.services.codes import find_entitlement, put_code
from pb_engine.services.counter.people import require_resident
from pb_engine.services.desk_admission import DeskCode, vouch
from pb_engine.services.events import write_down
from pb_engine.services.rights import require_sealed
from pb_engine.store.register import (
    Channel,
    Entitlement,
    RegisterWork,
    ResidentState,
)
from pb_engine.units import RoundId


def give_code(engine: Engine, slug: str, resident: str, reason: str, by: str) -> str:
    """Give somebody at the counter a fresh code; every older one is dead from now on.

    Whoever voted with the old code gets a fresh one only from two officers, see
    ``propose_on_right``.

    :returns: the code in groups of four; nobody can look it up afterwards.
    :raises WrongPhase: voting is over.
    :raises CodeUsed: this voting right was used.
    :raises NotEligible: this resident moved away or was removed.
    """
    require_reason(reason)
    require_before_close(engine, slug)
    fresh = new_code()
    (tag,) = fresh_tags(engine, slug, [fresh])
    with engine.stores.register.write() as work:
        right = right_of(engine, work, slug, resident)
        require_unused(right)
        put_code(engine, work, slug, right.id, tag, by)
        work.commit()
    write_down(engine, Event("counter_code_given", RoundId(slug), by, {"reason": reason.strip()}))
    return written(fresh)


def let_vote_here(engine: Engine, slug: str, resident: str, reason: str, by: str) -> DeskCode:
    """Give somebody a short code for the voting screen at the counter, for a quarter of an hour.

    Whoever voted online before may change that vote where the round allows it.

    :raises WrongPhase: voting is not open.
    :raises NotAllowed: the round does not list the identity check ``desk``.
    :raises CodeUsed: this voting right was used on paper.
    """
    if not votes_here(require_before_close(engine, slug)):
        raise NotAllowed("this round has no screen at the counter", problem="screen")
    with engine.stores.register.read() as work:
        right = right_of(engine, work, slug, resident)
    return vouch(engine, slug, right.id, by, reason)


def votes_here(round_: Round) -> bool:
    """Tell whether people can vote on a screen at the counter, with a short code."""
    return any(choice.name == "desk" for choice in round_.identity_checks)


def hand_out_paper(engine: Engine, slug: str, resident: str, reason: str, by: str) -> None:
    """Mark that somebody gets a ballot on paper: from now on the web is closed to them.

    :raises WrongPhase: voting is not open.
    :raises CodeUsed: this voting right was used, on the web or on paper.
    """
    require_reason(reason)
    require_voting(engine, slug)
    with engine.stores.register.write() as work:
        _mark_paper(work, right_of(engine, work, slug, resident))
        work.commit()
    write_down(engine, Event("paper_handed_out", RoundId(slug), by, {"reason": reason.strip()}))


def hand_out_paper_for_code(engine: Engine, slug: str, typed: str, reason: str, by: str) -> None:
    """Mark that whoever brought this code gets a ballot on paper; the code is dead from now on.

    :raises MistypedCode: and UnknownCode, CodeVoid as for anybody who types a code.
    :raises CodeUsed: this voting right was used, on the web or on paper.
    """
    require_reason(reason)
    require_voting(engine, slug)
    found = find_entitlement(engine, slug, typed)
    with engine.stores.register.write() as work:
        _mark_paper(work, found)
        work.commit()
    write_down(engine, Event("paper_handed_out", RoundId(slug), by, {"reason": reason.strip()}))


def right_of(engine: Engine, work: RegisterWork, slug: str, resident: str) -> Entitlement:
    """Return the voting right of an active resident.

    :raises NotEligible: this resident moved away or was removed.
    :raises UnknownCode: the register has no such resident, or did not make this right.
    """
    row = require_resident(work, slug, resident)
    if row.state is not ResidentState.ACTIVE:
        raise NotEligible("this resident has no voting right any more", problem="area")
    right = work.entitlements.get(RoundId(slug), row.entitlement)
    if right is None:
        raise NotEligible("this resident has no voting right", problem="area")
    require_sealed(engine, right)
    return right


def require_unused(right: Entitlement) -> None:
    """Refuse a voting right that was used or withdrawn.

    :raises CodeUsed: it was used.
    :raises CodeVoid: it was withdrawn.
    """
    if right.channel is Channel.VOID:
        raise CodeVoid("this voting right was withdrawn", problem="void")
    if right.channel is not Channel.NONE:
        problem = "paper" if right.channel is Channel.PAPER else "used"
        raise CodeUsed(f"this voting right was used: {right.channel}", problem=problem)


def _mark_paper(work: RegisterWork, right: Entitlement) -> None:
    # Somebody may be voting on the web at this moment: one statement decides who came first.
    if not work.entitlements.move(right.round, right.id, (Channel.NONE,), Channel.PAPER):
        now = work.entitlements.get(right.round, right.id)
        require_unused(now or right)
