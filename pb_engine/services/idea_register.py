"""The register of ideas: every idea of every round, at an address that stays.

An idea that did not make it is not gone: who plans a next round finds it here and can take it up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pb_engine.domain.ideas import IdeaState
from pb_engine.domain.searching import asked_words
from pb_engine.engine import Engine
from pb_engine.services.idea_list import IdeaLine, paged
from pb_engine.units import LocalText, RoundId

__all__ = ["REGISTER_SORTS", "IdeaRegister", "RegisterWishes", "idea_register"]

_Key = Callable[[IdeaLine], Any]
_SORTS: dict[str, _Key] = {
    "newest": lambda line: (-line.submitted_on.toordinal(), line.round, -line.number),
    "cost": lambda line: (line.price, line.id),
    "dearest": lambda line: (-line.price, line.id),
    "title": lambda line: (line.title.casefold(), line.id),
}
REGISTER_SORTS = tuple(_SORTS)
"""The orders of the register; no idea competes here, so the newest stand first."""


@dataclass(frozen=True, slots=True)
class RegisterWishes:
    """What somebody asks of the register; what is empty asks nothing."""

    text: str = ""
    round: str = ""
    state: str = ""
    sort: str = "newest"
    page: int = 1


@dataclass(frozen=True, slots=True)
class RegisteredIdea:
    """An idea with the round it was submitted to, and what it tells about itself."""

    line: IdeaLine
    round_name: LocalText
    description: str


@dataclass(frozen=True, slots=True)
class IdeaRegister:
    """One page of the register, as ``IdeaListing`` for one round.

    :ivar rounds: the rounds with ideas, the latest first.
    """

    rounds: tuple[tuple[RoundId, LocalText], ...]
    ideas: tuple[RegisteredIdea, ...]
    found: int
    total: int
    page: int
    pages: int
    unknown: tuple[str, ...]


def idea_register(engine: Engine, wishes: RegisterWishes) -> IdeaRegister:
    """Return a page of the ideas of all rounds; those that were taken back are not listed."""
    with engine.stores.site.read() as work:
        stored = work.rounds.all()
        every = work.idea_lines.listed()
        used = {line.round for line in every}
        latest = sorted(stored, key=lambda one: one.round.calendar.ideas.opens, reverse=True)
        names = {one.round.slug: one.round.name for one in latest if one.round.slug in used}
        unknown = _unknown(wishes, names)
        kept = [line for line in every if _fits(line, wishes, unknown)]
        if wishes.text:
            found = work.idea_search.holding(asked_words(wishes.text))
            kept = [line for line in kept if line.id in found]
        kept.sort(key=_SORTS.get(wishes.sort, _SORTS["newest"]))
        page, pages, shown = paged(kept, wishes.page)
        told = work.idea_lines.descriptions([line.id for line in shown])
    return IdeaRegister(
        rounds=tuple(names.items()),
        ideas=tuple(RegisteredIdea(one, names[one.round], told.get(one.id, "")) for one in shown),
        found=len(kept),
        total=len(every),
        page=page,
        pages=pages,
        unknown=unknown,
    )


def _unknown(wishes: RegisterWishes, names: dict[RoundId, LocalText]) -> tuple[str, ...]:
    known: dict[str, set[str]] = {
        "round": set(names),
        "state": {str(state) for state in IdeaState if state is not IdeaState.WITHDRAWN},
        "sort": set(_SORTS),
    }
    return tuple(
        name
        for name, values in known.items()
        if getattr(wishes, name) and getattr(wishes, name) not in values
    )


def _fits(line: IdeaLine, wishes: RegisterWishes, unknown: tuple[str, ...]) -> bool:
    return (not wishes.round or "round" in unknown or line.round == wishes.round) and (
        not wishes.state or "state" in unknown or line.state == wishes.state
    )
