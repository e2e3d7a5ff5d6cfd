"""Background work: huey keeps queue, beat and workers; every task runs in one place at a time.

A task has a name and nothing else: no argument, no result.  Only that name travels through the
queue, never a pickled object, so that whoever can write in a database makes nothing run here but
a task that would have run anyway.

The work itself bears being done twice at once; that it runs in one place saves work, no more.  So
a lock ends by itself, and no worker that died keeps a task from the others for good.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import structlog
from huey import Huey, PostgresHuey, SqliteHuey
from huey.constants import EmptyData
from huey.consumer import Consumer, Scheduler
from huey.registry import Message
from huey.serializer import Serializer

from pb_engine.engine import Engine
from pb_engine.errors import EngineError, StoreProblem

__all__ = ["LONGEST", "Tasks", "background", "queue_of", "task"]

Tasks = Mapping[str, Callable[[], object]]
"""What there is to do, by name."""

LONGEST = timedelta(minutes=15)
"""A task that began longer ago than this is taken for dead."""
STOP_WITHIN = 40
"""Seconds that a task has to come to its end; then what it holds is left to the next worker."""
_LOOK = 2.0
_log = structlog.get_logger()


@contextmanager
def background(engine: Engine, tasks: Tasks, every: float) -> Iterator[None]:
    """Do each task at once and then every so many seconds, until the end of the block.

    A task that fails is logged, and comes again with the next beat.  At the end what runs is
    finished, within ``STOP_WITHIN``.

    :raises StoreProblem: the queue cannot be opened.
    """
    huey = queue_of(engine)
    for name, act in tasks.items():
        task(engine, huey, name, act)
    consumer = _Consumer(huey, every, workers=max(1, len(tasks)))
    consumer.start()
    watch = threading.Thread(target=consumer.look_after, daemon=True)
    watch.start()
    try:
        yield
    finally:
        consumer.stop(graceful=True)
        watch.join()
        huey.storage.close()


def queue_of(engine: Engine) -> Huey:
    """Return the queue: in the site store where that is PostgreSQL, else a file of its own.

    Processes that serve the same parts share a queue.

    :raises StoreProblem: it cannot be opened.
    """
    name = f"pb-engine-{'-'.join(sorted(engine.parts))}"
    usual: dict[str, Any] = {"results": False, "serializer": _Names()}
    address = engine.settings.site_db
    _quiet()
    try:
        if "site" in engine.parts and address.startswith("postgres"):
            # Behind a pooler of transactions nothing can listen or prepare.
            plain = re.sub(r"^postgres(ql)?(\+\w+)?:", "postgresql:", address)
            pooled = {"blocking": False, "prepare_threshold": None, "connect_timeout": 10}
            return PostgresHuey(name, dsn=plain, **pooled, **usual)
        file = engine.settings.data_folder / "work.sqlite3"
        file.touch(mode=0o600)
        return SqliteHuey(name, filename=str(file), timeout=15, **usual)
    except Exception as problem:  # noqa: BLE001 - of three libraries, each with its own kinds
        raise StoreProblem(
            f"the queue of the background work cannot be opened: {type(problem).__name__}"
        ) from None  # its words may hold a password


def task(engine: Engine, huey: Huey, name: str, act: Callable[[], object]) -> Callable[[], None]:
    """Make a task of the queue; with every beat it is due.

    :returns: what a worker does: nothing where the same task runs elsewhere.
    """

    def once() -> None:
        mark = _taken(engine, huey, name)
        if mark is None:
            return
        try:
            act()
        except EngineError as problem:
            _log.warning("task failed", task=name, code=problem.code, problem=problem.sentence)
        except Exception as problem:  # noqa: BLE001 - a worker outlives whatever a task does
            _log.error("task failed", task=name, problem=type(problem).__name__)
        finally:
            if bytes(_held(huey, name)) == mark:
                huey.storage.delete_data(_lock(name))

    huey.periodic_task(lambda _now: True, name=name)(once)
    return once


def _taken(engine: Engine, huey: Huey, name: str) -> bytes | None:
    """Take the lock of a task; ``None`` when somebody else has it."""
    now = int(engine.clock().timestamp())
    mark = f"{now} {time.monotonic_ns()}".encode()
    if huey.storage.put_if_empty(_lock(name), mark):
        return mark
    began = bytes(_held(huey, name)).partition(b" ")[0]
    if began.isdigit() and abs(now - int(began)) <= LONGEST.total_seconds():
        return None
    huey.storage.delete_data(_lock(name))
    return mark if huey.storage.put_if_empty(_lock(name), mark) else None


def _held(huey: Huey, name: str) -> bytes:
    held = huey.storage.peek_data(_lock(name))
    return b"" if held is EmptyData else held


def _lock(name: str) -> str:
    return f"lock {name}"


class _Names(Serializer):  # type: ignore[misc]  # huey has no types
    """Of a message only the name of its task is kept."""

    def _serialize(self, data: Any) -> bytes:
        return str(data.name).encode()

    def _deserialize(self, data: bytes) -> Message:
        name = bytes(data).decode()
        return Message(name=name, retries=0, retry_delay=0, args=(), kwargs={})


class _Beat(Scheduler):  # type: ignore[misc]  # huey has no types
    """Makes every task due with each beat; huey's own looks once a minute."""

    every = 30.0

    def loop(self, now: Any = None) -> None:
        """Wait for one beat."""
        began = time.monotonic()
        self.enqueue_periodic_tasks(now)
        self.sleep_for_interval(began, self.every)


class _Consumer(Consumer):  # type: ignore[misc]  # huey has no types
    """Threads of this process; whoever starts them says when they stop."""

    def __init__(self, huey: Huey, every: float, workers: int) -> None:
        self._every = every
        super().__init__(huey, workers=workers, max_delay=_LOOK, shutdown_timeout=STOP_WITHIN)

    def _create_scheduler(self) -> _Beat:
        beat = _Beat(self.huey, self.stop_flag, 1, periodic=True)
        beat.every = self._every
        return beat

    def look_after(self) -> None:
        """Replace workers that died, until the end."""
        while not self.stop_flag.wait(_LOOK):
            self.check_worker_health()

    def _set_signal_handlers(self) -> None:
        """Leave signals to the command."""


class _Bridge(logging.Handler):
    """What huey has to complain of becomes a line of our log, without a traceback."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        _log.warning("background work", complaint=record.getMessage(), problem=kind)


def _quiet() -> None:
    logger = logging.getLogger("huey")
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    if not any(isinstance(one, _Bridge) for one in logger.handlers):
        logger.addHandler(_Bridge())
