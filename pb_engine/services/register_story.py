"""What the event log and the signed changes say that the register must be."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from pb_engine.domain.events import Event
from pb_engine.errors import InvalidKey
from pb_engine.sealing import roll_is_signed
from pb_engine.services.amending import KINDS
from pb_engine.services.amendments import signed_body
from pb_engine.store.register import Amendment, AmendmentState
from pb_engine.store.site import SiteWork
from pb_engine.units import RoundId

# Names of events of the counter stand here as text: the log of an older version has none of them.
_MAY_VOID = frozenset({"code_voided", "right_change_decided"})
_PAPER = "paper_handed_out"
_ERASED = frozenset({"codes", "residents"})


@dataclass(frozen=True, slots=True)
class Logged:
    """What the event log says of the register of one round.

    :ivar frozen: the facts of the freezing; ``None`` when there was none.
    :ivar issued: codes per batch, as they were made.
    :ivar voided: how many rights may have been withdrawn, changes of the register apart.
    :ivar decided: the signature under each decided change, by number.
    :ivar papers: how many papers were handed out; and ``changed``: how many rights two officials
        changed at the counter.
    :ivar erased: what went because its term was over.
    """

    frozen: Mapping[str, str | int] | None
    issued: Mapping[int, int]
    voided: int
    decided: Mapping[int, tuple[str, str]]
    papers: int
    changed: int
    erased: frozenset[str]


def logged_of(work: SiteWork, slug: RoundId) -> Logged:
    """Read the event log of a round."""
    events: list[Event] = []
    number = 0
    while page := work.log.entries(number, round_id=slug):
        events.extend(entry.event for entry in page)
        number = page[-1].number
    return _logged(events)


def _logged(events: Iterable[Event]) -> Logged:
    names = Counter(one.name for one in events)
    frozen = [one.facts for one in events if one.name == "register_frozen"]
    issued: Counter[int] = Counter()
    for one in events:
        if one.name == "codes_issued":
            issued[int(one.facts["batch"])] += int(one.facts["number"])
    return Logged(
        frozen=frozen[-1] if frozen else None,
        issued=MappingProxyType(issued),
        voided=sum(names[name] for name in _MAY_VOID)
        + sum(
            int(one.facts["number"])
            for one in events
            if one.name == "batch_moved" and one.facts["state"] == "void"
        ),
        decided={
            int(one.facts["number"]): (str(one.facts["decision"]), str(one.facts["signature"]))
            for one in events
            if one.name == "register_change_decided"
        },
        papers=names[_PAPER],
        changed=names["right_change_decided"],
        erased=frozenset(str(one.facts["what"]) for one in events if one.name == "retention_run")
        & _ERASED,
    )


@dataclass(slots=True)
class Changes:
    """What the signed changes made of the voting rights.

    :ivar added: rights that came in.
    :ivar voided: rights that went.
    :ivar before: area and second fact at the opening, of rights that were corrected.
    :ivar after: the same, as they must be now.
    :ivar strange: changes that are not signed, not logged, or logged and gone.
    """

    added: set[str] = field(default_factory=set)
    voided: set[str] = field(default_factory=set)
    before: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    after: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    strange: int = 0


def changes_in(
    amendments: Iterable[Amendment], logged: Logged, slug: str, public: bytes
) -> Changes:
    """Follow the decided changes in their order."""
    found, seen = Changes(), set()
    for one in amendments:
        if one.kind not in KINDS or one.state is AmendmentState.PROPOSED:
            continue
        seen.add(one.amendment)
        noted = (str(one.state), (one.signed or b"").hex())
        if logged.decided.get(one.amendment) != noted or not _is_signed(one, slug, public):
            found.strange += 1
        elif one.state is AmendmentState.APPROVED:
            _follow(found, one.kind, json.loads(one.change))
    found.strange += len(set(logged.decided) - seen)
    return found


def _follow(found: Changes, kind: str, told: Mapping[str, Any]) -> None:
    right = str(told["right"])
    if kind == "add":
        found.added.add(right)
    elif kind == "correct":
        before, after = told["before"], told["after"]
        found.before.setdefault(right, tuple(before))
        found.after[right] = tuple(after)
    else:
        found.voided.add(right)


def _is_signed(one: Amendment, slug: str, public: bytes) -> bool:
    try:
        return roll_is_signed(signed_body(one), one.signed or b"", round_id=slug, public=public)
    except InvalidKey:
        return False
