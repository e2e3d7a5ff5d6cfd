"""Invitations to the desk: one per official at most, and each opens once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from pb_engine.store.site.tables import INVITATIONS
from pb_engine.store.unit import Line, Unit

_C = INVITATIONS.c


@dataclass(frozen=True, slots=True)
class Invitation:
    """An official who may choose a password.

    :ivar tag: hash of what the link holds; it opens nothing.
    :ivar until: the link works before this moment.
    """

    official: int
    tag: str
    until: datetime


class Invitations:
    """Who was invited and has not come yet."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, invitation: Invitation) -> None:
        """Keep an invitation; an earlier one of this official opens nothing any more.

        :raises StoreProblem: there is no such official.
        """
        self.end(invitation.official)
        row = {name: getattr(invitation, name) for name in Invitation.__dataclass_fields__}
        self._unit.add(INVITATIONS, row)

    def by_tag(self, tag: str) -> Invitation | None:
        """Return the invitation with this tag, or ``None``."""
        row = self._unit.row(select(INVITATIONS).where(_C.tag == tag))
        return None if row is None else _invitation(row)

    def all(self) -> tuple[Invitation, ...]:
        """Return every invitation that was not used, by official."""
        rows = self._unit.rows(select(INVITATIONS).order_by(_C.official))
        return tuple(map(_invitation, rows))

    def end(self, official: int) -> None:
        """Remove the invitation of an official, if there is one."""
        self._unit.change(delete(INVITATIONS).where(_C.official == official))


def _invitation(row: Line) -> Invitation:
    return Invitation(row.official, row.tag, row.until)
