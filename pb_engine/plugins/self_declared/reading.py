"""From typed text to facts in one spelling, so that a second try is recognised as the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pb_engine.api import Fact, LocalText
from pb_engine.plugins.self_declared import questions as ask

_LONGEST = 60  # no answer is longer; what is, is not worth a closer look
_OLDEST = 120
_POSTCODE = re.compile(r"([1-9][0-9]{3})([A-Z]{2})")
_NUMBER = re.compile(r"[1-9][0-9]{0,4}")
_ADDITION = re.compile(r"[A-Z0-9]{0,6}")
_YEAR = re.compile(r"[12][0-9]{3}")
_UNTICKED = frozenset({"", "0", "false", "no", "off", "nee"})

_WRONG_POSTCODE = LocalText(
    "Vul uw postcode in als 1234 AB: vier cijfers en twee letters.",
    "Fill in your postcode as 1234 AB: four digits and two letters.",
)
_WRONG_NUMBER = LocalText(
    "Vul bij huisnummer alleen een getal in, zoals 12. Een letter hoort bij de toevoeging.",
    "Fill in only a number as the house number, such as 12. A letter belongs to the addition.",
)
_WRONG_ADDITION = LocalText(
    "De toevoeging bij het huisnummer heeft hoogstens zes letters of cijfers.",
    "The addition to the house number has at most six letters or digits.",
)
_WRONG_YEAR = LocalText(
    "Vul uw geboortejaar in met vier cijfers, zoals 1980.",
    "Fill in your year of birth in four digits, such as 1980.",
)
_WRONG_INITIAL = LocalText(
    "Vul de eerste letter van uw voornaam in.",
    "Fill in the first letter of your first name.",
)
_NOT_DECLARED = LocalText(
    "Zet een vinkje bij de verklaring. Zonder verklaring kunt u zo niet stemmen.",
    "Tick the statement. You cannot vote this way without it.",
)


@dataclass(frozen=True, slots=True)
class Declared:
    """What the visitor stated.

    :ivar address: ``7523AB 12`` or ``7523AB 12A``; an addition that starts with a digit follows
        a dash, since 12-3 and 123 are two addresses.
    :ivar birth_year: ``None`` when the round does not need it.
    :ivar initial: one capital letter without accents.
    """

    address: str
    birth_year: int | None
    initial: str


def read(
    answer: Mapping[str, str], *, wanted: frozenset[Fact], this_year: int
) -> Declared | LocalText:
    """Return what was stated, or one text that names everything that is wrong."""
    postcode = _joined(_plain(answer, ask.POSTCODE.name))
    number = _plain(answer, ask.NUMBER.name)
    addition = _joined(_plain(answer, ask.ADDITION.name))
    initial = _initial(_plain(answer, ask.INITIAL.name))
    year = _year(answer, this_year) if Fact.BIRTH_YEAR in wanted else None
    problems = [
        (not _POSTCODE.fullmatch(postcode), _WRONG_POSTCODE),
        (not _NUMBER.fullmatch(number), _WRONG_NUMBER),
        (not _ADDITION.fullmatch(addition), _WRONG_ADDITION),
        (Fact.BIRTH_YEAR in wanted and year is None, _WRONG_YEAR),
        (initial is None, _WRONG_INITIAL),
        (_plain(answer, ask.STATEMENT.name).lower() in _UNTICKED, _NOT_DECLARED),
    ]
    if any(wrong for wrong, _ in problems) or initial is None:
        return _together(text for wrong, text in problems if wrong)
    return Declared(_address(postcode, number, addition), year, initial)


def _plain(answer: Mapping[str, str], name: str) -> str:
    """Return the answer in capitals without accents.

    An answer that is too long comes back as a text that nothing accepts.
    """
    typed = answer.get(name, "")
    if len(typed) > _LONGEST:
        return "?"
    parts = unicodedata.normalize("NFKD", typed)
    return "".join(part for part in parts if not unicodedata.combining(part)).strip().upper()


def _joined(plain: str) -> str:
    # Never for a house number: "12-3" is not 123.
    return re.sub(r"[\s.\-\u2010-\u2015]+", "", plain)


def _initial(plain: str) -> str | None:
    return plain[0] if plain and plain[0].isalpha() else None


def _year(answer: Mapping[str, str], this_year: int) -> int | None:
    typed = _plain(answer, ask.BIRTH_YEAR.name)
    if not _YEAR.fullmatch(typed):
        return None
    return int(typed) if this_year - _OLDEST <= int(typed) <= this_year else None


def _address(postcode: str, number: str, addition: str) -> str:
    dash = "-" if addition[:1].isdigit() else ""
    return f"{postcode} {number}{dash}{addition}"


def _together(problems: Iterable[LocalText]) -> LocalText:
    listed = list(problems)
    return LocalText(" ".join(text.nl for text in listed), " ".join(text.en for text in listed))
