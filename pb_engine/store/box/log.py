"""The log of a box: which ballot stands where, and the heads that were signed over it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, func, select

from pb_engine.errors import StoreProblem
from pb_engine.store.box.tables import BALLOTS, COSIGNATURES, LOG_ENTRIES, LOG_KEYS, TREE_HEADS
from pb_engine.store.box.values import Cosignature, LoggedBallot, SignedHead, StoredBallot
from pb_engine.store.unit import Line, Unit
from pb_engine.units import RoundId

_B, _E, _H, _C = BALLOTS.c, LOG_ENTRIES.c, TREE_HEADS.c, COSIGNATURES.c
_SAME_BALLOT = and_(_E.round == _B.round, _E.pseudonym == _B.pseudonym, _E.number == _B.number)


class BoxLog:
    """The append-only log of one box store.  Nothing here is touched by casting."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def take_turn(self, slug: RoundId) -> None:
        """Wait until nobody else appends to this log; others wait until this unit ends."""
        self._unit.queue(f"log of the box of {slug}")

    def keep_key(self, slug: RoundId, public: bytes) -> None:
        """Keep the public key of the log; the same key again changes nothing.

        :raises StoreProblem: this log has another key.
        """
        row = {"round": slug, "public_key": public}
        if not self._unit.add_new(LOG_KEYS, [row]) and self.key(slug) != public:
            raise StoreProblem(f"the log of the box of {slug} has another key", round=slug)

    def key(self, slug: RoundId) -> bytes | None:
        """Return the public key of the log, or ``None`` when this box has no log yet."""
        row = self._unit.row(select(LOG_KEYS.c.public_key).where(LOG_KEYS.c.round == slug))
        return None if row is None else bytes(row.public_key)

    def size(self, slug: RoundId) -> int:
        """Count the entries."""
        query = select(func.count()).select_from(LOG_ENTRIES).where(_E.round == slug)
        return self._unit.number(query)

    def waiting(self, slug: RoundId) -> int:
        """Count the ballots that are in the box and not in the log yet."""
        query = select(func.count()).select_from(BALLOTS.outerjoin(LOG_ENTRIES, _SAME_BALLOT))
        return self._unit.number(query.where(_waits(slug)))

    def waiting_ballots(self, slug: RoundId) -> tuple[StoredBallot, ...]:
        """Return those ballots, by pseudonym and number."""
        query = select(BALLOTS).outerjoin(LOG_ENTRIES, _SAME_BALLOT).where(_waits(slug))
        return tuple(map(stored_ballot, self._unit.rows(query.order_by(_B.pseudonym, _B.number))))

    def append(self, slug: RoundId, ballots: Iterable[LoggedBallot]) -> None:
        """Add entries at the end; their positions follow the last one.

        :raises StoreProblem: a position leaves a gap or is taken, or a ballot is logged twice.
        """
        rows = [{"round": slug, **dataclasses.asdict(one)} for one in ballots]
        if self._unit.add_new(LOG_ENTRIES, rows) != len(rows):
            raise StoreProblem(f"the log of the box of {slug} grew meanwhile", round=slug)

    def entries(self, slug: RoundId, size: int) -> tuple[str, ...]:
        """Return the first ``size`` entries, in the order of the log."""
        query = select(_E.entry).where(_E.round == slug, _E.position < size)
        return tuple(row.entry for row in self._unit.each(query.order_by(_E.position)))

    def find(self, slug: RoundId, wanted: str) -> LoggedBallot | None:
        """Return the entry with this identity or receipt number, or ``None``."""
        query = select(LOG_ENTRIES).where(
            _E.round == slug, (_E.entry == wanted) | (_E.receipt == wanted)
        )
        row = self._unit.row(query.order_by(_E.position))
        if row is None:
            return None
        return LoggedBallot(row.position, row.entry, row.receipt, row.pseudonym, row.number)

    def add_head(self, head: SignedHead) -> None:
        """Keep a signed head; the same head again changes nothing.

        :raises StoreProblem: another head of this size was signed before.
        """
        if not self._unit.add_new(TREE_HEADS, [dataclasses.asdict(head)]):
            kept = self.head(head.round, head.size)
            if kept != head:
                raise StoreProblem(
                    f"the log of the box of {head.round} has another head of size {head.size}",
                    round=head.round,
                )

    def head(self, slug: RoundId, size: int | None = None) -> SignedHead | None:
        """Return the head of this size, by default the newest; ``None`` when there is none."""
        query = select(TREE_HEADS).where(_H.round == slug)
        if size is not None:
            query = query.where(_H.size == size)
        row = self._unit.row(query.order_by(_H.size.desc()).limit(1))
        if row is None:
            return None
        return SignedHead(row.round, row.size, bytes(row.root), bytes(row.signature))

    def heads(self, slug: RoundId) -> tuple[SignedHead, ...]:
        """Return every head that was signed, the smallest first."""
        query = select(TREE_HEADS).where(_H.round == slug).order_by(_H.size)
        return tuple(
            SignedHead(row.round, row.size, bytes(row.root), bytes(row.signature))
            for row in self._unit.rows(query)
        )

    def cosign(self, cosignature: Cosignature) -> None:
        """Keep what a witness signed; the first signature of a witness under a head stays."""
        self._unit.add_new(COSIGNATURES, [dataclasses.asdict(cosignature)])

    def cosignatures(self, slug: RoundId, size: int) -> tuple[Cosignature, ...]:
        """Return the cosignatures under a head, by witness."""
        query = select(COSIGNATURES).where(_C.round == slug, _C.size == size)
        return tuple(
            Cosignature(row.round, row.size, bytes(row.witness), bytes(row.signature))
            for row in self._unit.rows(query.order_by(_C.witness))
        )


def stored_ballot(row: Line) -> StoredBallot:
    """Read a row of the ballots."""
    return StoredBallot(
        row.round, row.pseudonym, row.number, row.style, row.attempt, bytes(row.sealed)
    )


def _waits(slug: RoundId) -> ColumnElement[bool]:
    return and_(_B.round == slug, _E.position.is_(None))
