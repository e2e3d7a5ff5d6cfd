"""Officials who count a stack of invented paper ballots by hand, project by project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from pb_engine.services import counting, phases
from pb_engine.services.paper import reading, totals
from pb_engine.services.paper.pages import totals_lines
from pb_engine.services.paper.totals_opening import open_totals
from tests.builders import CALENDAR, Staged, a_round_in, adopt_and_publish, vote
from tests.paper import Stack, numbers_of, to_paper


def totals_of(staged: Staged, stack: Stack) -> dict[str, int]:
    """What somebody counts who counts well: every line, with 0 where there is nothing."""
    by_number = {line.number: line.key for line in totals_lines(staged.engine, staged.slug)}
    found: Counter[str] = Counter()
    for told in stack.values():
        if told.startswith("<"):
            found[told.strip("<>")] += 1
        else:
            found["counted"] += 1
            found.update(by_number[int(number)] for number in told.split())
    return {line.key: found[line.key] for line in totals_lines(staged.engine, staged.slug)}


def count_in(staged: Staged, batch: int, hand: int, numbers: Mapping[str, int], by: str) -> None:
    """One person counts a whole stack and says that it is done."""
    totals.enter_totals(staged.engine, staged.slug, batch, hand, numbers, by)
    reading.finish_reading(staged.engine, staged.slug, batch, hand, by)


def a_counted_batch(staged: Staged, stack: Stack, **other: int) -> int:
    """A batch that Anna and Bram both counted; Bram with other numbers where he has them."""
    batch = open_totals(staged.engine, staged.slug, len(stack), "team")
    numbers = totals_of(staged, stack)
    count_in(staged, batch, 1, numbers, "Anna")
    count_in(staged, batch, 2, {**numbers, **other}, "Bram")
    return batch


def published_with_totals(folder: Path) -> Staged:
    """Two ballots for Moestuin online, and four sheets for Speeltoestel, counted as totals."""
    staged = a_round_in(folder, codes=8)
    for code in staged.codes[:2]:
        vote(staged, code, ["Moestuin"])
    to_paper(staged, staged.codes[2:6])
    stack = dict.fromkeys(range(1, 5), str(numbers_of(staged)["Speeltoestel"]))
    totals.accept_totals(staged.engine, staged.slug, a_counted_batch(staged, stack), "Carla")
    end = staged.move_to(CALENDAR.voting.end)
    phases.take_step(end.engine, end.slug, "close_voting", "team")
    for step in (counting.open_box, counting.tally, counting.explain, adopt_and_publish):
        step(end.engine, end.slug, "team")
    return end
