"""What officials note of a round for its figures and reports, one document under each name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from pb_engine.errors import ConcurrentEdit
from pb_engine.store.site.delivery_tables import ROUND_NOTES
from pb_engine.store.unit import Unit
from pb_engine.units import RoundId

_C = ROUND_NOTES.c


class RoundNotes:
    """The notes of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def get(self, slug: RoundId, name: str) -> tuple[dict[str, Any], int]:
        """Return a document and its version; an empty one with version 0 where nobody wrote."""
        mine = (_C.round == slug) & (_C.name == name)
        row = self._unit.row(select(ROUND_NOTES).where(mine))
        return ({}, 0) if row is None else (json.loads(row.document), row.version)

    def save(self, slug: RoundId, name: str, document: Mapping[str, Any], seen: int) -> None:
        """Keep a document that stood at version ``seen``.

        :raises ConcurrentEdit: somebody else wrote in the meantime; nothing is overwritten.
        """
        written = json.dumps(document, ensure_ascii=False, sort_keys=True)
        row = {"round": slug, "name": name, "document": written, "version": seen + 1}
        mine = (_C.round == slug) & (_C.name == name) & (_C.version == seen)
        # The key decides between two who are both the first.
        done = (
            self._unit.change(update(ROUND_NOTES).where(mine).values(**row))
            if seen
            else self._unit.add_new(ROUND_NOTES, [row])
        )
        if not done:
            raise ConcurrentEdit("somebody else wrote this first", round=slug)
