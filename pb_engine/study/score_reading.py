"""Reading how a score is made: what each answer counts for, decided once and exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from pb_engine.errors import InvalidInstrument
from pb_engine.study.instruments import Question, Score


def read_score(loaded: Mapping[str, Any], questions: Sequence[Question]) -> Score:
    """Return a score whose items all exist and whose answers all count for something.

    :raises InvalidInstrument: an unknown item, or an answer without a number.
    """
    name, by_id = loaded["id"], {one.id: one for one in questions}
    items = tuple(loaded["items"])
    for item in (*items, *loaded["reverse"]):
        if item not in by_id:
            raise InvalidInstrument(f"score {name}: there is no item {item!r}")
    if len(set(items)) != len(items):
        raise InvalidInstrument(f"score {name}: an item stands twice")
    if strange := [one for one in loaded["reverse"] if one not in items]:
        raise InvalidInstrument(f"score {name}: {strange[0]!r} is turned round but not added")
    if loaded["least"] > len(items):
        raise InvalidInstrument(f"score {name}: least is more than its {len(items)} items")
    values = {
        item: _values(name, by_id[item], loaded.get("values"), item in loaded["reverse"])
        for item in items
    }
    return Score(
        name,
        loaded["label"],
        items,
        loaded["adding"],
        loaded["least"],
        values,
        loaded["times"],
        loaded["source"],
    )


def _values(
    score: str, question: Question, declared: Mapping[str, Fraction] | None, turned: bool
) -> dict[str, Fraction]:
    codes = [one.code for one in question.scale.options]
    if declared is not None:
        lacking = [code for code in codes if code not in declared]
        strange = [code for code in declared if code not in codes]
        if lacking or strange:
            raise InvalidInstrument(
                f"score {score}: values must name each answer to {question.id} and no other; "
                f"look at {(lacking or strange)[0]!r}"
            )
        values = {code: declared[code] for code in codes}
    else:
        values = {code: _number(score, question.id, code) for code in codes}
    if not turned:
        return values
    ends = min(values.values()) + max(values.values())
    return {code: ends - value for code, value in values.items()}


def _number(score: str, item: str, code: str) -> Fraction:
    if not code.isascii() or not code.isdecimal() or str(int(code)) != code:
        raise InvalidInstrument(f"score {score}: say in values what {code!r} of {item} counts for")
    return Fraction(int(code))
