"""One look at all voting rights and codes of a round, row by row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pb_engine.services.desk_admission import DESK_BATCH
from pb_engine.services.register_freeze import RollHash
from pb_engine.services.register_story import Changes
from pb_engine.services.rights import Sealer
from pb_engine.store.register import BatchKind, Channel, CodeState, Entitlement, RegisterWork
from pb_engine.units import RoundId

_DEAD = {CodeState.VOID, CodeState.REPLACED, CodeState.RETURNED, CodeState.TEST}
_KEYED = 64
"""Identity checks that vouch for a person make rights under a keyed hash of this length."""


@dataclass(slots=True)
class Looked:
    """What was seen.

    :ivar roll: hash over the rights that were there at the opening, as they were then.
    :ivar late: rights that came with codes since.
    :ivar amended: rights that came by a change of the register.
    :ivar undone: changes that the database does not have any more.
    :ivar batches: codes per batch.
    :ivar doubled: rights with two codes that work; a card for a class may stand beside a letter.
    """

    rights: int = 0
    unsealed: int = 0
    late: int = 0
    vouched: int = 0
    undone: int = 0
    false_codes: int = 0
    doubled: int = 0
    amended: set[str] = field(default_factory=set)
    roll: RollHash = field(default_factory=RollHash)
    batches: Counter[int] = field(default_factory=Counter)
    channels: Counter[Channel] = field(default_factory=Counter)


def look(
    work: RegisterWork, slug: RoundId, seals: Sealer, changes: Changes, last_batch: int
) -> Looked:
    """Go through all codes and all voting rights once.

    Some hundred bytes per voting right stay in memory.

    :param last_batch: the last batch of codes before the opening.
    """
    looked = Looked()
    early, tests = _look_at_codes(work, slug, seals, looked, last_batch)
    residents = {one.entitlement for one in work.residents.each(slug)}
    early |= residents
    for right in work.entitlements.each(slug):
        looked.rights += 1
        # Codes for testing have a right that was withdrawn from the start.
        if right.id not in tests or right.id in residents:
            looked.channels[right.channel] += 1
        if seals.made_right(right):
            _place(looked, right, changes, late=right.id not in early)
        else:
            looked.unsealed += 1
    return looked


def _look_at_codes(
    work: RegisterWork, slug: RoundId, seals: Sealer, looked: Looked, last_batch: int
) -> tuple[set[str], set[str]]:
    """Return the rights with a code of before the opening, and those of codes for testing."""
    early: set[str] = set()
    tests: set[str] = set()
    school = {one.batch for one in work.batches.all(slug) if one.kind is BatchKind.SCHOOL}
    before, live = "", Counter[bool]()
    for code in work.codes.each(slug):
        looked.batches[code.batch] += 1
        looked.false_codes += not seals.made_code(code)
        if 0 < code.batch <= last_batch:
            early.add(code.entitlement)
        if code.state is CodeState.TEST:
            tests.add(code.entitlement)
        live = live if code.entitlement == before else Counter()
        before = code.entitlement
        if code.batch == DESK_BATCH:
            continue  # lives a quarter of an hour beside the code of a letter
        if code.state not in _DEAD:
            card = code.batch in school
            live[card] += 1
            looked.doubled += live[card] == 2  # noqa: PLR2004 - the second one of its kind
    return early, tests


def _place(looked: Looked, right: Entitlement, changes: Changes, *, late: bool) -> None:
    facts = (right.area, right.second)
    if right.id in changes.voided and right.channel is not Channel.VOID:
        looked.undone += 1
    if changes.after.get(right.id, facts) != facts:
        looked.undone += 1
    if right.id in changes.added:
        looked.amended.add(right.id)
    elif len(right.id) == _KEYED:
        looked.vouched += 1
    elif late:
        looked.late += 1
    else:
        looked.roll.add(right, *changes.before.get(right.id, facts))
