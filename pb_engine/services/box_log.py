"""What anybody may ask of the log of a ballot box: heads, proofs, and a witness's signature."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pb_engine.engine import Engine
from pb_engine.errors import LogRefused, MistypedCode
from pb_engine.sealing import (
    TreeHead,
    consistency_proof,
    head_is_cosigned,
    inclusion_proof,
    leaf_hash,
    normalised_receipt,
)
from pb_engine.store import Store
from pb_engine.store.box import BoxWork, Cosignature, SignedHead
from pb_engine.units import RoundId

_ENTRY_DIGITS = 64


@dataclass(frozen=True, slots=True)
class ShownHead:
    """A signed head with what is needed to check it.

    :ivar log_key: the public key of the log.
    :ivar cosignatures: the signatures of witnesses under this head.
    """

    head: SignedHead
    log_key: bytes
    cosignatures: tuple[Cosignature, ...]


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Proof that an entry is in the log.

    :ivar position: its place, from 0.
    :ivar path: the hashes from the leaf to the root of ``shown`` (RFC 9162, 2.1.3.1).
    """

    entry: str
    position: int
    path: tuple[bytes, ...]
    shown: ShownHead


@dataclass(frozen=True, slots=True)
class Growth:
    """Proof that the log under one head is the beginning of the log under a later one.

    :ivar path: the consistency proof (RFC 9162, 2.1.4.1).
    """

    first: SignedHead
    second: SignedHead
    path: tuple[bytes, ...]


def head_of(engine: Engine, slug: str, size: int | None = None) -> ShownHead:
    """Return the newest signed head, or the one of this size.

    :raises LogRefused: no head of this size was signed, or the round has no log.
    """
    with engine.stores.box.read() as work:
        return _shown(work, RoundId(slug), size)


def inclusion_of(engine: Engine, slug: str, wanted: str) -> Inclusion:
    """Return the proof for an entry or a receipt number, under the newest head.

    :raises MistypedCode: a receipt number with a typing error.
    :raises LogRefused: it is not in the log, or not yet.
    """
    round_id, name = RoundId(slug), _name(wanted)
    with engine.stores.box.read() as work:
        shown = _shown(work, round_id)
        found = work.log.find(round_id, name)
    if found is None or found.position >= shown.head.size:
        raise LogRefused("this is not in the log, or not yet", problem="entry")
    leaves = _leaves(engine.stores.box, round_id, shown.head.size)
    path = inclusion_proof(leaves, found.position)
    return Inclusion(found.entry, found.position, path, shown)


def growth_between(engine: Engine, slug: str, first: int, second: int) -> Growth:
    """Return the proof that the log only grew between two signed heads.

    :raises LogRefused: no head of one of these sizes was signed, or they are in the wrong order.
    """
    if first > second:
        raise LogRefused(f"a log does not grow from {first} to {second}", problem="order")
    round_id = RoundId(slug)
    with engine.stores.box.read() as work:
        smaller, larger = (_shown(work, round_id, size).head for size in (first, second))
    path = consistency_proof(_leaves(engine.stores.box, round_id, second), first)
    return Growth(smaller, larger, path)


def take_cosignature(
    engine: Engine, slug: str, size: int, witness: str, signature: str
) -> ShownHead:
    """Keep the signature of a known witness under a head, and return that head.

    :raises LogRefused: the witness is not one of ``PB_WITNESSES``, did not sign this, or there
        is no such head.
    """
    if witness not in engine.settings.witnesses:
        raise LogRefused("this installation does not know this witness", problem="witness")
    round_id, raw = RoundId(slug), _hexadecimal(signature)
    with engine.stores.box.write() as work:
        shown = _shown(work, round_id, size)
        head = TreeHead(round_id, size, shown.head.root)
        public = bytes.fromhex(witness)
        if not head_is_cosigned(head, raw, log_key=shown.log_key, witness=public):
            raise LogRefused("the witness did not sign this head", problem="signature")
        work.log.cosign(Cosignature(round_id, size, public, raw))
        kept = _shown(work, round_id, size)
        work.commit()
    return kept


def _shown(work: BoxWork, slug: RoundId, size: int | None = None) -> ShownHead:
    head, key = work.log.head(slug, size), work.log.key(slug)
    if head is None or key is None:
        raise LogRefused("no such head was signed for this round", problem="head")
    return ShownHead(head, key, work.log.cosignatures(slug, head.size))


@lru_cache(maxsize=8)
def _leaves(box: Store[BoxWork], slug: RoundId, size: int) -> tuple[bytes, ...]:
    """Read the leaves under a head once per program: they never change again."""
    with box.read() as work:
        entries = work.log.entries(slug, size)
    return tuple(leaf_hash(bytes.fromhex(entry)) for entry in entries)


def _name(wanted: str) -> str:
    if len(wanted) == _ENTRY_DIGITS:
        lower = wanted.lower()
        if set(lower) <= set("0123456789abcdef"):
            return lower
    if len(wanted) > _ENTRY_DIGITS:
        raise MistypedCode("this is neither an entry nor a receipt number", problem="length")
    return normalised_receipt(wanted)


def _hexadecimal(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as problem:
        raise LogRefused("a signature is written in hexadecimal", problem="signature") from problem
