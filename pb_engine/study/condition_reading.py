"""Reading ``show_if``: a few fixed operators, and never code."""

from __future__ import annotations

from typing import Any

from pb_engine.errors import InvalidInstrument
from pb_engine.study.instruments import Compare, Condition, Join, Joined, ShowIf

DEEPEST = 3
MOST = 20


def read_condition(raw: Any, where: str, depth: int = 1) -> ShowIf:
    """Return a condition: ``{item, in}``, ``{item, not_in}``, ``{item, answered}``, all or any.

    :param where: the item that has the condition, for the sentence of a refusal.
    :raises InvalidInstrument: another operator, or nested too deep.
    """
    if not isinstance(raw, dict) or not raw:
        raise InvalidInstrument(f"{where}: show_if must say an item and what its answer is")
    if depth > DEEPEST:
        raise InvalidInstrument(f"{where}: show_if nests deeper than {DEEPEST} levels")
    if len(raw) == 1 and next(iter(raw)) in set(Join):
        return _joined(raw, where, depth)
    return _compared(raw, where)


def _joined(raw: dict[str, Any], where: str, depth: int) -> Joined:
    join, parts = next(iter(raw.items()))
    if not isinstance(parts, list) or not 1 <= len(parts) <= MOST:
        raise InvalidInstrument(f"{where}: {join} needs a list of 1 to {MOST} conditions")
    return Joined(Join(join), tuple(read_condition(part, where, depth + 1) for part in parts))


def _compared(raw: dict[str, Any], where: str) -> Condition:
    operators = [key for key in raw if key != "item"]
    item = raw.get("item")
    if not isinstance(item, str) or len(operators) != 1:
        raise InvalidInstrument(f"{where}: show_if must name one item and one operator")
    operator, value = operators[0], raw[operators[0]]
    if operator not in set(Compare):
        known = ", ".join(Compare)
        raise InvalidInstrument(f"{where}: show_if knows no {operator!r}; it knows {known}")
    compare = Compare(operator)
    if compare is Compare.ANSWERED:
        if value != "yes":
            raise InvalidInstrument(f"{where}: write answered: yes")
        return Condition(item, compare)
    if not isinstance(value, list) or not 1 <= len(value) <= MOST:
        raise InvalidInstrument(f"{where}: {operator} needs a list of 1 to {MOST} answers")
    if not all(isinstance(one, str) for one in value):
        raise InvalidInstrument(f"{where}: {operator} needs plain codes")
    return Condition(item, compare, tuple(value))
