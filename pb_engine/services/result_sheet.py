"""The result on one sheet of A4, to hang up or hand out, in every language of residents."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from pb_engine.engine import Engine
from pb_engine.services import result_sheet_words as words
from pb_engine.services.printable import printable
from pb_engine.services.results import ResultRow, ResultsPage, Shortage, results_page
from pb_engine.services.typesetting import typeset
from pb_engine.units import LocalText, euros

_TEMPLATE = Path(__file__).parent / "result_sheet.typ"
_MOST_FUNDED = 14
_MOST_OTHERS = 9
_LONGEST_TITLE = 80
_LONGEST_NAME = 100
_LONGEST_TEXT = 400


def result_sheet(engine: Engine, slug: str, locale: str) -> bytes:
    """Return the published result as PDF/UA-1 of one page; equal for equal results.

    :param locale: one of ``LANGUAGES``.
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
        **{name: text.text(locale) for name, text in words.WORDS.items()},
        "lang": locale,
        "maker": "pb-engine",
        "notice": printable(_notice(page, locale)),
        "round": _cut(page.round.name.text(locale), _LONGEST_NAME),
        "lead": _number(words.LEAD, len(funded), locale),
        "figures": [
            [str(page.voters), _number(words.COUNTED, page.voters, locale)],
            [euros(page.spent_cents, locale), words.SPENT.text(locale)],
            [euros(page.budget_cents - page.spent_cents, locale), words.LEFT.text(locale)],
        ],
        "otherwise": _cut(_otherwise(page, locale), _LONGEST_TEXT),
        "funded": _rows(told[:_MOST_FUNDED]),
        "funded_more": _more(len(funded) - _MOST_FUNDED, locale),
        "others": _rows(lacking[:_MOST_OTHERS]),
        "others_more": _more(len(others) - _MOST_OTHERS, locale),
        "how": _cut(words.HOW.filled(rule=page.method_label).text(locale), _LONGEST_TEXT),
        "digest": page.record_digest,
        "contact": _cut(
            words.CONTACT.text(locale).format(
                name=contact.name, phone=contact.phone.replace(" ", "\u00a0"), email=contact.email
            ),
            _LONGEST_TEXT,
        ),
    }


def _notice(page: ResultsPage, locale: str) -> str:
    return words.NOTICE.text(locale) if page.round.fictional else ""


def _otherwise(page: ResultsPage, locale: str) -> str:
    """Say about which ideas the municipality decided otherwise; nothing where it did not."""
    titles = [row.title for row in page.rows if row.project_id in page.decisions]
    told = words.OTHERWISE.text(locale).format(titles=", ".join(titles))
    return told if titles else ""


def _rows(told: Sequence[tuple[ResultRow, str]]) -> list[list[str]]:
    return [[_cut(row.title, _LONGEST_TITLE), str(row.voters), last] for row, last in told]


def _more(number: int, locale: str) -> str:
    return words.MORE.text(locale).format(number=number) if number > 0 else ""


def _short(short: Shortage | None, locale: str) -> str:
    if short is None:
        return "–"
    return _number(words.POINTS if short.unit == "points" else words.VOTES, short.number, locale)


def _number(said: tuple[LocalText, LocalText], number: int, locale: str) -> str:
    return said[number != 1].text(locale).format(number=number)


def _cut(text: str, longest: int) -> str:
    plain = printable(text)
    return plain if len(plain) <= longest else f"{plain[: longest - 1].rstrip()}…"
