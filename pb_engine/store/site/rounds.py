"""Rounds with their phase, and the moments at which their rules froze."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import func, select, update

from pb_engine.domain.phases import Phase
from pb_engine.domain.round_document import read_round
from pb_engine.domain.rounds import Round
from pb_engine.errors import InvalidRound, UnknownRound
from pb_engine.store.columns import from_json
from pb_engine.store.site.tables import FREEZES, ROUNDS
from pb_engine.store.unit import Line, Query, Unit
from pb_engine.units import RoundId


@dataclass(frozen=True, slots=True)
class StoredRound:
    """A round with its phase, and the instant (UTC) since which it is in that phase."""

    round: Round
    phase: Phase
    since: datetime


@dataclass(frozen=True, slots=True)
class Freeze:
    """The rules of a round as they were frozen.

    :ivar moment: ``ideas``, ``voting`` or ``amendment``.
    :ivar digest: SHA-256 of ``document`` as 64 hexadecimal characters.
    :ivar reason: why; empty unless it is an amendment.
    """

    moment: str
    digest: str
    document: bytes
    reason: str
    at: datetime


class Rounds:
    """The rounds of an installation."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, round_: Round, document: bytes, phase: Phase, at: datetime) -> None:
        """Add a round with its canonical document.

        :raises InvalidRound: a round with this slug exists.
        """
        row = {
            "slug": round_.slug,
            "document": document.decode(),
            "phase": phase,
            "since": at,
        }
        if not self._unit.add_new(ROUNDS, [row]):
            raise InvalidRound(f"slug: a round {round_.slug!r} exists already", round=round_.slug)

    def get(self, slug: RoundId) -> StoredRound:
        """Return a round.

        :raises UnknownRound: no round has this slug.
        """
        return _found(self._unit.row(_with(slug)), slug)

    def lock(self, slug: RoundId) -> StoredRound:
        """Return a round and keep others from changing it until this unit ends.

        :raises UnknownRound: no round has this slug.
        """
        return _found(self._unit.locked(_with(slug)), slug)

    def all(self) -> tuple[StoredRound, ...]:
        """Return every round, by slug."""
        rounds = map(_stored, self._unit.rows(select(ROUNDS)))
        # Sorted here: databases do not agree on the order of texts.
        return tuple(sorted(rounds, key=lambda stored: stored.round.slug))

    def set_phase(self, slug: RoundId, phase: Phase, at: datetime) -> None:
        """Put a round in a phase since ``at``; whether that is allowed is not asked here.

        :raises UnknownRound: no round has this slug.
        """
        self._change(slug, phase=phase, since=at)

    def replace(self, slug: RoundId, round_: Round, document: bytes) -> None:
        """Replace the configuration of a round by another one with the same slug.

        :raises UnknownRound: no round has this slug.
        :raises InvalidRound: the new configuration has another slug.
        """
        if round_.slug != slug:
            raise InvalidRound(f"slug: must stay {slug!r}", round=slug)
        self._change(slug, document=document.decode())

    def _change(self, slug: RoundId, **fields: object) -> None:
        if not self._unit.change(update(ROUNDS).where(ROUNDS.c.slug == slug).values(**fields)):
            raise _unknown(slug)


class Freezes:
    """What was frozen, per round, oldest first."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, slug: RoundId, freeze: Freeze) -> None:
        """Add a freeze after the earlier ones of this round."""
        count = self._unit.number(
            select(func.count()).select_from(FREEZES).where(FREEZES.c.round == slug)
        )
        self._unit.add(
            FREEZES,
            {
                "round": slug,
                "position": count + 1,
                "moment": freeze.moment,
                "digest": freeze.digest,
                "document": freeze.document,
                "reason": freeze.reason,
                "at": freeze.at,
            },
        )

    def all(self, slug: RoundId) -> tuple[Freeze, ...]:
        """Return the freezes of a round, oldest first."""
        query = select(FREEZES).where(FREEZES.c.round == slug).order_by(FREEZES.c.position)
        return tuple(
            Freeze(row.moment, row.digest, bytes(row.document), row.reason, row.at)
            for row in self._unit.rows(query)
        )


def _with(slug: RoundId) -> Query:
    return select(ROUNDS).where(ROUNDS.c.slug == slug)


def _found(row: Line | None, slug: RoundId) -> StoredRound:
    if row is None:
        raise _unknown(slug)
    return _stored(row)


def _unknown(slug: RoundId) -> UnknownRound:
    return UnknownRound(f"there is no round {slug[:40]!r}", round=slug[:40])


def _stored(row: Line) -> StoredRound:
    return StoredRound(_parsed(row.document), row.phase, row.since)


@lru_cache(maxsize=64)
def _parsed(document: str) -> Round:
    # Checking a whole configuration costs milliseconds and its text changes a few times a year.
    return read_round(from_json(document), "stored round")
