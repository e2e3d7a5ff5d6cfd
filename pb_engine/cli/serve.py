"""`pb-engine serve`: one port: the resident's site and the desk, or one part of them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import Any

import click

from pb_engine.cli.running import stop_signal, this_engine
from pb_engine.cli.work import tasks_of
from pb_engine.engine import PARTS, Engine

THREADS = 8


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8080, show_default=True, help="Port to listen on; 0 takes any.")
@click.option("--work/--no-work", "works", default=True, help="Also do what `work` does.")
@click.option(
    "--only",
    type=click.Choice(PARTS),
    help="Serve one part, with its own stores and keys and without the others.",
)
def serve(host: str, port: int, works: bool, only: str | None) -> None:
    """Serve the rounds of this installation until Ctrl-C."""
    engine = this_engine(only)
    with serving(engine, host, port, works=works) as address:
        click.echo(f"Serving on {address} ; stop with Ctrl-C.")
        wait_for_stop()


@contextmanager
def serving(engine: Engine, host: str, port: int, *, works: bool = True) -> Iterator[str]:
    """Serve in threads of this process; yield the address; stop cleanly afterwards.

    :raises click.ClickException: the port is taken.
    """
    from waitress import wasyncore
    from waitress.server import create_server

    from web.app import create_app

    sockets: dict[int, Any] = {}
    try:
        server = create_server(
            create_app(engine),
            map=sockets,
            host=host,
            port=port,
            threads=THREADS,
            ident=None,
            # Without a proxy that we trust, nobody may even hear what a header says.
            clear_untrusted_proxy_headers=not engine.settings.trusted_proxies,
        )
    except OSError as problem:
        raise click.ClickException(
            f"cannot listen on {host} port {port}: {problem.strerror}; choose another with --port"
        ) from problem
    answering = threading.Thread(target=server.run, daemon=True)
    answering.start()
    try:
        with _working(engine) if works else nullcontext():
            yield f"http://{host}:{server.effective_port}"
    finally:
        # First whoever answers, since answering wakes the thread that waits for the sockets; then
        # the sockets, closed by that thread itself: it would trip over it otherwise.
        server.task_dispatcher.shutdown()
        with suppress(OSError):  # it was awake, and is done before we could wake it
            server.trigger.pull_trigger(lambda: wasyncore.close_all(sockets))
        answering.join(timeout=5)


def _working(engine: Engine) -> AbstractContextManager[None]:
    from pb_engine.cli.background import background

    tasks = tasks_of(engine)
    return background(engine, tasks, 20) if tasks else nullcontext()


def wait_for_stop() -> None:
    """Wait for Ctrl-C or a termination signal."""
    stop_signal().wait()
