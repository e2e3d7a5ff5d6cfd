"""`pb-engine work`: what must happen without anybody clicking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import click

from pb_engine.cli.running import stop_signal, this_engine
from pb_engine.domain.phases import DUTCH_TIME
from pb_engine.engine import PARTS, Engine
from pb_engine.services import placards, study_answers, throttles
from pb_engine.services.digest import send_digests
from pb_engine.services.outbox import deliver
from pb_engine.services.phases import advance
from pb_engine.services.sequencing import append_everywhere

if TYPE_CHECKING:
    from pb_engine.cli.background import Tasks

_ALL = frozenset(PARTS)
# A working day begins at three in the morning.
_NIGHT = timedelta(hours=3)


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, and stop.")
@click.option("--night", is_flag=True, help="With --once: log waiting ballots, however few.")
@click.option(
    "--every",
    type=click.IntRange(min=1),
    default=30,
    show_default=True,
    help="Seconds between two looks.",
)
def work(once: bool, night: bool, every: int) -> None:
    """Move phases by the clock, log waiting ballots, tell listeners, and send messages."""
    engine = this_engine()
    if once:
        one_turn(engine, night=night)
        return
    from pb_engine.cli.background import background

    stop = stop_signal()
    with background(engine, tasks_of(engine), every):
        click.echo(f"Looking every {every} seconds; stop with Ctrl-C.")
        stop.wait()


def one_turn(engine: Engine, *, night: bool = False) -> None:
    """Do once what is due; say what was done."""
    if engine.parts >= _ALL:
        for moved in advance(engine):
            done = "done" if moved.problem is None else f"refused: {moved.problem}"
            click.echo(f"{moved.round}: {moved.step} {done}")
        placards.renew_all(engine)
    if "box" in engine.parts:
        for slug, logged in append_everywhere(engine, everything=night).items():
            click.echo(f"{slug}: {logged.entries} ballots logged, {logged.waiting} wait")
    if "site" in engine.parts:
        send_digests(engine)
        delivered = deliver(engine)
        throttles.clean(engine)
        study_answers.let_leave(engine)
        click.echo(f"events told: {delivered.events}; messages sent: {delivered.messages}")


def tasks_of(engine: Engine) -> Tasks:
    """Return what this process does again and again.

    Each part of the engine does its own: phases move only where all stores are in reach.
    """
    tasks: dict[str, Callable[[], object]] = {}
    if engine.parts >= _ALL:
        tasks["calendar"] = partial(_calendar, engine)
    if "box" in engine.parts:
        tasks["ballots"] = _Ballots(engine).log
    if "site" in engine.parts:
        tasks["digest"] = partial(send_digests, engine)
        tasks["mail"] = partial(deliver, engine)
        tasks["throttles"] = partial(throttles.clean, engine)
        tasks["answers"] = partial(study_answers.let_leave, engine)
    return tasks


def _calendar(engine: Engine) -> None:
    advance(engine)
    placards.renew_all(engine)


class _Ballots:
    """Logs ballots; once a night all that wait, however few they are.

    The night is taken in passing only: a program that starts by day logs no small batch at once.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._last = _day_of_work(engine)

    def log(self) -> None:
        """Log what may be logged now."""
        today = _day_of_work(self._engine)
        append_everywhere(self._engine, everything=today > self._last)
        self._last = today


def _day_of_work(engine: Engine) -> date:
    return (engine.clock() - _NIGHT).astimezone(DUTCH_TIME).date()
