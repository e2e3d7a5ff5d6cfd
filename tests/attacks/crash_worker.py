"""The programs that are killed: each casts the ballots of its list and writes down every receipt.

Started as a program this is a nursery.  It imports everything once and forks one program per line
of orders, so that two hundred deaths do not cost two hundred times the start of Python.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from pb_engine.engine import Engine
from pb_engine.errors import StoreProblem
from pb_engine.services import voting
from pb_engine.services.voting import Receipt, cast_ballot
from pb_engine.store import StoreUrls
from pb_engine.store.box import BoxWork
from tests.attacks.staging import a_casting_engine

PAUSE = 0.01


@dataclass(frozen=True)
class Order:
    """What one program does.

    :ivar desk: folder and first part of the names of its files: ``.todo``, ``.done``, ``.trouble``.
    :ivar dies: ``before_commit`` or ``after_commit`` of its first ballot, or nowhere.
    :ivar file_limit: no file may grow beyond this many bytes; 0 for no limit.
    """

    urls: dict[str, str]
    folder: str
    moment: str
    slug: str
    desk: str
    stop: str
    dies: str = ""
    file_limit: int = 0

    def line(self) -> str:
        return json.dumps(asdict(self)) + "\n"


@dataclass(frozen=True)
class Attempt:
    """One ballot that somebody wants to cast."""

    name: str
    voter: str
    ticket: str
    choices: tuple[str, ...]

    def line(self) -> str:
        return json.dumps([self.name, self.voter, self.ticket, self.choices]) + "\n"


def attempts_in(path: Path) -> list[Attempt]:
    """Read a list of attempts; a line that is still being written does not count."""
    whole = path.read_text(encoding="ascii").rpartition("\n")[0]
    return [
        Attempt(name, voter, ticket, tuple(choices))
        for name, voter, ticket, choices in map(json.loads, filter(None, whole.split("\n")))
    ]


def acknowledged_in(path: Path) -> dict[str, Receipt]:
    """Read the receipts that were given, by attempt."""
    if not path.exists():
        return {}
    lines = path.read_text(encoding="ascii").rpartition("\n")[0].split("\n")
    parts = (line.split(" ") for line in lines if line)
    return {
        name: Receipt(number, proof, again == "1", tracker)
        for name, number, proof, again, tracker in parts
    }


class Notebook:
    """An append-only file; what is written in it is on the disk when ``add`` returns."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600)
        # Whoever died in the middle of a line had not acknowledged anything with it.
        size = path.read_bytes().rfind(b"\n") + 1
        os.truncate(self._file, size)

    def add(self, line: str) -> None:
        os.write(self._file, line.encode("ascii"))
        os.fsync(self._file)


def work(order: Order) -> None:
    """Cast everything on the list, in its order, until the list is done and ``stop`` exists."""
    mother = os.getppid()
    _limit(order.file_limit)
    _die(order.dies)
    engine = a_casting_engine(
        StoreUrls(**order.urls), Path(order.folder), datetime.fromisoformat(order.moment)
    )
    book = Notebook(Path(f"{order.desk}.done"))
    trouble = Notebook(Path(f"{order.desk}.trouble"))
    for attempt in _waiting(order):
        receipt = None
        while receipt is None and os.getppid() == mother:
            receipt = _cast(engine, order.slug, attempt, trouble)
        if receipt is None:
            return
        proof = f"{receipt.number} {receipt.signature} {receipt.replaced:d} {receipt.tracker}"
        book.add(f"{attempt.name} {proof}\n")


def _waiting(order: Order) -> Iterator[Attempt]:
    done = set(acknowledged_in(Path(f"{order.desk}.done")))
    mother, todo, stop = os.getppid(), Path(f"{order.desk}.todo"), Path(order.stop)
    while os.getppid() == mother:
        last = stop.exists()
        waiting = [attempt for attempt in attempts_in(todo) if attempt.name not in done]
        if not waiting and last:
            return
        if not waiting:
            time.sleep(PAUSE)
        for attempt in waiting:
            yield attempt
            done.add(attempt.name)


def _cast(engine: Engine, slug: str, attempt: Attempt, trouble: Notebook) -> Receipt | None:
    try:
        return cast_ballot(engine, slug, attempt.ticket, list(attempt.choices), attempt.name)
    except StoreProblem as problem:
        trouble.add(f"{problem.sentence.encode('ascii', 'replace').decode()}\n")
        time.sleep(PAUSE)
        return None


def _limit(size: int) -> None:
    if size:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _die(where: str) -> None:
    def death(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if where == "before_commit":
        BoxWork.commit = death  # type: ignore[method-assign]
    elif where == "after_commit":
        voting.sign_receipt = death  # type: ignore[assignment]


def main() -> None:
    """Read orders, one per line, and answer each with the number of the program that got it."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead need no reaping
    for line in sys.stdin:
        order = Order(**json.loads(line))
        pid = os.fork()
        if pid == 0:
            os._exit(_guarded(order))
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


def _guarded(order: Order) -> int:
    try:
        work(order)
    except BaseException:  # noqa: BLE001 - whatever it is, the campaign must hear of it
        Path(f"{order.desk}.broken").write_text(traceback.format_exc(), encoding="utf-8")
        return 1
    return 0


if __name__ == "__main__":
    main()
