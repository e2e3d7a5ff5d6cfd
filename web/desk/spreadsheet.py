"""A table as a file for a spreadsheet, in which no cell is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def sheet(name: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    """Send rows under headings as ``name``, with commas, in UTF-8."""
    to = io.StringIO()
    writer = csv.writer(to)
    writer.writerow(headings)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    answer = Response(to.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_RISKY) else cell
