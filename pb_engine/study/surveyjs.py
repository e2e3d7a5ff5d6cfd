"""One wave as a SurveyJS definition, to preview it or to run it elsewhere."""

from __future__ import annotations

import json
from typing import Any

from pb_engine.errors import InvalidInstrument
from pb_engine.study.instruments import (
    Compare,
    Condition,
    Instrument,
    Join,
    Missing,
    Question,
    ShowIf,
)
from pb_engine.study.missing_words import MISSING_WORDS
from pb_engine.units import LocalText

_SIGNS = {Compare.IN: ("=", " or "), Compare.NOT_IN: ("<>", " and ")}


def surveyjs_of(instrument: Instrument, wave: str) -> bytes:
    """Return the JSON of one wave; answers that are no answers are values of their own.

    :raises InvalidInstrument: the instrument has no such wave.
    """
    form = instrument.form(wave)
    if form is None:
        raise InvalidInstrument(f"{instrument.name} has no wave {wave!r}")
    asked = [[instrument.question(item) for item in page] for page in form.pages]
    document = {
        "title": _said(instrument.title, instrument),
        "locale": "nl",
        "pages": [
            {
                "name": f"page{at}",
                "elements": [_element(one, instrument) for one in page if one is not None],
            }
            for at, page in enumerate(asked, start=1)
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _element(question: Question, instrument: Instrument) -> dict[str, Any]:
    choices = [
        {"value": one.code, "text": _said(one.label, instrument)} for one in question.scale.options
    ]
    for reason, offered in (
        (Missing.DONT_KNOW, question.dont_know),
        (Missing.PREFER_NOT, question.prefer_not),
    ):
        if offered:
            choices.append(
                {"value": reason.value, "text": _said(MISSING_WORDS[reason], instrument)}
            )
    element: dict[str, Any] = {
        "type": "radiogroup",
        "name": question.id,
        "title": _said(question.text, instrument),
        "isRequired": False,
        "choices": choices,
    }
    if question.show_if is not None:
        element["visibleIf"] = expression(question.show_if)
    return element


def expression(condition: ShowIf) -> str:
    """Return a condition in the language of SurveyJS; codes hold no quotation marks."""
    if isinstance(condition, Condition):
        name = f"{{{condition.item}}}"
        answered = (
            f"{name} notempty and {name} <> '{Missing.DONT_KNOW.value}' "
            f"and {name} <> '{Missing.PREFER_NOT.value}'"
        )
        if condition.compare is Compare.ANSWERED:
            return f"({answered})"
        sign, joint = _SIGNS[condition.compare]
        compared = joint.join(f"{name} {sign} '{code}'" for code in condition.codes)
        return (
            f"({compared})" if condition.compare is Compare.IN else f"({answered} and {compared})"
        )
    joint = " and " if condition.join is Join.ALL else " or "
    return "(" + joint.join(expression(part) for part in condition.parts) + ")"


def _said(text: LocalText, instrument: Instrument) -> dict[str, str]:
    return {
        ("default" if language == "nl" else language): text.text(language)
        for language in instrument.languages
    }
