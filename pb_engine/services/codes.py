"""Voting codes: issue, find, void and replace.  Only a keyed hash of a code is stored."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from pb_engine.domain.events import Event
from pb_engine.domain.phases import Phase
from pb_engine.engine import Engine
from pb_engine.errors import CodeUsed, CodeVoid, NotReady, UnknownCode, WrongPhase
from pb_engine.sealing import StretchCost, code_tag, new_code, new_secret, normalised, written
from pb_engine.services import keys
from pb_engine.services.ballot_projects import STYLE
from pb_engine.services.rights import require_linked, require_sealed, sealer_of
from pb_engine.store.register import Channel, Code, CodeState, Entitlement, RegisterWork
from pb_engine.units import RoundId

MOST_AT_ONCE = 200_000
SHORTEST_REASON = 5
_LATE = {Phase.CLOSED, Phase.OPENED, Phase.COUNTED, Phase.EXPLAINED, Phase.PUBLISHED}


@dataclass(frozen=True, slots=True)
class IssuedBatch:
    """Fresh codes, written in groups of four.  Nobody can look them up afterwards."""

    batch: int
    codes: tuple[str, ...]


def issue_codes(
    engine: Engine, slug: str, number: int, by: str, *, area: str | None = None
) -> IssuedBatch:
    """Make voting codes with one voting right each.

    :raises UnknownRound: no round has this slug.
    :raises NotReady: the number is not between 1 and 200,000.
    :raises WrongPhase: voting is over.
    """
    _require_before_close(engine, slug)
    if not 1 <= number <= MOST_AT_ONCE:
        raise NotReady(f"a batch has 1 to {MOST_AT_ONCE} codes", problem="number")
    codes = tuple(new_code() for _ in range(number))
    tags = _tags(engine, slug, codes)
    none = Channel.NONE
    seals = sealer_of(engine, slug)
    rights = [
        seals.right(Entitlement(secrets.token_hex(16), RoundId(slug), STYLE, area, none))
        for _ in codes
    ]
    with engine.stores.register.write() as work:
        batch = work.codes.next_batch(RoundId(slug))
        work.entitlements.add_many(rights)
        work.codes.add_many(
            seals.code(Code(RoundId(slug), tag, right.id, batch, CodeState.CREATED))
            for tag, right in zip(tags, rights, strict=True)
        )
        work.commit()
    _log(engine, Event("codes_issued", RoundId(slug), by, {"batch": batch, "number": number}))
    return IssuedBatch(batch, tuple(written(code) for code in codes))


def find_entitlement(engine: Engine, slug: str, typed: str) -> Entitlement:
    """Return the voting right behind a typed code.

    :raises MistypedCode: length, alphabet or check character is wrong.
    :raises UnknownCode: this round has no such code.
    :raises CodeVoid: the code was withdrawn, replaced, or only for testing.
    """
    tag = _tags(engine, slug, (normalised(typed),))[0]
    with engine.stores.register.read() as work:
        code = _require_code(work, slug, tag)
        if code.state is not CodeState.CREATED:
            raise CodeVoid(f"this code is {code.state}", problem=str(code.state))
        right = work.entitlements.get(RoundId(slug), code.entitlement)
    if right is None:
        raise UnknownCode("this code has no voting right")
    require_linked(engine, code)
    require_sealed(engine, right)
    return right


def void_code(engine: Engine, slug: str, typed: str, reason: str, by: str) -> None:
    """Withdraw an unused code with its voting right.

    :raises CodeUsed: somebody voted with it already.
    :raises NotReady: the reason is missing.
    """
    _require_reason(reason)
    tag = _tags(engine, slug, (normalised(typed),))[0]
    with engine.stores.register.write() as work:
        code = _require_code(work, slug, tag)
        require_linked(engine, code)
        none = (Channel.NONE,)
        if not work.entitlements.move(RoundId(slug), code.entitlement, none, Channel.VOID):
            raise CodeUsed("this voting right is used and cannot be withdrawn", problem="used")
        work.codes.set_state(RoundId(slug), tag, (CodeState.CREATED,), CodeState.VOID)
        work.commit()
    _log(engine, Event("code_voided", RoundId(slug), by, {"reason": reason.strip()}))


def replace_code(engine: Engine, slug: str, typed: str, reason: str, by: str) -> str:
    """Give the same voting right a new code; the old one is dead from now on.

    The voting right stays one: where a vote was cast already, the new code can at most change
    it, and only if the round allows that.

    :raises CodeVoid: the code was withdrawn or replaced before.
    """
    _require_reason(reason)
    _require_before_close(engine, slug)
    fresh = new_code()
    old, new = _tags(engine, slug, (normalised(typed), fresh))
    with engine.stores.register.write() as work:
        code = _require_code(work, slug, old)
        require_linked(engine, code)
        created = (CodeState.CREATED,)
        if not work.codes.set_state(RoundId(slug), old, created, CodeState.REPLACED):
            raise CodeVoid(f"this code is {code.state}", problem=str(code.state))
        made = Code(RoundId(slug), new, code.entitlement, code.batch, CodeState.CREATED)
        work.codes.add_many([sealer_of(engine, slug).code(made)])
        work.commit()
    _log(engine, Event("code_replaced", RoundId(slug), by, {"reason": reason.strip()}))
    return written(fresh)


def _require_code(work: RegisterWork, slug: str, tag: str) -> Code:
    code = work.codes.find(RoundId(slug), tag)
    if code is None:
        raise UnknownCode(f"round {slug} has no such code")
    return code


def _require_reason(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise NotReady("say in a few words why", problem="reason")


def _require_before_close(engine: Engine, slug: str) -> None:
    with engine.stores.site.read() as work:
        phase = work.rounds.get(RoundId(slug)).phase
    if phase in _LATE or phase is Phase.CANCELLED:
        raise WrongPhase(f"round {slug} is {phase}; no codes any more", phase=phase)


def _tags(engine: Engine, slug: str, codes: tuple[str, ...]) -> list[str]:
    pepper = engine.keyring.get_or_create(keys.pepper(slug), new_secret)
    cost = StretchCost(*engine.settings.code_cost)

    def tag(code: str) -> str:
        return code_tag(code, round_id=slug, pepper=pepper, cost=cost)

    if len(codes) == 1:
        return [tag(codes[0])]
    with ThreadPoolExecutor() as pool:  # Argon2id releases the interpreter lock
        return list(pool.map(tag, codes))


def _log(engine: Engine, event: Event) -> None:
    with engine.stores.site.write() as work:
        work.log.append(event, engine.clock())
        work.commit()
