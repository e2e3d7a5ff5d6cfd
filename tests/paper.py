"""Officials who read a stack of invented paper ballots, as they would at a table."""

from __future__ import annotations

import random  # noqa: TID251 - invented sheets, the same every time
from collections.abc import Iterable, Mapping

from pb_engine.services import placards
from pb_engine.services.counter import hand_out_paper_for_code
from pb_engine.services.paper import accepting, comparing, reading, stacks
from pb_engine.services.paper.names import Reading
from tests.builders import CALENDAR, DAY, Staged

Stack = Mapping[int, str]
"""What stands on each sheet: numbers as they are typed, or a defect between angle brackets."""


def numbers_of(staged: Staged) -> dict[str, int]:
    """The printed number of each title."""
    page = placards.ballot_page(staged.engine, staged.slug)
    by_id = {one.id: one.number for one in page.projects}
    return {title: by_id[idea] for title, idea in staged.ideas.items()}


def a_stack(staged: Staged, sheets: int, seed: int = 1) -> dict[int, str]:
    """A stack of valid sheets with one to three marks each."""
    draw, numbers = random.Random(seed), sorted(numbers_of(staged).values())
    return {
        sheet: " ".join(map(str, sorted(draw.sample(numbers, draw.randint(1, 3)))))
        for sheet in range(1, sheets + 1)
    }


def read_as(staged: Staged, told: str) -> Reading:
    """What stands on one sheet, read."""
    defect = told.removeprefix("<").removesuffix(">") if told.startswith("<") else ""
    typed, remark = ("", "een handtekening erop") if defect else (told, "")
    return reading.read_sheet(staged.engine, staged.slug, typed, defect, remark)


def type_in(staged: Staged, batch: int, hand: int, stack: Stack, by: str) -> None:
    """One person enters a whole stack and says that it is done."""
    known: dict[str, Reading] = {}
    for sheet, told in stack.items():
        if told not in known:
            known[told] = read_as(staged, told)
        reading.enter_sheet(staged.engine, staged.slug, batch, hand, sheet, known[told], by)
    reading.finish_reading(staged.engine, staged.slug, batch, hand, by)


def a_read_batch(staged: Staged, stack: Stack, other: Stack | None = None) -> int:
    """A batch that Anna and Bram both read; Bram as ``other`` where he read otherwise."""
    batch = stacks.open_batch(staged.engine, staged.slug, len(stack), "team")
    type_in(staged, batch, 1, stack, "Anna")
    type_in(staged, batch, 2, {**stack, **(other or {})}, "Bram")
    return batch


def accept(staged: Staged, batch: int, by: str = "Carla") -> accepting.Balance:
    return accepting.accept_batch(staged.engine, staged.slug, batch, by)


def decide(staged: Staged, batch: int, sheet: int, told: str, by: str = "Carla", reason: str = ""):
    return comparing.decide_sheet(
        staged.engine, staged.slug, batch, sheet, read_as(staged, told), by, reason
    )


def differing(staged: Staged, batch: int) -> tuple[int, ...]:
    with staged.engine.stores.box.read() as work:
        stack = work.sheets.get(staged.slug, batch)
        return comparing.compare(work, stack).differing


def ended(staged: Staged) -> Staged:
    """The same round after the last day of voting."""
    return staged.move_to(CALENDAR.voting.end + DAY)


def to_paper(staged: Staged, codes: Iterable[str]) -> None:
    """Mark the voting rights of these codes for paper, as the counter does."""
    for code in codes:
        hand_out_paper_for_code(staged.engine, staged.slug, code, "wil op papier", "olga")
