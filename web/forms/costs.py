"""The lines of an estimate: what, how many, and what one costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pb_engine.services.ideas import CostLine
from pb_engine.units import Cents
from web.forms.money import cents, typed_money

ROWS = range(1, 7)
FIELDS = tuple(f"{part}_{row}" for row in ROWS for part in ("what", "many", "each"))
MOST = 1000
LONGEST = 80


def read_lines(values: Mapping[str, str]) -> tuple[CostLine, ...]:
    """Return the lines that are complete and right."""
    return tuple(line for row in ROWS if (line := _line(values, row)))


def line_mistakes(values: Mapping[str, str]) -> Iterator[tuple[str, str, int]]:
    """Yield field, kind and limit of what is wrong in lines where anything is filled in."""
    for row in ROWS:
        what, many, each = (values.get(f"{part}_{row}", "") for part in ("what", "many", "each"))
        if not (what or many or each):
            continue
        if not what:
            yield f"what_{row}", "empty", 0
        elif len(what) > LONGEST:
            yield f"what_{row}", "too_long", LONGEST
        if _count(many) is None:
            yield f"many_{row}", "not_count", MOST
        if cents(each) is None:
            yield f"each_{row}", "not_money", 0


def with_price(values: Mapping[str, str], name: str, price: str) -> dict[str, str]:
    """Return the values with a usual thing in the first empty line; full lines stay as they are."""
    for row in ROWS:
        fields = (f"what_{row}", f"many_{row}", f"each_{row}")
        if not any(values.get(field) for field in fields):
            return {**values, **dict(zip(fields, (name, "1", price), strict=True))}
    return dict(values)


def typed_lines(lines: Iterable[CostLine]) -> dict[str, str]:
    """Return lines as somebody would have typed them; no more than the form has rows."""
    return {
        name: value
        for row, line in zip(ROWS, lines, strict=False)
        for name, value in (
            (f"what_{row}", line.what),
            (f"many_{row}", str(line.many)),
            (f"each_{row}", typed_money(line.each_cents)),
        )
    }


def shown_rows(values: Mapping[str, str]) -> list[int]:
    """Return the numbers of the lines to show: the filled ones, and two more."""
    filled = [row for row in ROWS if any(values.get(f"{part}_{row}") for part in _PARTS)]
    return [row for row in ROWS if row <= max(filled, default=0) + 2]


_PARTS = ("what", "many", "each")


def _line(values: Mapping[str, str], row: int) -> CostLine | None:
    what, many, each = (values.get(f"{part}_{row}", "") for part in _PARTS)
    count, price = _count(many), cents(each)
    if not what or len(what) > LONGEST or count is None or price is None:
        return None
    return CostLine(what, count, Cents(price))


def _count(typed: str) -> int | None:
    plain = typed.isascii() and typed.isdecimal() and len(typed) <= 4  # noqa: PLR2004 - of MOST
    return int(typed) if plain and 0 < int(typed) <= MOST else None
