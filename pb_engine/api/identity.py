"""Identity checks: who or what vouches that a visitor has a voting right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Protocol, runtime_checkable

from pb_engine.api.card import Offer
from pb_engine.api.offices import Counter, Mailbox, Once, Outside, Secrets, VoterRegister
from pb_engine.api.voting import Settings
from pb_engine.units import LocalText, RoundId


class Assurance(IntEnum):
    """How much a check is worth, lowest first."""

    SELF_DECLARED = 1
    """The visitor said so."""
    POSSESSION = 2
    """The visitor holds something that was sent to an eligible person."""
    SUBSTANTIAL = 3
    """A second fact, or an identity means at level substantial."""
    HIGH = 4
    """An identity document was seen, or a means at level high."""


class Fact(StrEnum):
    """What a check may vouch for.  A check is asked only for what the round needs."""

    VOTING_RIGHT = "voting_right"
    """The visitor holds an entitlement that the register already knows."""
    ADDRESS = "address"
    """``POSTCODE NUMBER``: six-character postcode and house number, ``7523AB 12``."""
    BIRTH_YEAR = "birth_year"
    """Four digits."""
    PERSON = "person"
    """The number under which the municipality knows the person (burgerservicenummer).

    The engine makes a keyed hash of it at once, looks that up in the register, and forgets it.
    """
    AGE_REACHED = "age_reached"
    """An age that the visitor has reached, in years, without saying which they have: ``12``."""


@runtime_checkable
class CodeBook(Protocol):
    """The voting codes of one round, as far as a check may see them."""

    def entitlement_of(self, typed: str) -> str:
        """Return the entitlement behind a typed code.

        Spaces, dashes, case and full-width characters do not matter.

        :raises pb_engine.api.MistypedCode: the check character is wrong.
        :raises pb_engine.api.UnknownCode: this round has no such code.
        :raises pb_engine.api.CodeVoid: the code was withdrawn or replaced, or is of a class.
        """

    def entitlement_with(self, typed: str, second: str) -> str:
        """Return the entitlement behind a typed code whose holder knows a second fact as well.

        :param second: the year of birth in four digits, as the register has it.
        :raises pb_engine.api.UnknownCode: there is no such code, or the register has another fact
            or none; nobody is told which.
        :raises pb_engine.api.EngineError: as ``entitlement_of``.
        """

    def entitlement_at_school(self, typed: str) -> str:
        """Return the entitlement behind a code that was made for a school class.

        :raises pb_engine.api.EngineError: as ``entitlement_of``; other codes are refused.
        """


@dataclass(frozen=True, slots=True)
class Visit:
    """One visitor at one round: everything that a check may know.

    :ivar wanted: the facts this round needs; ask for nothing else.
    :ivar return_url: where an outside identity provider must send the visitor back to.
    :ivar once: and the others below: what the engine does for a check.
    """

    round: RoundId
    wanted: frozenset[Fact]
    return_url: str
    locale: str
    now: datetime
    codes: CodeBook
    once: Once
    mailbox: Mailbox
    register: VoterRegister
    secrets: Secrets
    counter: Counter
    outside: Outside


@dataclass(frozen=True, slots=True)
class Question:
    """A field that the check wants filled in; ``kind`` chooses the input.

    :ivar kind: ``code``, ``text``, ``number``, ``postcode``, ``email`` or ``statement`` (a tick
        box).
    """

    name: str
    kind: str
    label: LocalText
    help: LocalText | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """Show these questions.  ``carry`` comes back, sealed and short-lived, with the answers."""

    questions: tuple[Question, ...]
    carry: bytes = b""
    problem: LocalText | None = None


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell what happens now, outside these pages; nothing is asked.

    :ivar link: an address to open on this device, also shown as a picture for a telephone.
    :ivar link_label: what the link says.
    :ivar go_on: what a button says that leads to ``complete`` with an empty answer; ``None``:
        here it goes no further.
    """

    text: LocalText
    link: str | None = None
    link_label: LocalText | None = None
    go_on: LocalText | None = None
    carry: bytes = b""


@dataclass(frozen=True, slots=True)
class SendTo:
    """Send the visitor to an outside identity provider."""

    url: str
    carry: bytes = b""


@dataclass(frozen=True, slots=True)
class Known:
    """The check vouches for these facts.

    :ivar subject: stable for one person within this check.  With ``Fact.VOTING_RIGHT`` it is an
        entitlement of the register; otherwise the engine keeps only a keyed hash of it.  It
        never reaches the ballot box.
    """

    # Not for a traceback or a log: this names a person.
    subject: str = field(repr=False)
    facts: Mapping[Fact, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """The check does not vouch for this visitor, for a reason they can act upon."""

    reason: LocalText


CheckStep = Ask | Tell | SendTo | Known | Refused


@runtime_checkable
class IdentityCheck(Offer, Protocol):
    """An identity check (identiteitscontrole).  It owns no tables and draws no pages."""

    @property
    def assurance(self) -> Assurance:
        """How much this check is worth."""

    @property
    def vouches_for(self) -> frozenset[Fact]:
        """The facts this check can give."""

    def begin(self, visit: Visit, settings: Settings) -> CheckStep:
        """Start: usually an ``Ask`` or a ``SendTo``."""

    def complete(
        self, visit: Visit, carry: bytes, answer: Mapping[str, str], settings: Settings
    ) -> CheckStep:
        """Go on with what the visitor filled in or brought back; never a guess.

        :raises pb_engine.api.EngineError: a refusal that has its own code and sentence.
        """
