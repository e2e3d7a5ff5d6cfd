"""Money that is left after a round: what officials decide of it, idea by idea."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.domain.events import Event
from pb_engine.domain.ideas import tidy
from pb_engine.domain.leftovers import (
    LONGEST_PURPOSE,
    MOST_YEARS,
    UNDIVIDED,
    Fate,
    Leftover,
)
from pb_engine.engine import Engine
from pb_engine.errors import ConcurrentEdit, InvalidIdea, NotReady, UnknownIdea
from pb_engine.services.progress import WorksPage, works_page
from pb_engine.store.site import SiteWork
from pb_engine.units import Cents, IdeaId, RoundId

__all__ = ["MOST_YEARS", "UNDIVIDED", "Fate", "Leftover"]


@dataclass(frozen=True, slots=True)
class LeftoverLine:
    """Money of a round that may be left.

    :ivar part: an idea that got money, or ``UNDIVIDED``.
    :ivar title: of that idea; empty for what went to no idea.
    :ivar left_cents: what is not spent now; 0 where it took all of it, or more.
    :ivar final: nothing will be spent of it any more, so that the amount can be settled.
    :ivar decided: what becomes of it; ``None`` where nobody decided.
    :ivar lapsed: it was saved, and no round used it by its last day: it goes back after all.
    """

    part: IdeaId
    title: str
    left_cents: Cents
    final: bool
    decided: Leftover | None
    lapsed: bool = False

    @property
    def settled(self) -> bool:
        """Tell whether the amount is final and what becomes of it is decided."""
        return self.decided is not None and self.decided.settled_on is not None

    @property
    def open(self) -> bool:
        """Tell whether somebody must still decide, or plan, what becomes of it."""
        return self.decided is None and self.left_cents > 0


@dataclass(frozen=True, slots=True)
class NewLeftover:
    """What an official decides."""

    fate: str
    purpose: str
    years: int | None


def leftover_lines(engine: Engine, works: WorksPage) -> tuple[LeftoverLine, ...]:
    """Return what may be left of the money of a round, idea by idea, then what went to none."""
    slug = works.round.slug
    with engine.stores.site.read() as work:
        decided = work.leftovers.of(slug)
    lines = [
        LeftoverLine(
            part=card.work.idea,
            title=card.title,
            left_cents=Cents(max(card.left_cents, 0)),
            final=card.over,
            decided=decided.get(card.work.idea),
        )
        for card in works.works
    ]
    rest = Cents(works.round.fund.budget_cents - works.granted_cents)
    lines.append(LeftoverLine(UNDIVIDED, "", rest, final=True, decided=decided.get(UNDIVIDED)))
    today = engine.today()
    return tuple(
        dataclasses.replace(one, lapsed=one.decided is not None and one.decided.lapsed(today))
        for one in lines
    )


def decide_leftover(
    engine: Engine, slug: str, part: str, new: NewLeftover, seen: int, by: str
) -> Leftover:
    """Decide what becomes of money that is left; a plan, as long as more of it may be spent.

    :param seen: the version that the official had before them; 0 where nothing was decided.
    :raises InvalidIdea: naming every field that is not right; nothing was stored.
    :raises NotReady: ``problem`` is ``leftover_none`` (nothing is left) or ``leftover_settled``.
    :raises UnknownIdea: there is no such idea, or it got no money.
    :raises ConcurrentEdit: somebody else decided first.
    """
    works = works_page(engine, slug)
    line = _line(engine, works, part)
    purpose = " ".join(tidy(new.purpose).split())
    _check(new, purpose)
    if line.settled:
        raise NotReady("this is settled; take the decision back first", problem="leftover_settled")
    if not line.left_cents:
        raise NotReady("nothing is left of this money", problem="leftover_none")
    saved = new.fate == Fate.SAVED
    leftover = Leftover(
        round=RoundId(slug),
        part=line.part,
        fate=Fate(new.fate),
        purpose=purpose if saved else "",
        years=(new.years or 0) if saved else 0,
        settled_on=engine.today() if line.final else None,
        cents=line.left_cents if line.final else Cents(0),
        version=seen,
    )
    facts: Mapping[str, str | int] = {
        "part": line.part,
        "fate": str(leftover.fate),
        "cents": line.left_cents,
    }
    name = "leftover_settled" if line.final else "leftover_planned"
    with engine.stores.site.write() as work:
        for card in works.works:
            if card.work.idea == line.part:
                # A payment in between would change the amount; it counts the version up too.
                work.works.save(card.work)
        work.leftovers.save(leftover)
        _finish(engine, work, Event(name, leftover.round, by, facts))
    return leftover


def take_back_leftover(engine: Engine, slug: str, part: str, seen: int, by: str) -> None:
    """Take a decision back, so that it can be made again; the event log keeps that it was made.

    :raises ConcurrentEdit: it is not there any more, or another round uses the money.
    :raises UnknownIdea: there is no such idea, or it got no money.
    """
    line = _line(engine, works_page(engine, slug), part)
    with engine.stores.site.write() as work:
        found = line.decided
        if found is None or not work.leftovers.take_back(dataclasses.replace(found, version=seen)):
            raise ConcurrentEdit("this decision is not there any more, or in use", idea=part[:64])
        facts: Mapping[str, str | int] = {"part": found.part, "cents": found.cents}
        _finish(engine, work, Event("leftover_taken_back", found.round, by, facts))


def require_unsettled(work: SiteWork, slug: RoundId, part: IdeaId) -> None:
    """Refuse a change of what was spent after what is left of it was settled.

    :raises NotReady: ``problem`` is ``leftover_settled``.
    """
    decided = work.leftovers.of(slug).get(part)
    if decided is not None and decided.settled_on is not None:
        raise NotReady("this is settled; take the decision back first", problem="leftover_settled")


def _line(engine: Engine, works: WorksPage, part: str) -> LeftoverLine:
    lines = leftover_lines(engine, works)
    found = next((one for one in lines if one.part == part), None)
    if found is None:
        raise UnknownIdea(f"no idea {part[:64]!r} got money in this round", idea=part[:64])
    return found


def _check(new: NewLeftover, purpose: str) -> None:
    mistakes = []
    if new.fate not in set(Fate):
        mistakes.append("fate:unknown")
    if new.fate == Fate.SAVED:
        if not purpose:
            mistakes.append("purpose:empty")
        if new.years is None or not 1 <= new.years <= MOST_YEARS:
            mistakes.append("years:unknown")
    if len(purpose) > LONGEST_PURPOSE:
        mistakes.append(f"purpose:too_long:{LONGEST_PURPOSE}")
    if mistakes:
        field, problem, *_ = mistakes[0].split(":")
        raise InvalidIdea(
            "this cannot be decided", field=field, problem=problem, all=" ".join(mistakes)
        )


def _finish(engine: Engine, work: SiteWork, event: Event) -> None:
    work.log.append(event, engine.clock())
    work.commit()
