"""Where the codes of letters come from.  Letters know nothing else about codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pb_engine.engine import Engine
from pb_engine.errors import NotReady
from pb_engine.sealing import new_code, written
from pb_engine.services.code_batches import IssuedBatch, Progress, create_batch, issue_codes
from pb_engine.services.code_rules import LIVE
from pb_engine.services.letter_rows import addressed
from pb_engine.services.letters.addressed import Coded
from pb_engine.units import RoundId

Source = Callable[[Engine, str, str], tuple[int, Iterable[Coded]]]
"""Takes engine, slug and official; makes a batch of codes and returns its number and the codes in
clear, each with whose it is.  Nobody gets them again."""


def without_register(number: int, area: str | None = None) -> Source:
    """Return a source of so many codes for a round that has no register."""

    def make(engine: Engine, slug: str, by: str) -> tuple[int, Iterable[Coded]]:
        issued = issue_codes(engine, slug, number, by, area=area)
        return issued.batch, ((code, None) for code in issued.codes)

    return make


def from_register(
    area: str | None = None, *, most: int | None = None, progress: Progress | None = None
) -> Source:
    """Return a source of a code for everybody in the register who is in want of one.

    Whoever has a secret address gets none, and is counted among those without a letter.

    :param most: refuse when more people than this would get a letter.
    """

    def make(engine: Engine, slug: str, by: str) -> tuple[int, Iterable[Coded]]:
        if most is not None and in_want(engine, slug, area) > most:
            raise NotReady(f"the desk makes at most {most} letters at once", problem="number")
        issued = create_batch(engine, slug, kind="letter", area=area, by=by, progress=progress)
        return issued.batch, _whose(engine, slug, issued)

    return make


def in_want(engine: Engine, slug: str, area: str | None = None) -> int:
    """Count who has a voting right that nobody used and no code that opens a door."""
    with engine.stores.register.read() as work:
        return sum(1 for _ in work.codes.in_want(RoundId(slug), LIVE, area=area))


def _whose(engine: Engine, slug: str, issued: IssuedBatch) -> Iterable[Coded]:
    yield from addressed(engine, slug, issued)
    with engine.stores.register.read() as work:
        for resident in issued.secret:
            yield "", work.residents.get(RoundId(slug), resident)


def invented(number: int) -> Source:
    """Return a source of codes that open no door: they are stored nowhere."""

    def make(_engine: Engine, _slug: str, _by: str) -> tuple[int, Iterable[Coded]]:
        return 0, ((written(new_code()), None) for _ in range(number))

    return make
