"""Ideas that are not handed in yet, each under a keyed hash of the code to go on with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from pb_engine.store.site.front_tables import IDEA_DRAFTS
from pb_engine.store.unit import Line, Unit
from pb_engine.units import IdeaId, RoundId

_C = IDEA_DRAFTS.c


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft as it stands.

    :ivar values: what was typed, by field; empty once the idea was handed in.
    :ivar idea: the idea that it became.
    """

    tag: str
    round: RoundId
    values: Mapping[str, str]
    saved_at: datetime
    idea: IdeaId | None = None


class IdeaDrafts:
    """The drafts of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def find(self, tag: str) -> KeptDraft | None:
        """Return a draft, or ``None``."""
        row = self._unit.row(select(IDEA_DRAFTS).where(_C.tag == tag))
        return _draft(row) if row else None

    def in_turn(self, tag: str) -> KeptDraft | None:
        """Return a draft, or ``None``; nobody else changes or adds it until the end."""
        self._unit.queue(f"draft {tag}")
        return self.find(tag)

    def put(self, draft: KeptDraft) -> None:
        """Keep a draft, in the place of an earlier one under its tag.

        :raises StoreProblem: its round is not there.
        """
        document = {"values": dict(draft.values), "idea": draft.idea}
        row = {
            "tag": draft.tag,
            "round": draft.round,
            "document": json.dumps(document),
            "saved_at": draft.saved_at,
        }
        self._unit.put(IDEA_DRAFTS, row)

    def forget(self, before: datetime) -> int:
        """Remove the drafts that were last saved before a moment; return how many."""
        return self._unit.change(delete(IDEA_DRAFTS).where(_C.saved_at < before))


def _draft(row: Line) -> KeptDraft:
    document = json.loads(row.document)
    return KeptDraft(row.tag, row.round, document["values"], row.saved_at, document["idea"])
