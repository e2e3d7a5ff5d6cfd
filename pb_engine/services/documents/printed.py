"""A document as PDF/UA, for a council, a notice board or an archive."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pb_engine.services.documents.parts import Block, Bullets, Document, Heading, Paragraph, Slot
from pb_engine.services.printable import printable
from pb_engine.services.typesetting import typeset

_TEMPLATE = Path(__file__).parent / "document.typ"


def printed(document: Document, locale: str = "nl") -> bytes:
    """Return the document as PDF/UA-1; equal for equal documents."""
    return typeset(
        _TEMPLATE,
        "document",
        {
            "lang": locale,
            "maker": "pb-engine",
            "title": printable(document.title),
            "subtitle": printable(document.subtitle),
            "notice": printable(document.notice),
            "framed": document.framed,
            "blocks": [_block(one) for one in document.blocks],
        },
    )


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "text": printable(block.text), "level": block.level}
        case Paragraph():
            texts = [printable(part) for part in block.text.split("\n\n")]
            return {"kind": "paragraphs", "texts": texts}
        case Bullets():
            return {"kind": "bullets", "texts": [printable(item) for item in block.items]}
        case Slot():
            return {"kind": "slot", "text": printable(block.text)}
        case _:
            return {
                "kind": "table",
                "caption": printable(block.caption),
                "headings": [printable(text) for text in block.headings],
                "rows": [[printable(text) for text in row] for row in block.rows],
                "amounts": list(block.amounts),
                "wide": block.wide,
            }
