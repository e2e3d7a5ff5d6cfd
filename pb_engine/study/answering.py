"""What somebody typed or posted, as answers to an instrument."""

from __future__ import annotations

from collections.abc import Mapping

from pb_engine.errors import InvalidAnswers
from pb_engine.study.conditions import shown_items
from pb_engine.study.instruments import Answer, Instrument, Missing, Question, WaveForm

SAID = {
    "": Missing.SKIPPED,
    "skip": Missing.SKIPPED,
    Missing.DONT_KNOW.value: Missing.DONT_KNOW,
    Missing.PREFER_NOT.value: Missing.PREFER_NOT,
}
"""What a form sends for each way of not answering."""


def read_answers(
    instrument: Instrument, form: WaveForm, typed: Mapping[str, str]
) -> dict[str, Answer]:
    """Return an answer, or the reason why there is none, for every item of a form.

    A question that is not shown with these answers has none, whatever was sent for it: somebody
    who goes back and changes an earlier answer leaves later ones behind.

    :param typed: by item; other fields of a form are not looked at.
    :raises InvalidAnswers: something was sent that is not on the scale.
    """
    given: dict[str, Answer] = {}
    for item in form.items:
        question = instrument.question(item)
        if question is not None:
            given[item] = _answer(question, typed.get(item, ""))
    shown = set(shown_items(instrument, form, given))
    return {item: one if item in shown else Missing.NOT_SHOWN for item, one in given.items()}


def _answer(question: Question, typed: str) -> Answer:
    said = SAID.get(typed)
    offered = (
        said is Missing.SKIPPED
        or (said is Missing.DONT_KNOW and question.dont_know)
        or (said is Missing.PREFER_NOT and question.prefer_not)
    )
    if said is not None and offered:
        return said
    if question.scale.option(typed) is None:
        raise InvalidAnswers(f"{question.id}: choose one of the answers", item=question.id)
    return typed
