"""Saved money in a later round of the area: what there is, and using it once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pb_engine.domain.events import Event
from pb_engine.domain.leftovers import SOON_MONTHS, Fate, Leftover, SavedMoney, SavedShare
from pb_engine.domain.rounds import Round
from pb_engine.domain.works import months_later
from pb_engine.engine import Engine
from pb_engine.errors import InvalidRound
from pb_engine.store.site import SiteWork
from pb_engine.units import AreaId, RoundId

__all__ = ["SavedMoney", "SavedShare"]


def saved_money(engine: Engine, areas: frozenset[AreaId], by: str = "") -> tuple[SavedMoney, ...]:
    """Return the saved money that a round in one of these areas can use, the first to end first.

    :param areas: identifiers of areas; empty: of any area.
    :param by: what this round uses already is offered to it too.
    """
    with engine.stores.site.read() as work:
        every = [
            _money(work, one, engine.today())
            for one in work.leftovers.all()
            if _usable(one, engine.today()) and one.used_by in {None, by}
        ]
    fits = (one for one in every if not areas or areas & set(one.areas))
    return tuple(sorted(fits, key=lambda one: (one.until, one.leftover.round, one.leftover.part)))


def saved_problem(work: SiteWork, round_: Round, today: date) -> str | None:
    """Return why a round cannot use the saved money that it names; ``None`` where it can."""
    return next(_problems(work, round_, today), None)


def use_saved(work: SiteWork, round_: Round, today: date, by: str) -> list[Event]:
    """Let a round use the saved money that it names, and no other; return what happened.

    :raises InvalidRound: it is not there, is used by another round, or is over its last day.
    """
    problem = saved_problem(work, round_, today)
    if problem:
        raise InvalidRound(f"fund: {problem}")
    before = _used_by(work, round_.slug)
    now = set(round_.fund.saved)
    work.leftovers.release(round_.slug)
    for share in round_.fund.saved:
        # Between the look and this line another round may have been faster.
        if not work.leftovers.use(share, round_.slug):
            raise InvalidRound(f"fund: {_named(share)} is used by another round")
    return [
        *(_event("saved_used", share, round_.slug, by) for share in sorted(now - before, key=_key)),
        *_released(before - now, round_.slug, by),
    ]


def release_saved(work: SiteWork, slug: RoundId, by: str) -> list[Event]:
    """Let a round that stops leave its saved money to others; return what happened."""
    before = _used_by(work, slug)
    work.leftovers.release(slug)
    return _released(before, slug, by)


def _used_by(work: SiteWork, slug: RoundId) -> set[SavedShare]:
    return {one.share for one in work.leftovers.all() if one.used_by == slug}


def _released(shares: set[SavedShare], slug: RoundId, by: str) -> list[Event]:
    return [_event("saved_released", share, slug, by) for share in sorted(shares, key=_key)]


def _key(share: SavedShare) -> tuple[str, str]:
    return share.round, share.part


def _event(name: str, share: SavedShare, slug: RoundId, by: str) -> Event:
    return Event(name, slug, by, {"cents": share.cents, "from_round": share.round})


def _problems(work: SiteWork, round_: Round, today: date) -> Iterator[str]:
    known = {(one.round, one.part): one for one in work.leftovers.all()}
    own = {area.id for area in round_.areas.areas}
    for share in round_.fund.saved:
        found = known.get((share.round, share.part))
        if found is None or found.fate is not Fate.SAVED or found.settled_on is None:
            yield f"{_named(share)} was not saved"
        elif found.cents != share.cents:
            yield f"{_named(share)} is {found.cents} cents, not {share.cents}"
        elif found.used_by not in {None, round_.slug}:
            yield f"{_named(share)} is used by another round"
        elif not _usable(found, max(today, round_.calendar.ideas.opens)):
            yield f"{_named(share)} could be used until {found.until}"
        elif not own & set(_money(work, found, today).areas):
            yield f"{_named(share)} is of another area"


def _named(share: SavedShare) -> str:
    return f"saved: {share.round}/{share.part}" if share.part else f"saved: {share.round}"


def _usable(leftover: Leftover, today: date) -> bool:
    return leftover.until is not None and leftover.until >= today


def _money(work: SiteWork, leftover: Leftover, today: date) -> SavedMoney:
    stored = work.rounds.get(RoundId(leftover.round)).round
    title = work.ideas.get(leftover.round, leftover.part).title if leftover.part else ""
    soon = leftover.until is not None and leftover.until < months_later(today, SOON_MONTHS)
    return SavedMoney(leftover, title, stored.voters.areas, soon)
