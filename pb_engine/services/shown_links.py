"""How an idea hangs together with others, seen from that idea."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pb_engine.domain.ideas import Idea
from pb_engine.domain.links import Link, LinkKind
from pb_engine.units import IdeaId


@dataclass(frozen=True, slots=True)
class ShownLink:
    """The other idea, and what lies between the two.

    :ivar kind: ``exclusive``, ``needs`` (this idea needs the other) or ``needed``.
    :ivar link: identifier of the link.
    """

    kind: str
    id: str
    number: int
    title: str
    language: str
    reason: str
    link: str


def shown_links(about: str, links: Iterable[Link], ideas: Iterable[Idea]) -> tuple[ShownLink, ...]:
    """Return the links of one idea, by the number of the other one."""
    known = {idea.id: idea for idea in ideas}
    mine = (one for one in links if about in one.ends)
    shown = (_shown(IdeaId(about), one, known) for one in mine)
    return tuple(sorted((one for one in shown if one), key=lambda one: one.number))


def _shown(about: IdeaId, link: Link, known: dict[IdeaId, Idea]) -> ShownLink | None:
    other = known.get(link.other if link.idea == about else link.idea)
    if other is None:
        return None
    turned = link.kind is LinkKind.NEEDS and link.other == about
    return ShownLink(
        kind="needed" if turned else str(link.kind),
        id=str(other.id),
        number=other.number,
        title=other.title,
        language=other.language,
        reason=link.reason,
        link=link.id,
    )
