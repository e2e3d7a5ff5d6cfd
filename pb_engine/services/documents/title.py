"""How every document of a round begins."""

from __future__ import annotations

from collections.abc import Iterable

from pb_engine.services.documents import words
from pb_engine.services.documents.material import Material
from pb_engine.services.documents.parts import Block, Document
from pb_engine.services.making_record import FICTIONAL


def titled(
    material: Material, name: str, title: str, blocks: Iterable[Block], *, framed: bool = False
) -> Document:
    """Return a document with its title, the round, the day and, where it is invented, a notice.

    What is framed names no day of its own: it stays as it was given.
    """
    round_ = material.results.round
    where = f"{round_.name.nl}, {round_.place}"
    return Document(
        name=f"{name}-{round_.slug}",
        title=title,
        subtitle=where if framed else f"{where}. Stand op {words.day(material.today)}.",
        notice=FICTIONAL.nl if round_.fictional else "",
        blocks=tuple(blocks),
        framed=framed,
    )
