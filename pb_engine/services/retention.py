"""What goes when its term is over.  Ballots, results, bundle and event log stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from pb_engine.domain.events import Event
from pb_engine.domain.retention import TERMS, Due, Kept, due_of
from pb_engine.engine import Engine
from pb_engine.services import keys
from pb_engine.services.events import write_down
from pb_engine.services.rounds import round_list, stored_round
from pb_engine.units import RoundId

__all__ = ["TERMS", "Due", "Kept", "Removal", "due_in", "run_retention"]


@dataclass(frozen=True, slots=True)
class Removal:
    """Something whose term is over.

    :ivar round: ``None`` for what belongs to no round.
    :ivar since: when its term was over.
    :ivar rows: how many rows and keys there are, or were.
    """

    kept: Kept
    round: RoundId | None
    since: datetime
    rows: int


def run_retention(
    engine: Engine, by: str, slug: str | None = None, *, really: bool
) -> tuple[Removal, ...]:
    """Remove what is over its term, of one round or of all; return what went, or would go.

    What is removed stands in the event log as a number.  Doing it twice removes nothing more.

    :param really: ``False`` changes nothing.
    :raises UnknownRound: no round has this slug.
    """
    rounds = (stored_round(engine, slug),) if slug else round_list(engine)
    done = [
        removal
        for stored in rounds
        for due in due_of(stored.phase, stored.since, engine.clock())
        if due.over and (removal := _of_round(engine, stored.round.slug, due, by, really=really))
    ]
    if slug is None:
        parts = (_attempts, _drafts, _stories, _bounces)
        loose = (remove(engine, by, really=really) for remove in parts)
        done.extend(removal for removal in loose if removal)
    return tuple(done)


def due_in(engine: Engine, slug: str) -> tuple[Due, ...]:
    """Return when what of a round goes; nothing while it has not ended.

    :raises UnknownRound: no round has this slug.
    """
    stored = stored_round(engine, slug)
    return due_of(stored.phase, stored.since, engine.clock())


def _of_round(engine: Engine, slug: RoundId, due: Due, by: str, *, really: bool) -> Removal | None:
    rows = _REMOVERS[due.kept](engine, slug, really=really)
    if not rows:
        return None
    if really:
        write_down(
            engine, Event("retention_run", slug, by, {"what": str(due.kept), "removed": rows})
        )
    return Removal(due.kept, slug, due.at, rows)


def _codes(engine: Engine, slug: RoundId, *, really: bool) -> int:
    """Remove codes, what was used up, and the keys behind codes and log-ins."""
    with engine.stores.register.write() as work:
        rows = work.codes.forget(slug) + work.spent.forget(slug)
        rows += work.batches.forget(slug)
        if really:
            work.commit()
    return rows + _keys(engine, (keys.pepper(slug), keys.subject(slug)), really=really)


def _residents(engine: Engine, slug: RoundId, *, really: bool) -> int:
    """Remove residents, their second facts, proxies and changes, and the key of the seals."""
    with engine.stores.register.write() as work:
        rows = work.residents.forget(slug) + work.proxies.forget(slug)
        rows += work.amendments.forget(slug) + work.entitlements.forget_second(slug)
        if really:
            work.commit()
    return rows + _keys(engine, (keys.seal(slug), keys.roll(slug)), really=really)


def _followers(engine: Engine, slug: RoundId, *, really: bool) -> int:
    """Remove the addresses of those who follow the round or an idea of it."""
    with engine.stores.site.write() as work:
        rows = work.follows.forget(slug)
        if really:
            work.commit()
    return rows


def _reviews(engine: Engine, slug: RoundId, *, really: bool) -> int:
    """Remove assessments with their notes, interests, and what submitters said of mergers.

    Decisions stay, with the names of those who assessed and of those who took no part.
    """
    with engine.stores.site.write() as work:
        rows = work.assessments.forget_round(slug) + work.consents.forget_round(slug)
        if really:
            work.commit()
    return rows


def _keys(engine: Engine, names: tuple[str, ...], *, really: bool) -> int:
    act = engine.keyring.erase if really else engine.keyring.has
    return sum(act(name) for name in names)


def _attempts(engine: Engine, by: str, *, really: bool) -> Removal | None:
    """Remove counts of failed attempts that no longer count.

    Each says itself until when it counts, and none does for as long as a day.
    """
    now = engine.clock()
    with engine.stores.site.write() as work:
        rows = work.throttles.clean(now=int(now.timestamp()))
        if really and rows:
            facts: dict[str, str | int] = {"what": str(Kept.ATTEMPTS), "removed": rows}
            work.log.append(Event("retention_run", None, by, facts), now)
            work.commit()
    return Removal(Kept.ATTEMPTS, None, now, rows) if rows else None


def _drafts(engine: Engine, by: str, *, really: bool) -> Removal | None:
    """Remove what somebody began to write and did not go on with."""
    now = engine.clock()
    with engine.stores.site.write() as work:
        rows = work.idea_drafts.forget(now - TERMS[Kept.DRAFTS].after)
        work.pictures.forget_strays()
        if really and rows:
            facts: dict[str, str | int] = {"what": str(Kept.DRAFTS), "removed": rows}
            work.log.append(Event("retention_run", None, by, facts), now)
            work.commit()
    return Removal(Kept.DRAFTS, None, now, rows) if rows else None


def _stories(engine: Engine, by: str, *, really: bool) -> Removal | None:
    """Remove stories whose consent has ended, with their photographs."""
    now = engine.clock()
    with engine.stores.site.write() as work:
        rows = work.stories.forget(engine.today())
        if really and rows:
            facts: dict[str, str | int] = {"what": str(Kept.STORIES), "removed": rows}
            work.log.append(Event("retention_run", None, by, facts), now)
            work.commit()
    return Removal(Kept.STORIES, None, now, rows) if rows else None


def _bounces(engine: Engine, by: str, *, really: bool) -> Removal | None:
    """Remove what is known of addresses that took no mail a year ago: they may be mended."""
    now = engine.clock()
    with engine.stores.site.write() as work:
        rows = work.bounces.forget_before(engine.today() - TERMS[Kept.BOUNCES].after)
        if really and rows:
            facts: dict[str, str | int] = {"what": str(Kept.BOUNCES), "removed": rows}
            work.log.append(Event("retention_run", None, by, facts), now)
            work.commit()
    return Removal(Kept.BOUNCES, None, now, rows) if rows else None


_REMOVERS: Mapping[Kept, Callable[..., int]] = MappingProxyType(
    {
        Kept.CODES: _codes,
        Kept.RESIDENTS: _residents,
        Kept.REVIEWS: _reviews,
        Kept.FOLLOWERS: _followers,
    }
)
