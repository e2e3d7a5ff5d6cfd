"""Opening sealed ballots with the key of the round, after the close."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Protocol

from pb_engine.ballots import BallotPaper, ballot_bytes, read_sealed_text
from pb_engine.engine import Engine
from pb_engine.errors import InvalidBallot, InvalidKey, SealBroken
from pb_engine.sealing import (
    ballot_info,
    cast_names,
    entry_id,
    keyed_id,
    read_key_file,
    receipt_number,
    seal,
    unseal,
)
from pb_engine.services import keys
from pb_engine.services.trustees import trustees_of
from pb_engine.store.box import BoxState, Opening, StoredBallot
from pb_engine.units import RoundId


def private_key(engine: Engine, slug: str, key_file: bytes | None) -> bytes:
    """Return the key that a trustee brings, or the one in the key folder.

    :raises InvalidKey: it is unreadable, or a demo key outside the demo; or trustees keep the
        key of this round, which then never comes together here.
    """
    held = trustees_of(engine, slug)
    if held is not None:
        raise InvalidKey(
            f"{len(held.trustees)} trustees keep the key of this round: run pb-engine box export "
            f"{slug}, count offline with {held.threshold} of them, and bring the count back",
            problem="trustees",
        )
    if key_file is None:
        return engine.keyring.get(keys.round_private(slug))
    _, secret, demo = read_key_file(key_file)
    if demo and not engine.settings.demo:
        raise InvalidKey("this is a demo key; it opens nothing outside the demo", problem="demo")
    return secret


def try_key(state: BoxState, private: bytes) -> None:
    """Seal something and open it again, before any ballot is touched.

    :raises InvalidKey: this is not the key of this round.
    """
    trial = seal(b"trial", public=state.public_key, suite=state.suite, info=b"trial", length=16)
    try:
        unseal(trial, private=private, suite=state.suite, info=b"trial")
    except SealBroken as problem:
        raise InvalidKey("this key is not the key of this round", problem="foreign") from problem


class ClosedBox(Protocol):
    """A box that can be opened: in a store, or exported to a file."""

    def every(self, slug: RoundId) -> Iterator[StoredBallot]:
        """Return an iterator over all ballots, by pseudonym and number."""
        ...

    def paper(self, slug: RoundId, style: str) -> BallotPaper | None:
        """Return the ballot paper of a style, or ``None``."""
        ...


def unsealed(work: ClosedBox, state: BoxState, private: bytes) -> Opening:
    """Open every ballot of a closed box; the last one of each pseudonym counts.

    Ballots come out sorted by what they say, so that no order of casting is left.
    """
    ballots: list[tuple[bytes, str]] = []
    counted: list[str] = []
    superseded: list[str] = []
    invalid = 0
    papers: dict[str, BallotPaper | None] = {}
    for _, group in groupby(work.every(state.round), key=lambda one: one.pseudonym):
        *replaced, last = group
        superseded.extend(_receipt(one) for one in replaced)
        counted.append(_receipt(last))
        if last.style not in papers:
            papers[last.style] = work.paper(state.round, last.style)
        ballot = _ballot(state, last, papers[last.style], private)
        if ballot is None:
            invalid += 1
        else:
            ballots.append(ballot)
    ballots.sort()
    return Opening(
        round=state.round,
        invalid=invalid,
        ballots=tuple(ballot for ballot, _ in ballots),
        counted=tuple(sorted(counted)),
        superseded=tuple(sorted(superseded)),
        trackers=tuple(tracker for _, tracker in ballots),
    )


def _ballot(
    state: BoxState, stored: StoredBallot, paper: BallotPaper | None, private: bytes
) -> tuple[bytes, str] | None:
    """Return the ballot and its tracker, or ``None`` when it does not count."""
    info = ballot_info(
        manifest=state.manifest,
        style=stored.style,
        pseudonym=stored.pseudonym,
        number=stored.number,
    )
    try:
        raw = unseal(stored.sealed, private=private, suite=state.suite, info=info)
        ballot, tracker = read_sealed_text(raw)
        if paper is None:
            return None
        paper.check(ballot)
    except (SealBroken, InvalidBallot):
        return None  # a ballot that was tampered with or copied harms nobody: it counts as invalid
    return ballot_bytes(ballot), tracker or _unknown_tracker(stored, private)


def _unknown_tracker(stored: StoredBallot, private: bytes) -> str:
    """Return a tracker for a ballot without one, so that it stands among the others.

    Only the holder of the round key can make it, and he makes the same one again.
    """
    secret = keyed_id(private, "tracker", stored.pseudonym, str(stored.number))
    return cast_names(
        secret, round_id=stored.round, pseudonym=stored.pseudonym, ballot=stored.sealed
    ).tracker


def _receipt(stored: StoredBallot) -> str:
    entry = entry_id(
        round_id=stored.round,
        pseudonym=stored.pseudonym,
        number=stored.number,
        sealed=stored.sealed,
    )
    return receipt_number(entry)
