"""What is published after the count, and what lies between the steps of counting."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select, update

from pb_engine.errors import UnknownDownload
from pb_engine.store.site.tables import COUNTS, PUBLICATIONS
from pb_engine.store.unit import Unit
from pb_engine.units import RoundId


@dataclass(frozen=True, slots=True)
class Publication:
    """A published file.

    :ivar digest: SHA-256 of ``body`` as 64 hexadecimal characters.
    """

    name: str
    media_type: str
    digest: str
    body: bytes


@dataclass(frozen=True, slots=True)
class PublicationLine:
    """A published file in a list: its size in bytes in place of its content."""

    name: str
    media_type: str
    digest: str
    size: int


class Publications:
    """Published files per round."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def put(self, slug: RoundId, publication: Publication) -> None:
        """Publish a file, or replace the one with this name."""
        self._unit.put(
            PUBLICATIONS,
            {
                "round": slug,
                "name": publication.name,
                "media_type": publication.media_type,
                "digest": publication.digest,
                "size": len(publication.body),
                "body": publication.body,
            },
        )

    def get(self, slug: RoundId, name: str) -> Publication:
        """Return a published file.

        :raises UnknownDownload: this round published no file with this name.
        """
        mine = (PUBLICATIONS.c.round == slug) & (PUBLICATIONS.c.name == name)
        row = self._unit.row(select(PUBLICATIONS).where(mine))
        if row is None:
            raise UnknownDownload(
                f"round {slug[:40]!r} has no published file {name[:80]!r}",
                round=slug[:40],
                file=name[:80],
            )
        return Publication(row.name, row.media_type, row.digest, bytes(row.body))

    def rename(self, slug: RoundId, name: str, then: str) -> None:
        """Publish a file under another name.

        :raises UnknownDownload: this round published no file with this name.
        """
        mine = (PUBLICATIONS.c.round == slug) & (PUBLICATIONS.c.name == name)
        if self._unit.change(update(PUBLICATIONS).where(mine).values(name=then)) != 1:
            raise UnknownDownload(f"round {slug[:40]!r} has no published file {name[:80]!r}")

    def all(self, slug: RoundId) -> tuple[PublicationLine, ...]:
        """List the published files of a round by name, without their content."""
        c = PUBLICATIONS.c
        query = select(c.name, c.media_type, c.digest, c.size).where(c.round == slug)
        rows = self._unit.rows(query)
        lines = (PublicationLine(r.name, r.media_type, r.digest, r.size) for r in rows)
        # Sorted here: databases do not agree on the order of texts.
        return tuple(sorted(lines, key=lambda line: line.name))


class Counts:
    """Documents between opening the box and publishing: outcome, explanation."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def put(self, slug: RoundId, name: str, document: bytes) -> None:
        """Keep a document under a name, or replace it."""
        self._unit.put(COUNTS, {"round": slug, "name": name, "document": document})

    def get(self, slug: RoundId, name: str) -> bytes | None:
        """Return the document, or ``None`` when that step was not taken yet."""
        mine = (COUNTS.c.round == slug) & (COUNTS.c.name == name)
        row = self._unit.row(select(COUNTS.c.document).where(mine))
        return None if row is None else bytes(row.document)

    def drop(self, slug: RoundId, name: str) -> None:
        """Forget a document; one that is not there is forgotten already."""
        mine = (COUNTS.c.round == slug) & (COUNTS.c.name == name)
        self._unit.change(delete(COUNTS).where(mine))
