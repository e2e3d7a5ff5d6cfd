"""Sheet by sheet: where two people read the same, and where a third must look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.domain.events import Event
from pb_engine.engine import Engine
from pb_engine.errors import PaperRefused
from pb_engine.services.ballot_projects import STYLE
from pb_engine.services.paper.names import Reading, keys_of
from pb_engine.services.paper.reading import READERS, claim_hand, sealed_sheet
from pb_engine.services.paper.stacks import (
    open_box,
    places_of,
    reason_of,
    require_kind,
    require_voting,
    stack_to_read,
)
from pb_engine.store.box import BoxWork, Sheet, Stack
from pb_engine.units import RoundId

THIRD = 3
AGREES = {0: "neither", 1: "first", 2: "second"}


@dataclass(frozen=True, slots=True)
class Compared:
    """Two finished readings of a batch, side by side.

    :ivar differing: sheets that were read differently.
    :ivar undecided: those of them that no third person looked at yet.
    """

    differing: tuple[int, ...]
    undecided: tuple[int, ...]


def compare(work: BoxWork, stack: Stack) -> Compared:
    """Compare the readings of a batch.

    :raises PaperRefused: they are not both finished (``problem="unread"``): before that nobody
        learns what another person typed.
    """
    hands = work.sheets.hands(stack.round, stack.stack)
    if not all(hand in hands and hands[hand].finished for hand in READERS):
        raise PaperRefused("two people must first read this batch", problem="unread")
    first, second, third = (_read(work, stack, hand) for hand in (*READERS, THIRD))
    differing = tuple(
        one for one in places_of(work, stack) if _mark(first, one) != _mark(second, one)
    )
    return Compared(differing, tuple(one for one in differing if one not in third))


def decide_sheet(
    engine: Engine, slug: str, batch: int, sheet: int, reading: Reading, by: str, reason: str = ""
) -> str:
    """Let a third person decide about a sheet; return ``first``, ``second`` or ``neither``.

    :param reason: needed where the third reading is like neither of the two.
    :raises PaperRefused: the two are not finished, agree on this sheet, or this official read the
        batch before; or the reason is missing.
    :raises WrongPhase: the ballot box is closed.
    """
    round_id, names = RoundId(slug), keys_of(engine, slug)
    with engine.stores.site.write() as site:
        require_voting(site, round_id)
        with engine.stores.box.write() as work:
            state = open_box(work, round_id)
            stack = stack_to_read(work, round_id, batch)
            require_kind(stack, totals=False)
            if sheet not in compare(work, stack).differing:
                raise PaperRefused("both read this sheet alike", problem="same")
            claim_hand(work, stack, THIRD, names.clerk(by))
            paper = work.paper(round_id, STYLE)
            made = sealed_sheet(state, paper, names, stack, THIRD, sheet, reading)
            agreed = agreed_with(work, stack, made)
            why = " ".join(reason.split())[:500] if agreed else reason_of(reason)
            work.sheets.put_sheet(made)
            work.commit()
        facts: dict[str, str | int] = {
            "batch": batch,
            "sheet": sheet,
            "agrees_with": AGREES[agreed],
            "reason": why,
        }
        site.log.append(Event("paper_difference_decided", round_id, by, facts), engine.clock())
        site.commit()
    return AGREES[agreed]


def decided(work: BoxWork, stack: Stack) -> Mapping[int, Sheet]:
    """Return what holds for each sheet of a batch.

    :raises PaperRefused: the batch does not add up: it is not read twice, a sheet is missing, or
        a difference is undecided.
    """
    compared = compare(work, stack)
    if compared.undecided:
        raise PaperRefused(
            f"{len(compared.undecided)} differences of batch {stack.stack} are undecided",
            problem="differences",
            number=len(compared.undecided),
        )
    holds = dict(_read(work, stack, READERS[0]))
    third = _read(work, stack, THIRD)
    holds.update({one: third[one] for one in compared.differing})
    if sorted(holds) != list(places_of(work, stack)):
        raise PaperRefused(
            f"batch {stack.stack} has {stack.stated} sheets and {len(holds)} were read",
            problem="balance",
            number=len(holds),
            limit=stack.stated,
        )
    return holds


def agreed_with(work: BoxWork, stack: Stack, made: Sheet) -> int:
    """Return which of the two read the same as a third reading; 0 for neither."""
    readings = ((hand, _read(work, stack, hand)) for hand in READERS)
    same = [hand for hand, read in readings if _mark(read, made.sheet) == made.mark]
    return same[0] if same else 0


def _read(work: BoxWork, stack: Stack, hand: int) -> Mapping[int, Sheet]:
    return work.sheets.sheets(stack.round, stack.stack, hand)


def _mark(read: Mapping[int, Sheet], sheet: int) -> str:
    return read[sheet].mark if sheet in read else ""
