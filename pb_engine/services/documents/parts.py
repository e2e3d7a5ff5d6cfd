"""What a document is made of; in Dutch, as officials and the council read it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` 1 is a part of the document, 2 stands within a part."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text in one piece."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """Short texts, one below the other."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts under headings.

    :ivar amounts: columns that are set to the right, counted from 0.
    :ivar wide: the column that gets the most room.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    amounts: tuple[int, ...] = ()
    wide: int = 0


@dataclass(frozen=True, slots=True)
class Slot:
    """A place that somebody fills in by hand: a photograph, a quotation."""

    text: str


Block = Heading | Paragraph | Bullets | Table | Slot


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it is shown, printed and sent.

    :ivar name: begins the name of a file: letters, digits and hyphens.
    :ivar subtitle: the round, and where it was.
    :ivar notice: stands above everything where a round is invented; else empty.
    :ivar framed: it hangs on a wall: large, in the middle of one page, within a frame.
    """

    name: str
    title: str
    subtitle: str
    notice: str
    blocks: tuple[Block, ...]
    framed: bool = False
