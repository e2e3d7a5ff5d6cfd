"""Pictures in the site store: made anew by the engine, in two sizes, beside what they belong to."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Text, delete, literal, select, update

from pb_engine.store.columns import Flag
from pb_engine.store.site.front_tables import IDEA_DRAFTS, PICTURES
from pb_engine.store.unit import Unit
from pb_engine.units import RoundId

_C = PICTURES.c
_FACTS = ("id", "round", "subject", "position", "alternative", "media_type", "width", "height")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture without its bytes.

    :ivar subject: ``draft:<tag>``, ``idea:<id>``, ``progress:<id of an update>``,
        ``story:<id>`` or ``round``.
    :ivar alternative: what is on it, in words.
    :ivar width: of the large size, in pixels; ``height`` too.
    :ivar hidden: taken off the pages; its bytes are not served.
    """

    id: str
    round: RoundId
    subject: str
    position: int
    alternative: str
    media_type: str
    width: int
    height: int
    hidden: bool = False


class Pictures:
    """The pictures of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, picture: Picture, body: bytes, small: bytes) -> None:
        """Keep a picture; one that is there already stays as it is.

        :raises StoreProblem: no round has this slug.
        """
        row = {**dataclasses.asdict(picture), "body": body, "small": small}
        self._unit.add_new(PICTURES, [row])

    def of(self, slug: RoundId, subject: str, *, hidden: bool = False) -> tuple[Picture, ...]:
        """Return the pictures of a subject, in their order; ``hidden`` also the hidden ones."""
        mine = (_C.round == slug) & (_C.subject == subject)
        if not hidden:
            mine &= _C.hidden == hidden
        columns = [_C[name] for name in (*_FACTS, "hidden")]
        rows = self._unit.rows(select(*columns).where(mine).order_by(_C.position, _C.id))
        return tuple(Picture(*row) for row in rows)

    def of_kind(self, slug: RoundId, kind: str) -> tuple[Picture, ...]:
        """Return the shown pictures of every subject of a kind, such as ``progress``."""
        mine = (_C.round == slug) & _C.subject.startswith(f"{kind}:", autoescape=True)
        mine &= _C.hidden == literal(value=False, type_=Flag())
        columns = [_C[name] for name in (*_FACTS, "hidden")]
        rows = self._unit.rows(select(*columns).where(mine).order_by(_C.position, _C.id))
        return tuple(Picture(*row) for row in rows)

    def of_subject(self, subject: str) -> tuple[Picture, ...]:
        """Return the shown pictures of a subject that every round may have."""
        shown = _C.hidden == literal(value=False, type_=Flag())
        columns = [_C[name] for name in (*_FACTS, "hidden")]
        query = select(*columns).where((_C.subject == subject) & shown)
        return tuple(Picture(*row) for row in self._unit.rows(query.order_by(_C.round)))

    def body(self, slug: RoundId, picture: str, *, small: bool) -> tuple[str, bytes] | None:
        """Return subject and bytes of a picture; ``None`` if there is none, or it is hidden."""
        shown = _C.hidden == literal(value=False, type_=Flag())
        mine = (_C.round == slug) & (_C.id == picture) & shown
        body = _C.small if small else _C.body
        row = self._unit.row(select(_C.subject, body.label("bytes")).where(mine))
        return (row.subject, bytes(row.bytes)) if row else None

    def remove(self, subject: str, picture: str) -> int:
        """Remove a picture of a subject; return how many went."""
        mine = (_C.subject == subject) & (_C.id == picture)
        return self._unit.change(delete(PICTURES).where(mine))

    def hand_over(self, subject: str, to: str) -> int:
        """Give all pictures of a subject to another one."""
        mine = _C.subject == subject
        return self._unit.change(update(PICTURES).where(mine).values(subject=to))

    def hide(self, subject: str, *, hidden: bool, only: str | None = None) -> int:
        """Take the pictures of a subject off the pages, or put them back; return how many."""
        mine: ColumnElement[bool] = (_C.subject == subject) & (_C.hidden != hidden)
        if only is not None:
            mine &= _C.id == only
        return self._unit.change(update(PICTURES).where(mine).values(hidden=hidden))

    def forget_strays(self) -> int:
        """Remove the pictures of drafts that are gone; return how many."""
        kept = select(literal("draft:", Text) + IDEA_DRAFTS.c.tag)
        lost = _C.subject.like("draft:%") & _C.subject.not_in(kept)
        return self._unit.change(delete(PICTURES).where(lost))
