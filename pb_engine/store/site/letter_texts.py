"""The texts of letters that somebody changed; a text that nobody changed has no row."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, select

from pb_engine.store.site.tables import LETTER_TEXTS
from pb_engine.store.unit import Unit
from pb_engine.units import RoundId

_C = LETTER_TEXTS.c


class LetterTexts:
    """The texts of the letters of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def all(self, slug: RoundId) -> Mapping[tuple[str, str], str]:
        """Return the texts of a round by slot and locale."""
        query = select(_C.slot, _C.locale, _C.body).where(_C.round == slug)
        return {(row.slot, row.locale): row.body for row in self._unit.rows(query)}

    def put(self, slug: RoundId, slot: str, locale: str, body: str) -> None:
        """Keep a text; it replaces an earlier one.

        :raises StoreProblem: no round has this slug.
        """
        row = {"round": slug, "slot": slot, "locale": locale, "body": body}
        self._unit.put(LETTER_TEXTS, row)

    def remove(self, slug: RoundId, slot: str, locale: str) -> bool:
        """Forget a text; tell whether there was one."""
        mine = (_C.round == slug) & (_C.slot == slot) & (_C.locale == locale)
        return self._unit.change(delete(LETTER_TEXTS).where(mine)) == 1
