"""What several commands share: the engine of this installation, and quiet structured logs."""

from __future__ import annotations

import getpass
import logging
import signal
import sys
import threading
from typing import TextIO, cast

import click
import structlog

from pb_engine.engine import Engine, build
from pb_engine.settings import Settings, read_settings
from pb_engine.store import close_stores


def this_engine(only: str | None = None) -> Engine:
    """Build the engine that the environment describes; the command that asks closes it at its end.

    :param only: one of its parts.
    :raises EngineError: settings, stores or plugins are not in order.
    """
    settings = read_settings()
    write_logs(settings)
    engine = build(settings, only=only)
    click.get_current_context().call_on_close(lambda: close_stores(engine.stores))
    return engine


def stop_signal() -> threading.Event:
    """Return what is set at Ctrl-C or a termination signal; both end a program in good order."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


def operator() -> str:
    """Return how the event log calls whoever runs a command."""
    try:
        return f"operator:{getpass.getuser()}"
    except (KeyError, OSError):
        return "operator"


class _StandardError:
    """Standard error as it is when a line is written, not as it was when logging was set up."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def write_logs(settings: Settings) -> None:
    """Write structured logs to standard error: one JSON line per event, no personal data."""
    level = getattr(logging, settings.log_level.upper())
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=cast("TextIO", _StandardError())),
    )
