"""Keyed names around paper: of its ballots, of who reads them, and of what was read."""

from __future__ import annotations

from dataclasses import dataclass, field

from pb_engine.ballots import Ballot, Defect, ballot_bytes
from pb_engine.engine import Engine
from pb_engine.errors import WrongPhase
from pb_engine.sealing import keyed_id, new_secret
from pb_engine.services import keys
from pb_engine.units import RoundId


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody read on a sheet: a ballot, or why there is none.

    :ivar remark: what was found, where the defect has no word of its own.
    """

    ballot: Ballot | None
    defect: Defect | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class PaperKeys:
    """The two keys of one round.

    :ivar names: names ballots and clerks until the close.
    :ivar marks: compares readings until the publication.
    """

    round: str
    names: bytes = field(repr=False)
    marks: bytes = field(repr=False)

    def pseudonym(self, batch: int, sheet: int) -> str:
        """Return the pseudonym of the ballot on a sheet.

        The same sheet has the same one whenever it is taken in, so that the box itself refuses it
        a second time, also after a restore.  Once the key is erased it is as good as random.
        """
        return keyed_id(self.names, "paper-ballot", self.round, str(batch), str(sheet))

    def clerk(self, by: str) -> str:
        """Return the name under which the box knows an official."""
        return keyed_id(self.names, "paper-clerk", self.round, by)

    def checker(self, by: str) -> str:
        """Return the name under which an official reads drawn sheets, after the close."""
        return keyed_id(self.marks, "paper-checker", self.round, by)

    def total(self, batch: int, line: int, number: int) -> str:
        """Return a name that equal totals of a line share."""
        return keyed_id(self.marks, "paper-total", self.round, str(batch), str(line), str(number))

    def mark(self, batch: int, sheet: int, reading: Reading) -> str:
        """Return a name that equal readings of a sheet share; a remark does not matter."""
        told = ballot_bytes(reading.ballot).hex() if reading.ballot else ""
        defect = str(reading.defect or "")
        return keyed_id(self.marks, "paper-mark", self.round, str(batch), str(sheet), defect, told)


def keys_of(engine: Engine, slug: str) -> PaperKeys:
    """Return the keys for reading paper while the box is open; made when they are first needed.

    :raises WrongPhase: the ballot box is closed: no key is ever made for it again.
    :raises InvalidKey: they cannot be read.
    """
    with engine.stores.box.read() as work:
        state = work.state(RoundId(slug))
    if state is None or not state.open:
        raise WrongPhase("the ballot box is closed", phase="closed", wanted="voting")
    ring = engine.keyring
    return PaperKeys(
        slug,
        ring.get_or_create(keys.paper(slug), new_secret),
        ring.get_or_create(keys.sample(slug), new_secret),
    )


def marks_of(engine: Engine, slug: str) -> PaperKeys:
    """Return what is left of the keys after the close: enough to compare readings.

    :raises InvalidKey: the key is erased, since the result is published.
    """
    marks = engine.keyring.get(keys.sample(slug))
    return PaperKeys(slug, marks, marks)
