"""`pb-engine work`: what must happen without anybody clicking."""

from __future__ import annotations

import threading

import click
import structlog

from pb_engine.cli.running import this_engine
from pb_engine.engine import Engine
from pb_engine.errors import EngineError
from pb_engine.services.outbox import deliver
from pb_engine.services.phases import advance

_log = structlog.get_logger()


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, and stop.")
@click.option("--every", default=30, show_default=True, help="Seconds between two looks.")
def work(once: bool, every: int) -> None:
    """Move phases by the clock, tell listeners, and send messages."""
    engine = this_engine()
    if once:
        one_turn(engine)
        return
    click.echo(f"Looking every {every} seconds; stop with Ctrl-C.")
    work_until(engine, threading.Event(), every)


def one_turn(engine: Engine) -> None:
    """Do once what is due; say what was done."""
    for moved in advance(engine):
        done = "done" if moved.problem is None else f"refused: {moved.problem}"
        click.echo(f"{moved.round}: {moved.step} {done}")
    delivered = deliver(engine)
    click.echo(f"events told: {delivered.events}; messages sent: {delivered.messages}")


def work_until(engine: Engine, stop: threading.Event, every: float) -> None:
    """Do what is due again and again until ``stop`` is set; a failing turn is logged."""
    while not stop.wait(0 if every == 0 else every):
        try:
            advance(engine)
            deliver(engine)
        except EngineError as problem:
            _log.warning("turn failed", code=problem.code, problem=problem.sentence)
