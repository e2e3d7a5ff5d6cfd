"""Workbooks without surprises: bounded before they are opened, and the same bytes when written."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from openpyxl import load_workbook
from openpyxl.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from pb_engine.errors import InvalidInstrument

MOST_PARTS: Final = 100
LARGEST: Final = 5_000_000
"""How many bytes all parts of a workbook may hold, unpacked."""
MOST_ROWS: Final = 3000
MOST_COLUMNS: Final = 60
_OLD: Final = b"\xd0\xcf\x11\xe0"
_EPOCH: Final = (2000, 1, 1, 0, 0, 0)
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def plain_bytes(workbook: bytes) -> bytes:
    """Return a workbook whose parts, and the moment of its last change, bear one fixed time."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as read, zipfile.ZipFile(written, "w") as made:
        for name in read.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", read.read(name)))
    return written.getvalue()


def sheets_of(content: bytes) -> dict[str, list[dict[str, str]]]:
    """Return each sheet as rows of texts by their column's head; names in small letters.

    Whole numbers lose the ``.0`` that a spreadsheet gives them, and spaces around a text go.

    :raises InvalidInstrument: no workbook, too large, or with formulas or merged cells.
    """
    _bounded(content)
    try:
        book = load_workbook(io.BytesIO(content), keep_links=False)
    except Exception as problem:  # noqa: BLE001 - the reader fails in any way on a broken file
        raise InvalidInstrument(f"the workbook cannot be read: {type(problem).__name__}") from None
    return {sheet.title.strip().lower(): _rows(sheet) for sheet in book.worksheets}


def _bounded(content: bytes) -> None:
    if content[:4] == _OLD:
        raise InvalidInstrument("this is an old .xls file; save it as .xlsx")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            entries = parts.infolist()
            if len(entries) > MOST_PARTS or sum(one.file_size for one in entries) > LARGEST:
                raise InvalidInstrument("the workbook is too large")
            for one in entries:
                # An entity that grows when it is read has to be declared in a document type.
                if b"<!DOCTYPE" in parts.read(one) or b"<!ENTITY" in parts.read(one):
                    raise InvalidInstrument("the workbook declares document types; it may not")
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError):
        raise InvalidInstrument("this is no .xlsx workbook") from None


def _rows(sheet: Worksheet) -> list[dict[str, str]]:
    if (sheet.max_row or 0) > MOST_ROWS or (sheet.max_column or 0) > MOST_COLUMNS:
        raise InvalidInstrument(
            f"sheet {sheet.title}: more than {MOST_ROWS} rows or {MOST_COLUMNS} columns"
        )
    heads: list[str] = []
    rows: list[dict[str, str]] = []
    for cells in sheet.iter_rows():
        texts = [_text(sheet.title, cell) for cell in cells]
        if not any(texts):
            continue
        if not heads:
            heads = texts
            continue
        rows.append({head: text for head, text in zip(heads, texts, strict=False) if head})
    return rows


def _text(sheet: str, cell: object) -> str:
    if isinstance(cell, MergedCell):
        raise InvalidInstrument(f"sheet {sheet}, {cell.coordinate}: merged cells are not allowed")
    value = getattr(cell, "value", None)
    where = f"sheet {sheet}, {getattr(cell, 'coordinate', '')}"
    if getattr(cell, "data_type", "") in {"f", "e"}:
        raise InvalidInstrument(f"{where}: write a value, no formula")
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value == int(value):
        value = int(value)
    if not isinstance(value, int | str):
        raise InvalidInstrument(f"{where}: write a text or a whole number")
    return str(value).strip()
