"""Where the codes of letters come from.  Letters know nothing else about codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pb_engine.engine import Engine
from pb_engine.sealing import new_code, written
from pb_engine.services.codes import issue_codes
from pb_engine.services.letters.addressed import Coded

Source = Callable[[Engine, str, str], tuple[int, Iterable[Coded]]]
"""Takes engine, slug and official; makes a batch of codes and returns its number and the codes in
clear, each with whose it is.  Nobody gets them again."""


def without_register(number: int, area: str | None = None) -> Source:
    """Return a source of so many codes for a round that has no register."""

    def make(engine: Engine, slug: str, by: str) -> tuple[int, Iterable[Coded]]:
        issued = issue_codes(engine, slug, number, by, area=area)
        return issued.batch, ((code, None) for code in issued.codes)

    return make


def invented(number: int) -> Source:
    """Return a source of codes that open no door: they are stored nowhere."""

    def make(_engine: Engine, _slug: str, _by: str) -> tuple[int, Iterable[Coded]]:
        return 0, ((written(new_code()), None) for _ in range(number))

    return make
