"""Changes to a frozen register: one official proposes, another decides, the register signs.

What a proposal says of a person stays in the register until it is decided; then it goes, and what
remains names nobody.  The event log never holds more than the kind, the number and the reason.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping

from pb_engine.ballots import canonical_json
from pb_engine.domain.areas import Address
from pb_engine.domain.events import Event
from pb_engine.domain.phases import Phase
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import NotReady, RegisterRefused
from pb_engine.sealing import sign_roll
from pb_engine.services.amending import APPLIED, KINDS, read_change, with_current
from pb_engine.services.events import write_down
from pb_engine.services.register_freeze import roll_key
from pb_engine.store.register import Amendment, AmendmentState, RegisterWork
from pb_engine.units import RoundId

SHORTEST_REASON = 10
LONGEST_REASON = 500
_STILL = {Phase.DRAFT, Phase.IDEAS, Phase.REVIEW, Phase.VOTING}


def propose_change(
    engine: Engine, slug: str, kind: str, told: Mapping[str, str], reason: str, by: str
) -> int:
    """Write down a change that another official must agree with; return its number.

    :param kind: ``add``, ``move``, ``remove`` or ``correct``.
    :param told: for ``add`` the fields of a row of a register; else ``resident``, and for
        ``correct`` the fields that change.
    :raises RegisterRefused: the round has no frozen register, or the change cannot be made.
    :raises NotReady: the reason is missing or too long.
    """
    _require_reason(reason)
    round_ = _open_round(engine, slug)
    with engine.stores.register.write() as work:
        _require_frozen(work, RoundId(slug))
        change = read_change(round_, kind, with_current(work, slug, kind, told))
        APPLIED[kind].check(engine, work, slug, change)
        text = canonical_json(dict(change.told)).decode()
        made = work.amendments.propose(RoundId(slug), kind, text, reason.strip(), by)
        work.commit()
    facts: dict[str, str | int] = {"number": made.amendment, "kind": kind, "reason": made.reason}
    write_down(engine, Event("register_change_proposed", RoundId(slug), by, facts))
    return made.amendment


def decide_change(engine: Engine, slug: str, number: int, by: str, *, agreed: bool) -> Amendment:
    """Agree with a change, which happens at once, or refuse it.

    :raises RegisterRefused: nobody proposed it, it was decided, whoever decides proposed it
        (``problem="same"``), or the voting right was used meanwhile (``problem="used"``).
    """
    round_ = _open_round(engine, slug)
    with engine.stores.register.write() as work:
        asked = _waiting(work, RoundId(slug), number, by)
        done: Mapping[str, object] = {}
        if agreed:
            told = json.loads(asked.change)
            done = APPLIED[asked.kind].apply(
                engine, work, slug, read_change(round_, asked.kind, told)
            )
        after = _decided(engine, slug, asked, by, done, agreed=agreed)
        if not work.amendments.decide(after):
            raise RegisterRefused("somebody decided this meanwhile", problem="decided")
        work.commit()
    facts: dict[str, str | int] = {
        "number": number,
        "kind": asked.kind,
        "decision": str(after.state),
        "signature": (after.signed or b"").hex(),
    }
    write_down(engine, Event("register_change_decided", RoundId(slug), by, facts))
    return after


def changes_of(engine: Engine, slug: str) -> tuple[Amendment, ...]:
    """Return the changes of a round in the order of their numbers."""
    with engine.stores.register.read() as work:
        return tuple(one for one in work.amendments.all(RoundId(slug)) if one.kind in KINDS)


def waiting_of(engine: Engine, slug: str) -> Mapping[int, Mapping[str, str]]:
    """Return what each change that waits says of a person, for whoever must decide.

    Beside the fields of a row: ``now``, the name and address of the resident that it is about.
    """
    waiting = AmendmentState.PROPOSED
    with engine.stores.register.read() as work:
        return {
            one.amendment: _told(work, slug, one)
            for one in work.amendments.all(RoundId(slug))
            if one.kind in KINDS and one.state is waiting
        }


def _told(work: RegisterWork, slug: str, one: Amendment) -> Mapping[str, str]:
    told: dict[str, str] = json.loads(one.change)
    now = work.residents.get(RoundId(slug), told.pop("resident", ""))
    if now is None:
        return told
    address = str(Address(now.postcode, now.house, now.addition))
    return {"now": f"{now.name} {'' if now.secret else address}".strip(), **told}


def signed_body(one: Amendment) -> bytes:
    """Return what the register signs under a decided change."""
    facts = (one.amendment, one.kind, one.change, one.reason, one.proposed_by, one.decided_by or "")
    return canonical_json([*facts, str(one.state)])


def _decided(
    engine: Engine,
    slug: str,
    asked: Amendment,
    by: str,
    done: Mapping[str, object],
    *,
    agreed: bool,
) -> Amendment:
    state = AmendmentState.APPROVED if agreed else AmendmentState.REFUSED
    change = canonical_json(dict(done)).decode()
    after = dataclasses.replace(asked, decided_by=by, state=state, change=change)
    signed = sign_roll(signed_body(after), round_id=slug, key=roll_key(engine, slug))
    return dataclasses.replace(after, signed=signed)


def _waiting(work: RegisterWork, slug: RoundId, number: int, by: str) -> Amendment:
    asked = work.amendments.get(slug, number)
    if asked is None or asked.kind not in KINDS:
        raise RegisterRefused(f"nobody proposed change {number}", problem="unknown")
    if asked.state is not AmendmentState.PROPOSED:
        raise RegisterRefused(f"change {number} is decided already", problem="decided")
    if asked.proposed_by == by:
        raise RegisterRefused(
            "whoever proposes a change does not decide it: ask another official", problem="same"
        )
    return asked


def _open_round(engine: Engine, slug: str) -> Round:
    with engine.stores.site.read() as work:
        stored = work.rounds.get(RoundId(slug))
    if stored.phase not in _STILL:
        raise RegisterRefused(
            "the voter register changes only until voting is over", problem="over"
        )
    return stored.round


def _require_frozen(work: RegisterWork, slug: RoundId) -> None:
    roll = work.rolls.get(slug)
    if roll is None:
        raise RegisterRefused(
            "this round has no voter register: give somebody a voting code instead",
            problem="none",
        )
    if roll.digest is None:
        raise RegisterRefused(
            "the voter register is not frozen yet: take in a better file", problem="not_frozen"
        )


def _require_reason(reason: str) -> None:
    if not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        raise NotReady("say in a sentence why the register changes", problem="reason")
