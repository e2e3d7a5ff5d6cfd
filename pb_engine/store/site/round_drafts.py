"""Rounds that are being written at the desk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from pb_engine.errors import UnknownRound
from pb_engine.store.site.front_tables import ROUND_DRAFTS
from pb_engine.store.unit import Line, Unit

_C = ROUND_DRAFTS.c


@dataclass(frozen=True, slots=True)
class RoundDraft:
    """A draft as it stands.

    :ivar document: the keys of a round file that are filled in so far.
    :ivar parts: how often each part was changed.
    :ivar copied_from: the round whose texts it takes over; empty for none.
    """

    id: str
    document: Mapping[str, Any]
    parts: Mapping[str, int]
    edited_by: str
    edited_at: datetime
    copied_from: str = ""


class RoundDrafts:
    """All drafts of rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def all(self) -> tuple[RoundDraft, ...]:
        """Return every draft, the one that was changed last first."""
        rows = self._unit.rows(select(ROUND_DRAFTS).order_by(_C.edited_at.desc(), _C.id))
        return tuple(map(_draft, rows))

    def get(self, draft: str) -> RoundDraft:
        """Return one draft.

        :raises UnknownRound: there is none with this identifier.
        """
        row = self._unit.row(select(ROUND_DRAFTS).where(_C.id == draft))
        if row is None:
            raise UnknownRound("there is no such draft of a round", draft=draft[:64])
        return _draft(row)

    def in_turn(self, draft: str) -> RoundDraft:
        """Return one draft; nobody else changes it until the end.

        :raises UnknownRound: there is none with this identifier.
        """
        self._unit.queue(f"round draft {draft}")
        return self.get(draft)

    def put(self, draft: RoundDraft) -> None:
        """Keep a draft in the place of what stood under its identifier."""
        kept = {
            "round": dict(draft.document),
            "parts": dict(draft.parts),
            "copied_from": draft.copied_from,
        }
        row = {
            "id": draft.id,
            "document": json.dumps(kept),
            "edited_by": draft.edited_by,
            "edited_at": draft.edited_at,
        }
        self._unit.put(ROUND_DRAFTS, row)

    def remove(self, draft: str) -> bool:
        """Forget a draft; tell whether there was one."""
        return self._unit.change(delete(ROUND_DRAFTS).where(_C.id == draft)) == 1


def _draft(row: Line) -> RoundDraft:
    kept = json.loads(row.document)
    # A draft from before rounds took over texts has no such key.
    copied_from = kept.get("copied_from", "")
    parts = (kept["round"], kept["parts"], row.edited_by, row.edited_at, copied_from)
    return RoundDraft(row.id, *parts)
