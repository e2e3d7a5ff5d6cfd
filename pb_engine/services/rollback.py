"""Is everything that was acknowledged still in the box?  If an old backup was put back: no.

Three witnesses of our own are asked: the journal on another disk, the log in the box, and the
last signed head beside the keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from weakref import WeakKeyDictionary

from pb_engine.engine import Engine
from pb_engine.errors import BoxIncomplete, NotReady
from pb_engine.services.head_files import kept_head
from pb_engine.store import Store
from pb_engine.store.box import BoxWork, Journal, SignedHead, Told
from pb_engine.units import RoundId

LOOK_AGAIN = timedelta(minutes=10)
_NOTHING = Told((), (), closed=False, damaged=0)
_looked: WeakKeyDictionary[Store[BoxWork], dict[RoundId, datetime]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing from a box.

    :ivar ballots: acknowledged ballots that the journal has and the box has not.
    :ivar entries: entries of the log under the last signed head that are gone, as far as they
        are not among those ballots.
    :ivar reopened: the box is open, though it was closed before.
    :ivar forked: the log is long enough and yet does not lead to the last signed head.
    """

    ballots: int = 0
    entries: int = 0
    reopened: bool = False
    forked: bool = False

    @property
    def missing(self) -> int:
        """How many ballots are missing at least."""
        return max(self.ballots, self.entries)


def journal_of(engine: Engine, slug: RoundId) -> Journal | None:
    """Return the journal of a box, or ``None`` when this installation keeps none."""
    folder = engine.settings.journal_folder
    return None if folder is None else _journal(folder, slug)


@lru_cache(maxsize=64)
def _journal(folder: Path, slug: RoundId) -> Journal:
    return Journal(folder, slug)


def gap_in(engine: Engine, slug: RoundId) -> Gap:
    """Return what is missing from a box; an empty ``Gap`` when nothing is.

    :raises StoreProblem: the journal or the box cannot be read.
    """
    # The journal first: what it tells was in the box before we look there.
    journal = journal_of(engine, slug)
    told = journal.told() if journal else _NOTHING
    kept = kept_head(engine, slug)
    with engine.stores.box.read() as work:
        state = work.state(slug)
        there = set(work.places(slug)) if told.ballots else set()
        size = work.log.size(slug)
        same = None if kept is None or size < kept.size else work.log.head(slug, kept.size)
    lost = {(one.pseudonym, one.number) for one in told.ballots} - there
    return Gap(
        ballots=len(lost),
        entries=max(0, kept.size - size) if kept else 0,
        reopened=told.closed and (state is None or state.open),
        forked=kept is not None and size >= kept.size and _root(same) != kept.root,
    )


def require_whole(engine: Engine, slug: RoundId) -> None:
    """Refuse to go on with a box from which something is missing.

    :raises BoxIncomplete: saying how many ballots are missing and what to do.
    """
    gap = gap_in(engine, slug)
    if gap == Gap():
        return
    if gap.forked:
        sentence = f"the log of the box of {slug} does not lead to the last head that was signed"
    elif gap.missing:
        sentence = f"{gap.missing} acknowledged ballots are missing from the box of {slug}"
    else:
        sentence = f"the box of {slug} was closed before and is open again"
    raise BoxIncomplete(
        f"{sentence}: an old backup was put back. Run pb-engine box replay {slug}",
        round=slug,
        missing=gap.missing,
    )


def require_box_whole(engine: Engine, slug: RoundId) -> None:
    """Do ``require_whole`` for a box that must be there: nothing is missing from what never was.

    :raises BoxIncomplete: see there.
    :raises NotReady: the round has no ballot box.
    """
    require_whole(engine, slug)
    with engine.stores.box.read() as work:
        if work.state(slug) is None:
            raise NotReady(f"round {slug[:40]} has no ballot box", problem="box")


def require_whole_lately(engine: Engine, slug: RoundId) -> None:
    """Do ``require_whole`` when this program has not done so within the last ten minutes.

    :raises BoxIncomplete: see there; a refusal is never remembered.
    """
    now, looked = engine.clock(), _looked.setdefault(engine.stores.box, {})
    last = looked.get(slug)
    if last is None or not last <= now < last + LOOK_AGAIN:
        looked.pop(slug, None)
        require_whole(engine, slug)
        looked[slug] = now


def _root(head: SignedHead | None) -> bytes | None:
    return None if head is None else head.root
