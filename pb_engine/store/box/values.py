"""The values of the ballot box."""

from __future__ import annotations

from dataclasses import dataclass

from pb_engine.units import RoundId


@dataclass(frozen=True, slots=True)
class BoxState:
    """What casting must know about a round.

    :ivar suite: name of the sealing suite.
    :ivar public_key: ballots are sealed to this key.
    :ivar manifest: digest of the frozen rules.
    :ivar may_change: a voter may hand in another ballot until the close.
    :ivar receipt_key: public key that verifies receipts.
    :ivar ticket_key: public key that verifies ballot tickets.
    """

    round: RoundId
    open: bool
    suite: str
    public_key: bytes
    manifest: str
    may_change: bool
    receipt_key: bytes
    ticket_key: bytes


@dataclass(frozen=True, slots=True)
class StoredBallot:
    """A sealed ballot.

    :ivar pseudonym: stands for one voting right; the highest ``number`` counts.
    :ivar number: from 1, per pseudonym.
    :ivar attempt: name of the attempt to cast, so that sending it twice stores one ballot, and
        the mark of its ticket, so that a ticket admits one ballot.
    """

    round: RoundId
    pseudonym: str
    number: int
    style: str
    attempt: str
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Opening:
    """What came out of a box.

    :ivar invalid: counted ballots that did not open or did not follow the paper.
    :ivar ballots: canonical plaintext ballots, sorted, so that no order of arrival is left.
    :ivar counted: receipt numbers of counted ballots, sorted.
    :ivar superseded: receipt numbers of ballots that a later one replaced, sorted.
    :ivar trackers: of each of ``ballots`` the tracker that stood beside it, or nothing; equal
        ballots are sorted by it.  Empty for a box that was opened before there were trackers.
    """

    round: RoundId
    invalid: int
    ballots: tuple[bytes, ...]
    counted: tuple[str, ...]
    superseded: tuple[str, ...]
    trackers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LoggedBallot:
    """The place of one ballot in the log of a box.

    :ivar position: from 0, without gaps.
    :ivar entry: identity of the ballot, SHA-256 in hexadecimal.
    :ivar receipt: its short form for people.
    """

    position: int
    entry: str
    receipt: str
    pseudonym: str
    number: int


@dataclass(frozen=True, slots=True)
class SignedHead:
    """The root over the first ``size`` entries, signed with the key of the log."""

    round: RoundId
    size: int
    root: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Cosignature:
    """A witness's signature under a head: he saw the log grow up to there and nowhere shrink.

    :ivar witness: his public key.
    """

    round: RoundId
    size: int
    witness: bytes
    signature: bytes
