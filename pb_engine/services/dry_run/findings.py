"""What a rehearsal found."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from pb_engine.units import Cents, LocalText, RoundId


class Level(StrEnum):
    """How a check came out.

    ``WRONG`` keeps a round from opening; a ``DOUBT`` does until somebody says that it is right.
    """

    GOOD = "good"
    NOTE = "note"
    DOUBT = "doubt"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check.

    :ivar check: a word for it, stable: ``limits``, ``told``, ``ballots``, ``count``,
        ``explain``, ``record``, ``pages`` or ``texts``.
    :ivar detail: the refusal behind it, in English, for whoever has to mend it; or empty.
    """

    check: str
    level: Level
    sentence: LocalText
    detail: str = ""

    @property
    def key(self) -> str:
        """A name for what was found, the same as long as it says the same."""
        return hashlib.sha256(f"{self.check} {self.sentence.nl}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A project in the rehearsed result, with the reason that residents would read."""

    title: str
    cost: Cents
    voters: int
    funded: bool
    why: LocalText


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A whole rehearsal.

    :ivar rules_digest: SHA-256 of the rules, paper and projects that were rehearsed.
    :ivar samples: the projects were invented, since too few ideas passed the review yet.
    :ivar result: what the invented ballots lead to; empty where they could not be counted.
    """

    round: RoundId
    rules_digest: str
    ballots: int
    samples: bool
    findings: tuple[Finding, ...]
    result: tuple[ResultLine, ...] = ()

    @property
    def passed(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.wrong

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """The findings that keep the round from opening."""
        return tuple(one for one in self.findings if one.level is Level.WRONG)

    @property
    def doubts(self) -> tuple[Finding, ...]:
        """The findings that somebody must look at and acknowledge."""
        return tuple(one for one in self.findings if one.level is Level.DOUBT)


def good(check: str, nl: str, en: str) -> Finding:
    """Return a finding that all is well."""
    return Finding(check, Level.GOOD, LocalText(nl, en))


def note(check: str, nl: str, en: str) -> Finding:
    """Return something to know, that stops nothing."""
    return Finding(check, Level.NOTE, LocalText(nl, en))


def doubt(check: str, nl: str, en: str) -> Finding:
    """Return something that may be a mistake: somebody must look, and say that it is right."""
    return Finding(check, Level.DOUBT, LocalText(nl, en))


def wrong(check: str, nl: str, en: str, detail: str = "") -> Finding:
    """Return something that must be mended first."""
    return Finding(check, Level.WRONG, LocalText(nl, en), detail)
