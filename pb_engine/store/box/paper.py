"""What the box keeps while paper is counted, and which of its ballots came on paper."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from sqlalchemy import delete, func, select, update

from pb_engine.errors import StoreProblem
from pb_engine.store.box.paper_tables import (
    PAPER_BALLOTS,
    PAPER_CHECKS,
    PAPER_HANDS,
    PAPER_MARKS,
    PAPER_SHEETS,
    PAPER_STACKS,
)
from pb_engine.store.box.paper_values import Checked, Hand, Sheet, Stack, Stage
from pb_engine.store.unit import Line, Unit
from pb_engine.units import RoundId

_S, _H, _R, _M, _K = (
    table.c for table in (PAPER_STACKS, PAPER_HANDS, PAPER_SHEETS, PAPER_MARKS, PAPER_CHECKS)
)


class PaperCount:
    """The stacks of paper of one box store."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def take_turn(self, slug: RoundId) -> None:
        """Wait until nobody else changes a stack of this round; others wait until this ends.

        Whoever also locks the state of the box takes this turn first.
        """
        self._unit.queue(f"paper of {slug}")

    def add(self, stack: Stack) -> bool:
        """Add a stack; ``False`` when there is one with this number."""
        return self._unit.add_new(PAPER_STACKS, [dataclasses.asdict(stack)]) == 1

    def stacks(self, slug: RoundId) -> tuple[Stack, ...]:
        """Return the stacks of a round, by number."""
        query = select(PAPER_STACKS).where(_S.round == slug).order_by(_S.stack)
        return tuple(map(_stack, self._unit.rows(query)))

    def get(self, slug: RoundId, stack: int) -> Stack | None:
        """Return a stack, or ``None``."""
        query = select(PAPER_STACKS).where(_S.round == slug, _S.stack == stack)
        row = self._unit.row(query)
        return None if row is None else _stack(row)

    def unfinished(self, slug: RoundId) -> int:
        """Count the stacks that are neither accepted nor left out."""
        query = select(func.count()).select_from(PAPER_STACKS)
        return self._unit.number(query.where(_S.round == slug, _S.stage == str(Stage.READING)))

    def change(self, stack: Stack) -> None:
        """Store what changed about a stack.

        :raises StoreProblem: it is not being read any more; nothing was changed.
        """
        mine = (_S.round == stack.round) & (_S.stack == stack.stack)
        reading = mine & (_S.stage == str(Stage.READING))
        values = {
            "stated": stack.stated,
            "stage": str(stack.stage),
            "leaver": stack.leaver,
            "totals": stack.totals,
        }
        if self._unit.change(update(PAPER_STACKS).where(reading).values(**values)) != 1:
            raise StoreProblem(f"batch {stack.stack} of {stack.round} is final", round=stack.round)

    def claim(self, hand: Hand) -> bool:
        """Give a reading to a clerk; ``False`` when it or the clerk is taken on this stack."""
        return self._unit.add_new(PAPER_HANDS, [dataclasses.asdict(hand)]) == 1

    def hands(self, slug: RoundId, stack: int) -> Mapping[int, Hand]:
        """Return the readings that somebody began, by number."""
        query = select(PAPER_HANDS).where(_H.round == slug, _H.stack == stack)
        return {
            row.hand: Hand(row.round, row.stack, row.hand, row.clerk, row.finished)
            for row in self._unit.rows(query)
        }

    def set_finished(self, slug: RoundId, stack: int, hand: int, *, finished: bool) -> None:
        """Say whether a reading is finished."""
        mine = (_H.round == slug) & (_H.stack == stack) & (_H.hand == hand)
        self._unit.change(update(PAPER_HANDS).where(mine).values(finished=finished))

    def put_sheet(self, sheet: Sheet) -> None:
        """Keep what a hand read, in the place of what it read on this sheet before."""
        self._unit.put(PAPER_SHEETS, dataclasses.asdict(sheet))

    def sheets(self, slug: RoundId, stack: int, hand: int) -> Mapping[int, Sheet]:
        """Return what a hand read, by number of the sheet."""
        query = select(PAPER_SHEETS).where(_R.round == slug, _R.stack == stack, _R.hand == hand)
        rows = self._unit.rows(query.order_by(_R.sheet))
        return {row.sheet: _sheet(row) for row in rows}

    def entered(self, slug: RoundId, stack: int, hand: int) -> frozenset[int]:
        """Return which sheets a hand read."""
        query = select(_R.sheet).where(_R.round == slug, _R.stack == stack, _R.hand == hand)
        return frozenset(row.sheet for row in self._unit.rows(query))

    def forget_hand(self, slug: RoundId, stack: int, hand: int) -> None:
        """Erase a reading and who did it."""
        sheets = (_R.round == slug) & (_R.stack == stack) & (_R.hand == hand)
        self._unit.change(delete(PAPER_SHEETS).where(sheets))
        hands = (_H.round == slug) & (_H.stack == stack) & (_H.hand == hand)
        self._unit.change(delete(PAPER_HANDS).where(hands))

    def forget_sheets(self, slug: RoundId, stack: int, *, above: int = 0) -> None:
        """Erase what all hands read on the sheets above a number."""
        mine = (_R.round == slug) & (_R.stack == stack) & (_R.sheet > above)
        self._unit.change(delete(PAPER_SHEETS).where(mine))

    def keep_marks(self, slug: RoundId, stack: int, marks: Mapping[int, str]) -> None:
        """Keep the mark on which the readings of each sheet agreed, for the sample."""
        rows = ({"round": slug, "stack": stack, "sheet": n, "mark": m} for n, m in marks.items())
        self._unit.add(PAPER_MARKS, *rows)

    def marks(self, slug: RoundId) -> Mapping[tuple[int, int], str]:
        """Return those marks by stack and sheet."""
        query = select(PAPER_MARKS).where(_M.round == slug).order_by(_M.stack, _M.sheet)
        return {(row.stack, row.sheet): row.mark for row in self._unit.rows(query)}

    def add_check(self, checked: Checked) -> bool:
        """Keep a second look at a sheet; ``False`` when this place or this clerk is taken."""
        return self._unit.add_new(PAPER_CHECKS, [dataclasses.asdict(checked)]) == 1

    def checks(self, slug: RoundId) -> tuple[Checked, ...]:
        """Return all second looks, by stack, sheet and hand."""
        query = select(PAPER_CHECKS).where(_K.round == slug)
        rows = self._unit.rows(query.order_by(_K.stack, _K.sheet, _K.hand))
        return tuple(
            Checked(row.round, row.stack, row.sheet, row.hand, row.clerk, row.mark) for row in rows
        )

    def forget_marks(self, slug: RoundId) -> None:
        """Erase all marks and second looks of a round."""
        self._unit.change(delete(PAPER_CHECKS).where(_K.round == slug))
        self._unit.change(delete(PAPER_MARKS).where(_M.round == slug))

    def note_ballots(self, slug: RoundId, pseudonyms: Iterable[str]) -> None:
        """Note which ballots came on paper; in the order of their names, and no other."""
        rows = ({"round": slug, "pseudonym": name} for name in sorted(pseudonyms))
        self._unit.add_new(PAPER_BALLOTS, rows)

    def pseudonyms(self, slug: RoundId) -> tuple[str, ...]:
        """Return the pseudonyms of the ballots that came on paper, sorted."""
        column = PAPER_BALLOTS.c.pseudonym
        query = select(column).where(PAPER_BALLOTS.c.round == slug).order_by(column)
        return tuple(row.pseudonym for row in self._unit.rows(query))


def _stack(row: Line) -> Stack:
    return Stack(row.round, row.stack, row.stated, Stage(row.stage), row.leaver, row.totals)


def _sheet(row: Line) -> Sheet:
    return Sheet(
        row.round,
        row.stack,
        row.hand,
        row.sheet,
        row.mark,
        row.defect,
        row.remark,
        bytes(row.sealed),
    )
