"""People of the register who are named by the municipality's numbers, such as those of a class."""

from __future__ import annotations

from collections.abc import Sequence

from pb_engine.errors import NotReady
from pb_engine.services.rights import Sealer
from pb_engine.store.register import Channel, CodeState, RegisterWork, ResidentState
from pb_engine.units import RoundId

_NAMED = 20


def rights_of(
    work: RegisterWork,
    seals: Sealer,
    slug: RoundId,
    numbers: Sequence[str],
    live: tuple[CodeState, ...],
    *,
    extra: bool,
) -> tuple[tuple[str, str], ...]:
    """Return voting right and resident of each number, in the order of the list.

    :param live: the states in which a code opens a door.
    :param extra: their code may stand beside another one.
    :raises NotReady: ``problem`` is ``nobody_listed``, ``strangers`` (the register has no voting
        right for somebody), ``twice`` (a person stands on the list two times) or ``coded`` (has a
        code already, or voted); ``lines`` tells where, from 1, the first twenty.
    """
    if not numbers:
        raise NotReady("the list names nobody", problem="nobody_listed")
    found = [_right_of(work, seals, slug, number) for number in numbers]
    unknown = [line for line, one in enumerate(found, 1) if one is None]
    if unknown:
        raise _refusal("the register has no voting right for", unknown, "strangers")
    people = tuple(one for one in found if one is not None)
    first = {one: line for line, one in reversed(tuple(enumerate(people, 1)))}
    twice = [line for line, one in enumerate(people, 1) if first[one] < line]
    if twice:
        raise _refusal("somebody stands twice on the list:", twice, "twice")
    if not extra:
        wanting = {right for _, right, _ in work.codes.in_want(slug, live)}
        coded = [line for line, (right, _) in enumerate(people, 1) if right not in wanting]
        if coded:
            raise _refusal("somebody has a code already, or voted:", coded, "coded")
    return people


def _right_of(
    work: RegisterWork, seals: Sealer, slug: RoundId, number: str
) -> tuple[str, str] | None:
    one = work.residents.of_person(slug, seals.person(number))
    if one is None or one.state is not ResidentState.ACTIVE:
        return None
    right = work.entitlements.get(slug, one.entitlement)
    if right is None or right.channel is Channel.VOID:
        return None
    return right.id, one.id


def _refusal(what: str, lines: Sequence[int], problem: str) -> NotReady:
    told = ", ".join(map(str, lines[:_NAMED]))
    more = f" and {len(lines) - _NAMED} more" if len(lines) > _NAMED else ""
    return NotReady(f"{what} line {told}{more}", problem=problem, lines=told)
