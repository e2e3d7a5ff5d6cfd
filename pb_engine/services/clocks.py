"""Whether the clock is right: voting must not end because somebody set a clock."""

from __future__ import annotations

from datetime import timedelta

from pb_engine.engine import Engine, WallClock
from pb_engine.errors import NotReady

MOST_APART = timedelta(minutes=2)
"""So far may clocks differ; the grace after the end of voting is longer."""


def require_right_clock(engine: Engine) -> None:
    """Compare the clock of this machine with what nobody sets: time since start, the database.

    A clock that was handed in, for a demonstration or a test, is nobody's mistake.

    :raises NotReady: they do not agree (``problem="clock"``), with the seconds between them.
    """
    if not isinstance(engine.clock, WallClock):
        return
    _require(engine.clock.strayed(), "was set while this program ran")
    with engine.stores.box.read() as work:
        there = work.clock()
    if there is not None:
        _require(engine.clock() - there, "is not that of the database of the ballot box")


def _require(apart: timedelta, sentence: str) -> None:
    if abs(apart) > MOST_APART:
        seconds = round(apart.total_seconds())
        raise NotReady(
            f"the clock of this machine {sentence}: {seconds} seconds apart; voting stays open. "
            "Set the clock right and start again, or close by hand with a reason",
            problem="clock",
            seconds=seconds,
        )
