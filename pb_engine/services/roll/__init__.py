"""A voter register as a file: read strictly, judged row by row, reported on, never kept."""

from __future__ import annotations

from pb_engine.services.roll.columns import DUTCH, Columns, read_columns
from pb_engine.services.roll.findings import KINDS, Finding, Level
from pb_engine.services.roll.judging import Judge, Verdict
from pb_engine.services.roll.reading import Reading, begin
from pb_engine.services.roll.reporting import Report, Reporter
from pb_engine.services.roll.rows import Row, sought

__all__ = [
    "DUTCH",
    "KINDS",
    "Columns",
    "Finding",
    "Judge",
    "Level",
    "Reading",
    "Report",
    "Reporter",
    "Row",
    "Verdict",
    "begin",
    "read_columns",
    "sought",
]
