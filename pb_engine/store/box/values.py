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
    :ivar attempt: name of the attempt to cast, so that sending it twice stores one ballot.
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
    """

    round: RoundId
    invalid: int
    ballots: tuple[bytes, ...]
    counted: tuple[str, ...]
    superseded: tuple[str, ...]
