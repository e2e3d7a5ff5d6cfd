"""At the counter: a fresh code, or a ballot on paper, for one voting right."""

from __future__ import annotations

from pb_engine.domain.events import Event
from pb_engine.domain.phases import Phase
from pb_engine.engine import Engine
from pb_engine.errors import CodeUsed, CodeVoid, NotEligible, NotReady, WrongPhase
from pb_engine.sealing import StretchCost, code_tag, new_code, new_secret, written
from pb_engine.services import keys
from pb_engine.services.codes import find_entitlement
from pb_engine.services.counter.people import require_resident
from pb_engine.services.rights import require_sealed
from pb_engine.store.register import (
    Channel,
    Code,
    CodeState,
    Entitlement,
    RegisterWork,
    ResidentState,
)
from pb_engine.units import RoundId

SHORTEST_REASON = 5
AT_THE_COUNTER = 0
"""The batch of codes that were given one by one."""

LIVE = (CodeState.CREATED, CodeState.EXPORTED, CodeState.SENT, CodeState.RETURNED, CodeState.USED)
"""States of a code that a fresh one replaces."""


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
    tag = tag_of(engine, slug, fresh)
    with engine.stores.register.write() as work:
        right = right_of(engine, work, slug, resident)
        require_unused(right)
        put_code(work, slug, right.id, tag)
        work.commit()
    write_down(engine, Event("counter_code_given", RoundId(slug), by, {"reason": reason.strip()}))
    return written(fresh)


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


def put_code(work: RegisterWork, slug: str, right: str, tag: str) -> None:
    """Make older codes of a voting right dead and add this one."""
    round_id = RoundId(slug)
    work.codes.set_state_of(round_id, right, LIVE, CodeState.REPLACED)
    work.codes.add_many([Code(round_id, tag, right, AT_THE_COUNTER, CodeState.CREATED)])


def tag_of(engine: Engine, slug: str, code: str) -> str:
    """Return the keyed hash under which a code is stored."""
    pepper = engine.keyring.get_or_create(keys.pepper(slug), new_secret)
    cost = StretchCost(*engine.settings.code_cost)
    return code_tag(code, round_id=slug, pepper=pepper, cost=cost)


def require_reason(reason: str) -> None:
    """Refuse to act without a reason.

    :raises NotReady: it is missing.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise NotReady("say in a few words why", problem="reason")


def require_voting(engine: Engine, slug: str) -> None:
    """Refuse unless voting is open.

    :raises WrongPhase: it is not.
    """
    phase = _phase(engine, slug)
    if phase is not Phase.VOTING:
        raise WrongPhase("voting is not open in this round", phase=phase, wanted="voting")


def require_before_close(engine: Engine, slug: str) -> None:
    """Refuse when voting is over.

    :raises WrongPhase: it is.
    """
    phase = _phase(engine, slug)
    before = {Phase.DRAFT, Phase.IDEAS, Phase.REVIEW, Phase.VOTING}
    if phase not in before:
        raise WrongPhase(f"round {slug} is {phase}; no codes any more", phase=phase)


def write_down(engine: Engine, event: Event) -> None:
    """Append an event to the log."""
    with engine.stores.site.write() as work:
        work.log.append(event, engine.clock())
        work.commit()


def _mark_paper(work: RegisterWork, right: Entitlement) -> None:
    # Somebody may be voting on the web at this moment: one statement decides who came first.
    if not work.entitlements.move(right.round, right.id, (Channel.NONE,), Channel.PAPER):
        now = work.entitlements.get(right.round, right.id)
        require_unused(now or right)


def _phase(engine: Engine, slug: str) -> Phase:
    with engine.stores.site.read() as work:
        return work.rounds.get(RoundId(slug)).phase
