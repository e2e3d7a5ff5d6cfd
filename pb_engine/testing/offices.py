"""Stand-ins for what the engine does for an identity check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pb_engine.api import (
    LocalText,
    MistypedCode,
    OutsideAnswer,
    OutsideFailed,
    SecretMissing,
    UnknownCode,
)


@dataclass(slots=True)
class Spending:
    """Remembers what was used up."""

    spent: set[str] = field(default_factory=set)

    def spend(self, tag: str) -> bool:
        """Use a tag up."""
        first = tag not in self.spent
        self.spent.add(tag)
        return first


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail with a link, as a check asked for it."""

    to: str
    carry: bytes
    subject: LocalText
    body: LocalText
    really: bool


@dataclass(slots=True)
class LetterBox:
    """Keeps the mails that a check sends."""

    letters: list[Letter] = field(default_factory=list)

    def send_link(
        self, to: str, carry: bytes, subject: LocalText, body: LocalText, *, really: bool
    ) -> None:
        """Keep a mail."""
        assert "{link}" in body.nl, "the Dutch text has no place for the link"
        assert "{link}" in body.en, "the English text has no place for the link"
        self.letters.append(Letter(to, carry, subject, body, really))


@dataclass(frozen=True, slots=True)
class Household:
    """A register in which two people share ``samen@example.org``; others have one address each.

    Their years of birth are 1980 and 1982, their initials A and B.
    """

    people: tuple[tuple[str, str, str, str], ...] = (
        ("samen@example.org", "1980", "A", "entitlement-1"),
        ("samen@example.org", "1982", "B", "entitlement-2"),
        ("alleen@example.org", "1990", "C", "entitlement-3"),
    )

    def exists(self) -> bool:
        """Tell whether anybody is in it."""
        return bool(self.people)

    def with_email(self, email: str, *, birth_year: str = "", initial: str = "") -> tuple[str, ...]:
        """Return the voting rights of who fits."""
        return tuple(
            right
            for address, year, letter, right in self.people
            if address == email and birth_year in {"", year} and initial in {"", letter}
        )


@dataclass(frozen=True, slots=True)
class SecretFiles:
    """Secrets by name."""

    files: Mapping[str, bytes] = field(default_factory=dict)

    def read(self, name: str) -> bytes:
        """Return a secret.

        :raises pb_engine.api.SecretMissing: there is none of this name.
        """
        if name not in self.files:
            raise SecretMissing("there is no such secret")
        return self.files[name]


@dataclass(frozen=True, slots=True)
class OneDeskCode:
    """A counter that gave one code."""

    code: str = "DESK567890"
    entitlement: str = "entitlement-1"

    def entitlement_of(self, typed: str) -> str:
        """Return the voting right behind the code.

        :raises pb_engine.api.MistypedCode: it has another length.
        :raises pb_engine.api.UnknownCode: it is another code.
        """
        read = typed.replace(" ", "").replace("-", "").upper()
        if len(read) != len(self.code):
            raise MistypedCode("the code has another length")
        if read != self.code:
            raise UnknownCode("the counter gave no such code")
        return self.entitlement


@dataclass(frozen=True, slots=True)
class NobodyOutside:
    """No server elsewhere answers."""

    def get(self, url: str, *, headers: Mapping[str, str], keep: int) -> OutsideAnswer:  # noqa: ARG002 - the protocol's
        """Answer nothing.

        :raises pb_engine.api.OutsideFailed: always.
        """
        raise OutsideFailed("nobody answers")

    def post(self, url: str, *, headers: Mapping[str, str], body: bytes) -> OutsideAnswer:  # noqa: ARG002 - the protocol's
        """Answer nothing.

        :raises pb_engine.api.OutsideFailed: always.
        """
        raise OutsideFailed("nobody answers")
