"""`pb-engine work`: what must happen without anybody clicking."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import click
import structlog

from pb_engine.cli.running import this_engine
from pb_engine.domain.phases import DUTCH_TIME
from pb_engine.engine import PARTS, Engine
from pb_engine.errors import EngineError
from pb_engine.services import placards, throttles
from pb_engine.services.outbox import deliver
from pb_engine.services.phases import advance
from pb_engine.services.sequencing import append_everywhere

_ALL = frozenset(PARTS)
# A working day begins at three in the morning.
_NIGHT = timedelta(hours=3)
_log = structlog.get_logger()


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, and stop.")
@click.option("--night", is_flag=True, help="With --once: log waiting ballots, however few.")
@click.option("--every", default=30, show_default=True, help="Seconds between two looks.")
def work(once: bool, night: bool, every: int) -> None:
    """Move phases by the clock, log waiting ballots, tell listeners, and send messages."""
    engine = this_engine()
    if once:
        one_turn(engine, night=night)
        return
    click.echo(f"Looking every {every} seconds; stop with Ctrl-C.")
    work_until(engine, threading.Event(), every)


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
        delivered = deliver(engine)
        throttles.clean(engine)
        click.echo(f"events told: {delivered.events}; messages sent: {delivered.messages}")


def work_until(engine: Engine, stop: threading.Event, every: float) -> None:
    """Do what is due again and again until ``stop`` is set; a failing turn is logged.

    Each part of the engine does its own: phases move only where all stores are in reach.  Once a
    night waiting ballots are logged, however few they are.  The night is taken in passing only: a
    program that starts by day logs no small batch at once.
    """
    last = _day_of_work(engine)
    while not stop.wait(0 if every == 0 else every):
        today = _day_of_work(engine)
        try:
            _turn(engine, night=today > last)
        except EngineError as problem:
            _log.warning("turn failed", code=problem.code, problem=problem.sentence)
        last = today


def _turn(engine: Engine, *, night: bool) -> None:
    if engine.parts >= _ALL:
        advance(engine)
        placards.renew_all(engine)
    if "box" in engine.parts:
        append_everywhere(engine, everything=night)
    if "site" in engine.parts:
        deliver(engine)
        throttles.clean(engine)


def _day_of_work(engine: Engine) -> date:
    return (engine.clock() - _NIGHT).astimezone(DUTCH_TIME).date()
