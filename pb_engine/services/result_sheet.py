"""The result on one sheet of A4, to hang up or hand out; in Dutch or English."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from pb_engine.api import LocalText
from pb_engine.engine import Engine
from pb_engine.services.printable import printable
from pb_engine.services.publication import FICTIONAL
from pb_engine.services.results import ResultRow, ResultsPage, Shortage, results_page
from pb_engine.services.typesetting import typeset
from pb_engine.units import euros

LOCALES = ("nl", "en")
_TEMPLATE = Path(__file__).parent / "result_sheet.typ"
_MOST_FUNDED = 14
_MOST_OTHERS = 9
_LONGEST_TITLE = 80
_LONGEST_NAME = 100
_LONGEST_TEXT = 400

_WORDS: Mapping[str, LocalText] = {
    "title": LocalText("De uitslag", "The result"),
    "idea": LocalText("Idee", "Idea"),
    "voters": LocalText("Stemmers", "Voters"),
    "cost": LocalText("Kosten", "Cost"),
    "short": LocalText("Tekort", "Short by"),
    "funded_title": LocalText("Deze ideeën krijgen geld", "These ideas get money"),
    "others_title": LocalText("Deze ideeën krijgen geen geld", "These ideas get no money"),
    "how_title": LocalText("Hoe is er geteld?", "How were the votes counted?"),
}
_LEAD = (
    LocalText("{} idee krijgt geld.", "{} idea gets money."),
    LocalText("{} ideeën krijgen geld.", "{} ideas get money."),
)
_COUNTED = (
    LocalText("getelde stem", "counted vote"),
    LocalText("getelde stemmen", "counted votes"),
)
_SPENT = LocalText("gaat naar ideeën", "goes to ideas")
_LEFT = LocalText("blijft over", "is left")
_MORE = LocalText("En nog {}. Kijk op de website.", "And {} more. See the website.")
_HOW = LocalText(
    "Met de regel: {}. Iedereen kan natellen met het bestand record.json op de website. "
    "Dit is het controlegetal:",
    "By the rule: {}. Anybody can count again with the file record.json on the website. "
    "This is its checksum:",
)
_CONTACT = LocalText("Vragen? {}: {}, {}.", "Questions? {}: {}, {}.")
_VOTES = (LocalText("{} stem", "{} vote"), LocalText("{} stemmen", "{} votes"))
_POINTS = (LocalText("{} punt", "{} point"), LocalText("{} punten", "{} points"))


def result_sheet(engine: Engine, slug: str, locale: str) -> bytes:
    """Return the published result as PDF/UA-1 of one page; equal for equal results.

    :param locale: ``nl`` or ``en``.
    :raises UnknownRound: no round has this slug.
    :raises WrongPhase: the result is not published yet.
    """
    return _set(json.dumps(_document(results_page(engine, slug), locale)))


@lru_cache(maxsize=16)
def _set(document: str) -> bytes:
    """Set a sheet; the same one is asked for by many and takes much longer than a page."""
    return typeset(_TEMPLATE, "sheet", json.loads(document))


def _document(page: ResultsPage, locale: str) -> dict[str, object]:
    contact = page.round.contact
    funded = [row for row in page.rows if row.funded]
    others = [row for row in page.rows if not row.funded]
    told = [(row, euros(row.cost_cents, locale)) for row in funded]
    lacking = [(row, _short(row.short, locale)) for row in others]
    return {
        **{name: text.text(locale) for name, text in _WORDS.items()},
        "lang": locale,
        "maker": "pb-engine",
        "notice": printable(_notice(page, locale)),
        "round": _cut(page.round.name.text(locale), _LONGEST_NAME),
        "lead": _number(_LEAD, len(funded), locale),
        "figures": [
            [str(page.voters), _number(_COUNTED, page.voters, locale)],
            [euros(page.spent_cents, locale), _SPENT.text(locale)],
            [euros(page.budget_cents - page.spent_cents, locale), _LEFT.text(locale)],
        ],
        "funded": _rows(told[:_MOST_FUNDED]),
        "funded_more": _more(len(funded) - _MOST_FUNDED, locale),
        "others": _rows(lacking[:_MOST_OTHERS]),
        "others_more": _more(len(others) - _MOST_OTHERS, locale),
        "how": _cut(_HOW.text(locale).format(page.method_label.text(locale)), _LONGEST_TEXT),
        "digest": page.record_digest,
        "contact": _cut(
            _CONTACT.text(locale).format(contact.name, contact.phone, contact.email), _LONGEST_TEXT
        ),
    }


def _notice(page: ResultsPage, locale: str) -> str:
    return FICTIONAL.text(locale) if page.round.fictional else ""


def _rows(told: Sequence[tuple[ResultRow, str]]) -> list[list[str]]:
    return [[_cut(row.title, _LONGEST_TITLE), str(row.voters), last] for row, last in told]


def _more(number: int, locale: str) -> str:
    return _MORE.text(locale).format(number) if number > 0 else ""


def _short(short: Shortage | None, locale: str) -> str:
    if short is None:
        return "–"
    return _number(_POINTS if short.unit == "points" else _VOTES, short.number, locale)


def _number(words: tuple[LocalText, LocalText], number: int, locale: str) -> str:
    return words[number != 1].text(locale).format(number)


def _cut(text: str, longest: int) -> str:
    plain = printable(text)
    return plain if len(plain) <= longest else f"{plain[: longest - 1].rstrip()}…"
