"""Which questions somebody sees, from what that person answered before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pb_engine.study.instruments import (
    Answer,
    Compare,
    Condition,
    Instrument,
    Join,
    Missing,
    ShowIf,
    WaveForm,
)


def holds(condition: ShowIf | None, answers: Mapping[str, Answer]) -> bool:
    """Tell whether a question with this condition is shown.

    Without an answer (skipped, not known, not shown) no comparison holds, ``not_in`` included.
    """
    if condition is None:
        return True
    if isinstance(condition, Condition):
        return _compared(condition, answers.get(condition.item, Missing.SKIPPED))
    parts = (holds(part, answers) for part in condition.parts)
    return all(parts) if condition.join is Join.ALL else any(parts)


def _compared(condition: Condition, answer: Answer) -> bool:
    if isinstance(answer, Missing):
        return False
    if condition.compare is Compare.ANSWERED:
        return True
    return (answer in condition.codes) is (condition.compare is Compare.IN)


def shown_items(
    instrument: Instrument, form: WaveForm, answers: Mapping[str, Answer]
) -> tuple[str, ...]:
    """Return the items of a form that somebody with these answers sees, in their order.

    An answer to a question that is not shown counts for nothing, also in the conditions of others.
    """
    seen: dict[str, Answer] = {}
    for item in form.items:
        question = instrument.question(item)
        if question is not None and holds(question.show_if, seen):
            seen[item] = answers.get(item, Missing.SKIPPED)
    return tuple(seen)


def items_in(condition: ShowIf | None) -> Iterator[Condition]:
    """Walk through all comparisons of a condition."""
    if isinstance(condition, Condition):
        yield condition
    elif condition is not None:
        for part in condition.parts:
            yield from items_in(part)
