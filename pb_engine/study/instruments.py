"""Survey instruments as values: what is asked, on which scale, when, and how it is added up.

An instrument is a file, not a program.  Its digest is that of the file's bytes, so that a
preregistration can name it.  There are closed questions only: a free text gives its writer away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from pb_engine.units import LocalText


class Status(StrEnum):
    """What may be said of the wording of an item."""

    VERBATIM = "verbatim"
    ADAPTED = "adapted"
    TRANSLATED = "translated-unvalidated"
    OWN = "own"


class Missing(StrEnum):
    """Why there is no answer.  Never a number: 98 and 99 are answers on some scales."""

    NOT_SHOWN = "not_shown"
    SKIPPED = "skipped"
    DONT_KNOW = "dont_know"
    PREFER_NOT = "prefer_not"
    WAVE_MISSED = "wave_missed"
    WITHDRAWN = "withdrawn"
    INVALID_PAPER = "invalid_paper"


Answer = str | Missing
"""The code of an option as the instrument writes it, or why there is none."""


class Compare(StrEnum):
    """The fixed operators of a condition; nothing in a file is ever run as code."""

    IN = "in"
    NOT_IN = "not_in"
    ANSWERED = "answered"


class Join(StrEnum):
    """How conditions are joined."""

    ALL = "all"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Condition:
    """Compare the answer to one item with some codes.

    :ivar codes: of the scale of that item; for ``answered`` none.
    """

    item: str
    compare: Compare
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """Several conditions, of which all or any must hold."""

    join: Join
    parts: tuple[Condition | Joined, ...]


ShowIf = Condition | Joined


@dataclass(frozen=True, slots=True)
class Option:
    """One answer on a scale; the code is kept as text, so that 0 and 01 differ."""

    code: str
    label: LocalText


@dataclass(frozen=True, slots=True)
class Scale:
    """What one can answer.

    :ivar options: in the order shown.  A scale of numbers labels its ends only; the options in
        between have their number as label.
    :ivar numbers: whether the options are the whole numbers from the first to the last.
    """

    name: str
    options: tuple[Option, ...]
    numbers: bool = False

    def option(self, code: str) -> Option | None:
        """Return the option with a code; ``None`` where the scale has none."""
        return next((one for one in self.options if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Question:
    """One closed question.

    :ivar id: the same over waves and versions of an instrument.
    :ivar source: where the wording comes from, for a codebook.
    :ivar placebo: trust that the round cannot change: an effect on it is a warning.
    """

    id: str
    text: LocalText
    scale: Scale
    status: Status
    source: str
    show_if: ShowIf | None = None
    dont_know: bool = True
    prefer_not: bool = False
    placebo: bool = False


class Adding(StrEnum):
    """How the items of a score are put together."""

    MEAN = "mean"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class Score:
    """A number from answers.

    :ivar values: what each code counts for, by item; an exact fraction.
    :ivar least: how many items must have been answered.
    :ivar times: what the mean or sum is multiplied with.
    """

    id: str
    label: LocalText
    items: tuple[str, ...]
    adding: Adding
    least: int
    values: Mapping[str, Mapping[str, Fraction]]
    times: Fraction
    source: str


@dataclass(frozen=True, slots=True)
class WaveForm:
    """What one wave asks, page by page, by item."""

    wave: str
    pages: tuple[tuple[str, ...], ...]

    @property
    def items(self) -> tuple[str, ...]:
        """All items in their order."""
        return tuple(item for page in self.pages for item in page)


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire with all that belongs to it.

    :ivar name: with ``version`` it names one wording for ever.
    :ivar languages: in which every text is said; Dutch and English always.
    :ivar digest: SHA-256 of the file, in hexadecimal.
    """

    name: str
    version: str
    title: LocalText
    consent: LocalText
    languages: tuple[str, ...]
    scales: tuple[Scale, ...]
    questions: tuple[Question, ...]
    scores: tuple[Score, ...]
    waves: tuple[WaveForm, ...]
    digest: str

    def question(self, item: str) -> Question | None:
        """Return a question by id; ``None`` where there is none."""
        return next((one for one in self.questions if one.id == item), None)

    def form(self, wave: str) -> WaveForm | None:
        """Return what a wave asks; ``None`` where it asks nothing."""
        return next((one for one in self.waves if one.wave == wave), None)
