"""Batches of paper: what was handed in, counted before anybody reads it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable

from pb_engine.ballots import BallotPaper, Defect, canonical_json
from pb_engine.domain.events import Event
from pb_engine.domain.phases import Phase
from pb_engine.engine import Engine
from pb_engine.errors import PaperRefused, WrongPhase
from pb_engine.services.ballot_projects import STYLE
from pb_engine.store.box import BoxState, BoxWork, Stack, Stage
from pb_engine.store.site import SiteWork
from pb_engine.tallying import MOST_BY_TOTALS
from pb_engine.units import RoundId

MOST_SHEETS = 2000
MOST_BATCHES = 1000
SHORTEST_REASON = 10
COUNTED = "counted"
_BY_TOTALS = canonical_json({"totals": True}).decode()


def open_batch(
    engine: Engine,
    slug: str,
    sheets: int,
    by: str,
    *,
    allowed: Callable[[SiteWork], None] | None = None,
) -> int:
    """Take in a batch of so many sheets; return its number, from 1.

    :param allowed: refuses a batch of totals where it may not be; ``None``: a batch of sheets.

    :raises PaperRefused: not a number of sheets that one batch can have, or too many batches.
    :raises WrongPhase: the ballot box is not open.
    """
    require_sheets(sheets)
    round_id = RoundId(slug)
    with engine.stores.site.write() as site:
        require_voting(site, round_id)
        if allowed is not None:
            allowed(site)
        with engine.stores.box.write() as work:
            open_box(work, round_id)
            batch = len(work.sheets.stacks(round_id)) + 1
            if batch > MOST_BATCHES:
                raise PaperRefused("there are too many batches", problem="batches")
            stack = Stack(round_id, batch, sheets, totals=_BY_TOTALS if allowed else "")
            _require_few(work, stack)
            work.sheets.add(stack)
            work.commit()
        facts: dict[str, str | int] = {"batch": batch, "sheets": sheets}
        site.log.append(Event("paper_batch_opened", round_id, by, facts), engine.clock())
        if allowed is not None:
            site.log.append(Event("paper_batch_by_totals", round_id, by, facts), engine.clock())
        site.commit()
    return batch


def recount_batch(engine: Engine, slug: str, batch: int, sheets: int, reason: str, by: str) -> None:
    """Correct how many sheets a batch has; what was read above that is erased.

    Nobody's reading is finished any more: the sheets must be looked through again.

    :raises PaperRefused: no such batch, it is final, the number is no number of sheets, or the
        reason is missing.
    :raises WrongPhase: the ballot box is not open.
    """
    require_sheets(sheets)
    why, round_id = reason_of(reason), RoundId(slug)
    with engine.stores.site.write() as site:
        require_voting(site, round_id)
        with engine.stores.box.write() as work:
            open_box(work, round_id)
            stack = stack_to_read(work, round_id, batch)
            changed = dataclasses.replace(stack, stated=sheets)
            _require_few(work, changed)
            work.sheets.change(changed)
            above = 0 if by_totals(stack) else sheets
            work.sheets.forget_sheets(round_id, batch, above=above)
            work.sheets.forget_hand(round_id, batch, 3)
            for hand in work.sheets.hands(round_id, batch):
                work.sheets.set_finished(round_id, batch, hand, finished=False)
            work.commit()
        facts: dict[str, str | int] = {
            "batch": batch,
            "before": stack.stated,
            "sheets": sheets,
            "reason": why,
        }
        site.log.append(Event("paper_batch_recounted", round_id, by, facts), engine.clock())
        site.commit()


def require_voting(site: SiteWork, slug: RoundId) -> None:
    """Lock a round and demand that its voting is open.

    :raises WrongPhase: it is not.
    """
    stored = site.rounds.lock(slug)
    if stored.phase is not Phase.VOTING:
        raise WrongPhase("paper is counted while the ballot box is open", wanted="voting")


def open_box(work: BoxWork, slug: RoundId) -> BoxState:
    """Take the turn at the paper of a round and keep its box open until this unit ends.

    :raises WrongPhase: the box is closed or not there.
    """
    work.sheets.take_turn(slug)
    state = work.lock_state(slug)
    if state is None or not state.open:
        raise WrongPhase("the ballot box is closed", phase="closed", wanted="voting")
    return state


def stack_to_read(work: BoxWork, slug: RoundId, batch: int) -> Stack:
    """Return a batch that is being read.

    :raises PaperRefused: there is none with this number, or it is final.
    """
    stack = work.sheets.get(slug, batch) if 0 < batch <= MOST_BATCHES else None
    if stack is None:
        raise PaperRefused(f"there is no batch {batch}", problem="batch")
    if stack.stage is not Stage.READING:
        raise PaperRefused(f"batch {batch} is final", problem="final", batch=batch)
    return stack


def by_totals(stack: Stack) -> bool:
    """Tell whether only totals are counted of a batch."""
    return bool(stack.totals) and json.loads(stack.totals).get("totals") is True


def require_kind(stack: Stack, *, totals: bool) -> None:
    """Demand that a batch is counted as totals, or sheet by sheet.

    :raises PaperRefused: it is counted in the other way.
    """
    if by_totals(stack) is not totals:
        raise PaperRefused(f"batch {stack.stack} is counted in another way", problem="kind")


def lines_of(paper: BallotPaper) -> tuple[str, ...]:
    """Return what is counted of a batch of totals: projects, sheets that count, and defects.

    A sheet with a defect that has no word of its own needs a sentence, so it is entered by sheet.
    """
    defects = (str(one) for one in Defect if one is not Defect.OTHER)
    return (*(line.project for line in paper.lines), COUNTED, *defects)


def places_of(work: BoxWork, stack: Stack) -> range:
    """Return what must be entered of a batch, from 1: its sheets, or its lines of totals."""
    if not by_totals(stack):
        return range(1, stack.stated + 1)
    paper = work.paper(stack.round, STYLE)
    return range(1, len(lines_of(paper)) + 1 if paper else 1)


def _require_few(work: BoxWork, stack: Stack) -> None:
    others = (one for one in work.sheets.stacks(stack.round) if one.stack != stack.stack)
    sheets = stack.stated + sum(one.stated for one in others if by_totals(one))
    if by_totals(stack) and sheets > MOST_BY_TOTALS:
        raise PaperRefused(
            f"at most {MOST_BY_TOTALS} sheets of a round are counted as totals",
            problem="totals_many",
            limit=MOST_BY_TOTALS,
        )


def require_sheets(sheets: int) -> None:
    """Demand a number of sheets that one batch can have.

    :raises PaperRefused: it is not one.
    """
    if not 1 <= sheets <= MOST_SHEETS:
        raise PaperRefused(
            f"a batch has 1 to {MOST_SHEETS} sheets", problem="sheets", limit=MOST_SHEETS
        )


def reason_of(reason: str) -> str:
    """Return a reason that says something.

    :raises PaperRefused: it is too short.
    """
    told = " ".join(reason.split())[:500]
    if len(told) < SHORTEST_REASON:
        raise PaperRefused("this needs a reason in words", problem="reason")
    return told
