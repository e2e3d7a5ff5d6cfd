"""Writing down what happened, where nothing else of the site store changes with it."""

from __future__ import annotations

from pb_engine.domain.events import Event, LogEntry
from pb_engine.engine import Engine

__all__ = ["LogEntry", "write_down"]


def write_down(engine: Engine, event: Event) -> None:
    """Put an event into the log."""
    with engine.stores.site.write() as work:
        work.log.append(event, engine.clock())
        work.commit()
