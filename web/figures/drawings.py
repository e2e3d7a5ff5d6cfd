"""What the macros of figures ask: layouts, tables, and widths."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pb_engine.api import Flow, LocalText
from web.figures.layout import Layout, lay_out

INK = 340
LANE = 24

_SIGN = re.compile("(€|[A-Z]{3}) (?=[0-9])")

Say = Callable[[LocalText], str]


def sankey(flow: Flow) -> Layout:
    """Lay out a flow for drawing."""
    streams = [(one.source, one.target, one.value) for one in flow.streams]
    return lay_out(streams, ink=INK, lane=LANE)


def parts(amount: int, whole: int) -> str:
    """Return a part as a percentage with one decimal, for a width in a drawing."""
    tenths = 1000 * amount // whole if whole else 0
    return f"{tenths // 10}.{tenths % 10}%"


def rows_of_flow(flow: Flow, say: Say) -> list[list[str]]:
    """Return from, to and amount of every stream."""
    return [
        told((flow.sources[one.source].label, flow.targets[one.target].label, one.written), say)
        for one in flow.streams
    ]


def told(texts: Sequence[LocalText], say: Say) -> list[str]:
    """Return texts in the language of the page; the sign of an amount keeps to its number."""
    return [_joined(say(text)) for text in texts]


def told_rows(rows: Sequence[Sequence[LocalText]], say: Say) -> list[list[str]]:
    """Return rows of texts in the language of the page."""
    return [told(row, say) for row in rows]


def _joined(said: str) -> str:
    # What is marked as safe stays so.
    return type(said)(_SIGN.sub("\\1\u00a0", said))
