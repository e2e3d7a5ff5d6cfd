"""Lists of ideas: filtered, in an order, a page at a time, in as many statements for any number."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pb_engine.domain.fair_order import fair_key, is_seed
from pb_engine.domain.ideas import IdeaState
from pb_engine.domain.phases import Phase
from pb_engine.domain.rounds import Round
from pb_engine.domain.searching import asked_words
from pb_engine.engine import Engine
from pb_engine.store.site import IdeaLine
from pb_engine.units import AreaId, RoundId

__all__ = [
    "PER_PAGE",
    "SORTS",
    "IdeaLine",
    "IdeaListing",
    "IdeaWishes",
    "is_seed",
    "list_ideas",
    "new_seed",
]

PER_PAGE = 24
"""Ideas on a page: whole rows of two, three and four."""

_Key = Callable[[IdeaLine], Any]
_SORTS: dict[str, _Key] = {
    "number": lambda line: line.number,
    "newest": lambda line: (-line.submitted_on.toordinal(), -line.number),
    "cost": lambda line: (line.price, line.number),
    "dearest": lambda line: (-line.price, line.number),
    "title": lambda line: (line.title.casefold(), line.number),
}
SORTS = ("fair", *_SORTS)
"""The orders of a list; ``fair`` is another one for every seed."""


@dataclass(frozen=True, slots=True)
class IdeaWishes:
    """What somebody asks of a list; what is empty asks nothing.

    :ivar sort: one of ``SORTS``.
    :ivar seed: the seed of the fair order.
    :ivar page: counts from 1.
    """

    text: str = ""
    theme: str = ""
    area: str = ""
    state: str = ""
    least_cents: int | None = None
    most_cents: int | None = None
    sort: str = "fair"
    seed: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class ListedIdea:
    """An idea on a page of a list, with what it tells about itself."""

    line: IdeaLine
    description: str


@dataclass(frozen=True, slots=True)
class IdeaListing:
    """One page of the ideas of a round; taken back ideas are not listed.

    :ivar total: how many ideas there are; ``found``: how many of them fit the wishes.
    :ivar page: the page that this is; a wish for a later one than there is gets the last.
    :ivar unknown: the names of wishes that the round does not know; they ask nothing.
    """

    round: Round
    phase: Phase
    ideas: tuple[ListedIdea, ...]
    found: int
    total: int
    page: int
    pages: int
    unknown: tuple[str, ...]


def new_seed() -> str:
    """Return a seed for somebody who has none yet."""
    return secrets.token_hex(4)


def list_ideas(engine: Engine, slug: str, wishes: IdeaWishes) -> IdeaListing:
    """Return a page of the ideas of a round.

    :raises UnknownRound: no round has this slug.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as work:
        stored = work.rounds.get(round_id)
        every = work.idea_lines.listed(round_id)
        unknown = _unknown(stored.round, wishes)
        kept = [line for line in every if _fits(stored.round, line, wishes, unknown)]
        if wishes.text:
            found = work.idea_search.holding(asked_words(wishes.text))
            kept = [line for line in kept if line.id in found]
        kept.sort(key=_order(wishes))
        page, pages, shown = paged(kept, wishes.page)
        told = work.idea_lines.descriptions([line.id for line in shown])
    return IdeaListing(
        round=stored.round,
        phase=stored.phase,
        ideas=tuple(ListedIdea(line, told.get(line.id, "")) for line in shown),
        found=len(kept),
        total=len(every),
        page=page,
        pages=pages,
        unknown=unknown,
    )


def paged(lines: Sequence[IdeaLine], wished: int) -> tuple[int, int, Sequence[IdeaLine]]:
    """Return the page there is, how many there are, and what stands on it."""
    pages = max(1, -(-len(lines) // PER_PAGE))
    page = min(max(wished, 1), pages)
    return page, pages, lines[(page - 1) * PER_PAGE : page * PER_PAGE]


def _unknown(round_: Round, wishes: IdeaWishes) -> tuple[str, ...]:
    known: dict[str, Iterable[str]] = {
        "theme": {theme.id for theme in round_.submission.themes},
        "area": {area.id for area in round_.areas.areas},
        "state": set(IdeaState) - {IdeaState.WITHDRAWN},
        "sort": SORTS,
    }
    return tuple(
        name
        for name, values in known.items()
        if getattr(wishes, name) and getattr(wishes, name) not in values
    )


def _fits(round_: Round, line: IdeaLine, wishes: IdeaWishes, unknown: Iterable[str]) -> bool:
    area = AreaId("" if "area" in unknown else wishes.area)
    return (
        (not wishes.theme or "theme" in unknown or line.theme == wishes.theme)
        and (not wishes.state or "state" in unknown or line.state == wishes.state)
        and (wishes.least_cents is None or line.price >= wishes.least_cents)
        and (wishes.most_cents is None or line.price <= wishes.most_cents)
        and (not area or (line.area is not None and round_.areas.lies_in(line.area, [area])))
    )


def _order(wishes: IdeaWishes) -> _Key:
    return _SORTS.get(wishes.sort) or (lambda line: fair_key(wishes.seed, line.id))
