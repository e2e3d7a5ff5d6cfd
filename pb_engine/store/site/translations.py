"""What somebody wrote, said in another language, field by field."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass

from sqlalchemy import delete, select

from pb_engine.store.site.front_tables import TRANSLATIONS
from pb_engine.store.unit import Line, Unit

_C = TRANSLATIONS.c


@dataclass(frozen=True, slots=True)
class Translation:
    """One field in one language.

    :ivar subject: the id of the idea.
    :ivar origin: ``human`` or ``machine``.
    :ivar source_digest: of the text that was translated.
    """

    subject: str
    field: str
    locale: str
    body: str
    origin: str
    source_digest: str


class Translations:
    """The translations of all ideas."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def put(self, translation: Translation) -> None:
        """Keep a translation; it replaces the one there was."""
        self._unit.put(TRANSLATIONS, asdict(translation))

    def remove(self, subject: str, field: str, locale: str) -> None:
        """Take a translation away, if there is one."""
        mine = (_C.subject == subject) & (_C.field == field) & (_C.locale == locale)
        self._unit.change(delete(TRANSLATIONS).where(mine))

    def titles(self, subjects: Collection[str]) -> tuple[Translation, ...]:
        """Return the titles of these ideas in every language there is, in one statement."""
        mine = (_C.field == "title") & _C.subject.in_(subjects)
        rows = self._unit.rows(select(TRANSLATIONS).where(mine)) if subjects else ()
        return tuple(_translation(row) for row in rows)

    def of(self, subject: str, locale: str) -> tuple[Translation, ...]:
        """Return what there is of an idea in a language, by field."""
        mine = (_C.subject == subject) & (_C.locale == locale)
        rows = self._unit.rows(select(TRANSLATIONS).where(mine).order_by(_C.field))
        return tuple(_translation(row) for row in rows)


def _translation(row: Line) -> Translation:
    return Translation(row.subject, row.field, row.locale, row.body, row.origin, row.source_digest)
