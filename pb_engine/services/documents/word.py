"""A document as a file for a word processor (Office Open XML); the only user of python-docx."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from functools import singledispatch
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from pb_engine.services.documents.parts import Block, Bullets, Document, Heading, Paragraph, Slot
from pb_engine.services.documents.parts import Table as Rows
from pb_engine.services.printable import printable

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MAKER = "pb-engine"
_LANGUAGE = "nl-NL"
_ROOM_CM = 16
_NO_TIME = datetime(2000, 1, 1)  # noqa: DTZ001 - the format stores no zone
_NO_TIME_IN_ARCHIVE = (2000, 1, 1, 0, 0, 0)


def word_file(document: Document) -> bytes:
    """Return the document as docx; equal for equal documents."""
    file = docx.Document()
    _dress(file, document)
    file.add_heading(_plain(document.title), 0)
    file.add_paragraph(_plain(document.subtitle), style="Subtitle")
    if document.notice:
        file.add_paragraph(style="Intense Quote").add_run(_plain(document.notice))
    for block in document.blocks:
        _add(block, file)
    if document.framed:
        for paragraph in file.paragraphs:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    made = io.BytesIO()
    file.save(made)
    return _timeless(made.getvalue())


def _dress(file: Any, document: Document) -> None:
    core = file.core_properties
    core.title, core.author, core.comments = _plain(document.title), _MAKER, ""
    core.language, core.created, core.modified = _LANGUAGE, _NO_TIME, _NO_TIME
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _LANGUAGE)
    normal.element.get_or_add_rPr().append(language)


@singledispatch
def _add(block: Block, _file: Any) -> None:
    raise TypeError(f"no document holds {type(block).__name__}")


@_add.register
def _(block: Heading, file: Any) -> None:
    file.add_heading(_plain(block.text), block.level)


@_add.register
def _(block: Paragraph, file: Any) -> None:
    for part in block.text.split("\n\n"):
        file.add_paragraph(_plain(part))


@_add.register
def _(block: Bullets, file: Any) -> None:
    for item in block.items:
        file.add_paragraph(_plain(item), style="List Bullet")


@_add.register
def _(block: Slot, file: Any) -> None:
    file.add_paragraph(f"[{_plain(block.text)}]", style="Intense Quote")


@_add.register
def _(block: Rows, file: Any) -> None:
    caption = file.add_paragraph(_plain(block.caption), style="Caption")
    # A caption at the foot of a page says nothing.
    caption.paragraph_format.keep_with_next = True
    table = file.add_table(rows=1, cols=len(block.headings), style="Light List Accent 1")
    _fill(table.rows[0], block.headings, block.amounts)
    _mark(table.rows[0], "w:tblHeader")
    for row in block.rows:
        _fill(table.add_row(), row, block.amounts)
    table.autofit = False
    for place, column in enumerate(table.columns):
        column.width = _width(block, place)
    for row in table.rows:
        _mark(row, "w:cantSplit")
        for place, cell in enumerate(row.cells):
            cell.width = _width(block, place)
    file.add_paragraph()


def _width(block: Rows, place: int) -> Cm:
    """Return the room of a column: the wide one gets two shares."""
    shares = len(block.headings) + 1
    return Cm((2 if place == block.wide else 1) * _ROOM_CM / shares)


def _fill(row: Any, texts: tuple[str, ...], amounts: tuple[int, ...]) -> None:
    for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.add_run(_plain(text)).font.size = Pt(9.5)
        if place in amounts:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _mark(row: Any, name: str) -> None:
    """Mark a row: as headings that stand on every page, or as one piece."""
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - the library offers no other door


def _plain(text: str) -> str:
    return printable(text)


def _timeless(made: bytes) -> bytes:
    """Return the archive with the same time in every part of it."""
    to = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made)) as old,
        zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _NO_TIME_IN_ARCHIVE)
            new.writestr(part, old.read(name), zipfile.ZIP_DEFLATED)
    return to.getvalue()
