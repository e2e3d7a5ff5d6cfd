"""Programs that bring waiting ballots into the log, and die at a named moment of it.

Started as a program this is a nursery: it imports everything once and forks one per order.
"""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from pb_engine.engine import Engine
from pb_engine.services import sequencing
from pb_engine.store import StoreUrls
from pb_engine.store.box import BoxWork, Journal
from pb_engine.store.box.log import BoxLog
from tests.attacks.staging import a_casting_engine

PLACES = ("before_journal", "after_journal", "moving", "signing", "commit", "after_commit", "sweep")
"""Where it may die: around the journal, between two statements, around the commit, at the sweep."""


@dataclasses.dataclass(frozen=True)
class LogOrder:
    """What one program does.

    :ivar begun: a file that appears when it begins to log.
    :ivar dies: one of ``PLACES``, or nowhere.
    """

    urls: dict[str, str]
    folder: str
    journal: str
    moment: str
    slug: str
    begun: str
    dies: str = ""

    def line(self) -> str:
        return json.dumps(dataclasses.asdict(self)) + "\n"


def journalled(engine: Engine, journal: Path) -> Engine:
    """The same engine with a journal in this folder."""
    settings = dataclasses.replace(engine.settings, journal_folder=journal)
    return dataclasses.replace(engine, settings=settings)


def _death(*_: object, **__: object) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def _dying(call: Callable[..., Any]) -> Callable[..., Any]:
    def first(*args: object, **named: object) -> None:
        call(*args, **named)
        _death()

    return first


def _die(where: str) -> None:
    places: dict[str, tuple[Any, str, Callable[..., Any]]] = {
        "before_journal": (Journal, "note_batch", _death),
        "after_journal": (Journal, "note_batch", _dying(Journal.note_batch)),
        "moving": (BoxLog, "_move", _dying(BoxLog._move)),
        "signing": (BoxLog, "add_head", _dying(BoxLog.add_head)),
        "commit": (BoxWork, "commit", _death),
        "after_commit": (BoxWork, "commit", _dying(BoxWork.commit)),
        "sweep": (sequencing, "sweep", _death),
    }
    if where in places:
        room, name, how = places[where]
        setattr(room, name, how)


def work(order: LogOrder) -> None:
    """Log everything that waits."""
    moment = datetime.fromisoformat(order.moment)
    engine = a_casting_engine(StoreUrls(**order.urls), Path(order.folder), moment)
    _die(order.dies)
    Path(order.begun).touch()
    sequencing.append_waiting(journalled(engine, Path(order.journal)), order.slug, everything=True)


def main() -> None:
    """Read orders, one per line, and answer each with the number of the program that got it."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead need no reaping
    for line in sys.stdin:
        order = LogOrder(**json.loads(line))
        pid = os.fork()
        if pid == 0:
            work(order)
            os._exit(0)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
