"""One wave as an XLSForm workbook: the door through which researchers come and go.

An item's list of choices is its scale, with ``__dk`` or ``__dk_pn`` behind the name where not
knowing or not wishing to say is offered too, since XLSForm has no other place for these.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Final

from openpyxl import Workbook

from pb_engine.errors import InvalidInstrument
from pb_engine.study.instruments import (
    Compare,
    Condition,
    Instrument,
    Join,
    Missing,
    Question,
    ShowIf,
    WaveForm,
)
from pb_engine.study.missing_words import MISSING_WORDS
from pb_engine.study.workbooks import plain_bytes
from pb_engine.units import LocalText

LANGUAGE_NAMES: Final = {
    "nl": "Nederlands (nl)",
    "en": "English (en)",
    "de": "Deutsch (de)",
    "tr": "Türkçe (tr)",
    "ar": "العربية (ar)",
    "pl": "Polski (pl)",
}
_FIXED: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def xlsform_of(instrument: Instrument, wave: str) -> bytes:
    """Return the workbook of one wave; the same bytes every time.

    :raises InvalidInstrument: the instrument has no such wave.
    """
    form = instrument.form(wave)
    if form is None:
        raise InvalidInstrument(f"{instrument.name} has no wave {wave!r}")
    book = Workbook()
    book.remove(book[book.sheetnames[0]])
    _rows(book, "survey", _survey(instrument, form))
    _rows(book, "choices", _choices(instrument, form))
    _rows(book, "settings", _settings(instrument, wave))
    book.properties.creator = "pb-engine"
    book.properties.created = book.properties.modified = _FIXED
    written = io.BytesIO()
    book.save(written)
    return plain_bytes(written.getvalue())


def list_name(question: Question) -> str:
    """Return the name of the list of choices of a question."""
    offered = "_dk" * question.dont_know + "_pn" * question.prefer_not
    return question.scale.name + (f"_{offered}" if offered else "")


def _rows(book: Workbook, name: str, rows: list[list[str]]) -> None:
    sheet = book.create_sheet(name)
    for row in rows:
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            # A code of 1 stays the text that it is, and no text becomes a formula.
            cell.data_type = "s"


def _labels(instrument: Instrument) -> list[str]:
    return [f"label::{LANGUAGE_NAMES[one]}" for one in instrument.languages]


def _said(text: LocalText, instrument: Instrument) -> list[str]:
    return [text.text(language) for language in instrument.languages]


def _survey(instrument: Instrument, form: WaveForm) -> list[list[str]]:
    heads = ["type", "name", *_labels(instrument), "relevant", "pb_status", "pb_source"]
    rows = [[*heads, "pb_placebo"]]
    blank = [""] * len(instrument.languages)
    for at, page in enumerate(form.pages, start=1):
        rows.append(["begin_group", f"page{at}", *blank, "", "", "", ""])
        rows += [_asked(one, instrument) for one in _questions(instrument, page)]
        rows.append(["end_group", "", *blank, "", "", "", ""])
    return rows


def _questions(instrument: Instrument, items: tuple[str, ...]) -> list[Question]:
    return [one for item in items if (one := instrument.question(item)) is not None]


def _asked(question: Question, instrument: Instrument) -> list[str]:
    return [
        f"select_one {list_name(question)}",
        question.id,
        *_said(question.text, instrument),
        "" if question.show_if is None else relevant(question.show_if),
        question.status.value,
        question.source,
        "yes" if question.placebo else "no",
    ]


def _choices(instrument: Instrument, form: WaveForm) -> list[list[str]]:
    rows = [["list_name", "name", *_labels(instrument)]]
    seen: set[str] = set()
    for question in _questions(instrument, form.items):
        name = list_name(question)
        if name in seen:
            continue
        seen.add(name)
        offered = (
            (Missing.DONT_KNOW, question.dont_know),
            (Missing.PREFER_NOT, question.prefer_not),
        )
        named = [(one.code, one.label) for one in question.scale.options]
        named += [(one.value, MISSING_WORDS[one]) for one, there in offered if there]
        rows += [[name, code, *_said(label, instrument)] for code, label in named]
    return rows


def _settings(instrument: Instrument, wave: str) -> list[list[str]]:
    heads = ["form_title", "form_id", "version", "default_language", "pb_wave", "pb_consent_nl"]
    return [
        [*heads, "pb_consent_en"],
        [
            instrument.title.nl,
            instrument.name,
            instrument.version,
            LANGUAGE_NAMES["nl"],
            wave,
            instrument.consent.nl,
            instrument.consent.en,
        ],
    ]


def relevant(condition: ShowIf) -> str:
    """Return a condition as XLSForm writes it."""
    if isinstance(condition, Condition):
        name = f"${{{condition.item}}}"
        if condition.compare is Compare.ANSWERED:
            return f"{name} != ''"
        sign, joint = ("=", " or ") if condition.compare is Compare.IN else ("!=", " and ")
        return "(" + joint.join(f"{name} {sign} '{code}'" for code in condition.codes) + ")"
    joint = " and " if condition.join is Join.ALL else " or "
    return "(" + joint.join(relevant(part) for part in condition.parts) + ")"
