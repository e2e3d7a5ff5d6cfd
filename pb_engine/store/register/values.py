"""The values of the register."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pb_engine.units import RoundId


class Channel(StrEnum):
    """Along which channel a voting right was used, if it was."""

    NONE = "none"
    DIGITAL = "digital"
    PAPER = "paper"
    VOID = "void"


class CodeState(StrEnum):
    """How far a voting code came; ``EXPORTED``, ``SENT`` and ``USED`` open a door.

    A code that was never exported is known to nobody; one that came back is nobody's.
    """

    CREATED = "created"
    EXPORTED = "exported"
    SENT = "sent"
    RETURNED = "returned"
    USED = "used"
    VOID = "void"
    REPLACED = "replaced"
    TEST = "test"


class BatchKind(StrEnum):
    """Along which way the codes of a batch reach people."""

    LETTER = "letter"
    DESK = "desk"
    SCHOOL = "school"
    TEST = "test"


class BatchState(StrEnum):
    """How far a batch of codes came."""

    CREATED = "created"
    EXPORTED = "exported"
    SENT = "sent"
    RETURNED = "returned"
    VOID = "void"


class ResidentState(StrEnum):
    """Whether a row of the voter register still gives a voting right."""

    ACTIVE = "active"
    MOVED = "moved"
    REMOVED = "removed"


class AmendmentState(StrEnum):
    """Whether a second official agreed with a change."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Entitlement:
    """One voting right.

    :ivar id: random or a keyed hash; it names nobody.
    :ivar style: which ballot paper comes with it.
    :ivar area: for counting turnout per area; ``None`` where the round does not know.
    :ivar second: keyed hash of a second fact, such as a year of birth; ``None`` without one.
    :ivar seal: keyed hash over round, id, style, area and second fact, which a row that somebody
        put into the database by hand does not have.
    """

    id: str
    round: RoundId
    style: str
    area: str | None
    channel: Channel
    second: str | None = None
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """A voting code as the register knows it: by a keyed hash, never in clear.

    :ivar batch: the print run it belongs to, from 1.
    :ivar seal: keyed hash over round, tag, voting right and batch, so that a code that somebody
        points at another voting right is noticed.
    """

    round: RoundId
    tag: str
    entitlement: str
    batch: int
    state: CodeState
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Codes that were made together and go the same way.

    :ivar batch: its number, from 1.
    :ivar made: how many codes it got.
    :ivar by: the official who made it.
    """

    round: RoundId
    batch: int
    kind: BatchKind
    state: BatchState
    area: str | None
    made: int
    by: str


@dataclass(frozen=True, slots=True)
class Resident:
    """A row of the voter register: who gets which voting right, and where the letter goes.

    :ivar id: random; it says nothing about the person.
    :ivar entitlement: the voting right.
    :ivar person: keyed hash of the municipality's own number of the person; ``None`` without one.
    :ivar name: as it stands on the letter; ``""`` when the register holds no names.
    :ivar sought: the name as a search compares it: small letters, no accents.
    :ivar postcode: six characters, ``7523AB``.
    :ivar house: the house number.
    :ivar addition: of the house number, or ``""``.
    :ivar birth_year: ``None`` where only an age band is known.
    :ivar age_band: as the source spells it, ``18-24``; ``None`` where a year is known.
    :ivar email: where a link may be sent; ``None`` without one.
    :ivar secret: the address is secret: no letter, and no search finds it by address.
    """

    round: RoundId
    id: str
    entitlement: str
    person: str | None
    name: str
    sought: str
    postcode: str
    house: int
    addition: str
    birth_year: int | None
    age_band: str | None
    email: str | None
    area: str | None
    secret: bool
    state: ResidentState


@dataclass(frozen=True, slots=True)
class Roll:
    """The voter register of one round as a whole.

    :ivar source: SHA-256 of the file it came from, in hexadecimal.
    :ivar residents: how many rows were taken in.
    :ivar digest: SHA-256 over the voting rights at the opening; ``None`` until it is frozen.
    :ivar counts: voting rights per area at the opening, as JSON; ``None`` until it is frozen.
    """

    round: RoundId
    source: str
    residents: int
    digest: str | None
    counts: str | None


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change to a frozen register: one official proposes, another decides.

    :ivar amendment: its number within the round, from 1.
    :ivar kind: ``add``, ``move``, ``remove``, ``correct``, ``void`` or ``replace``.
    :ivar change: what changes, as JSON.
    :ivar signed: the signature of the register under all of it, once it is decided.
    """

    round: RoundId
    amendment: int
    kind: str
    change: str
    reason: str
    proposed_by: str
    decided_by: str | None
    state: AmendmentState
    signed: bytes | None
