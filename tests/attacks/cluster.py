"""A private PostgreSQL that waits for the disk, can be killed whole, and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pb_engine.store import StoreUrls, migrate
from tests.postgres import _NEW, STORES, PostgresServer, _account, _programs, _wait

_DURABLE = (
    "fsync=on",
    "full_page_writes=on",
    "synchronous_commit=on",
    # After a death everything is brought to the disk at once, not file by file: only quicker.
    "recovery_init_sync_method=syncfs",
    "max_connections=120",
)
_PATIENCE = 60


class Cluster:
    """A PostgreSQL server and all its processes."""

    def __init__(self, folder: Path, programs: Path, more: tuple[str, ...] = ()) -> None:
        self.folder = folder
        self._settings = (*_DURABLE, *more)
        self.server = PostgresServer(folder)
        self._programs = programs
        self._account = _account(folder)
        self._main: subprocess.Popen[bytes] | None = None

    def make(self) -> None:
        """Make the files of a new cluster."""
        program = [self._programs / "initdb", "-D", self.folder / "db", *_NEW]
        subprocess.run(program, check=True, capture_output=True, cwd=self.folder, **self._account)

    def start(self) -> None:
        """Start, or start again after a death; return when it takes connections."""
        settings = [part for setting in self._settings for part in ("-c", setting)]
        place = ["-D", self.folder / "db", "-k", self.folder, "-h", ""]
        with (self.folder / "log").open("ab") as log:
            self._main = subprocess.Popen(
                [self._programs / "postgres", *place, *settings],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **self._account,
            )
        _wait(self._main, self.folder)

    def urls(self) -> StoreUrls:
        """Return four new, migrated databases; no others, since each costs time to recover."""
        urls = StoreUrls(**{name: self.server.empty() for name in STORES})
        migrate(urls)
        return urls

    def kill(self) -> int:
        """Kill the postmaster and every process under it at once; return how many died."""
        main = self._main
        assert main is not None
        main.send_signal(signal.SIGSTOP)  # so that it gives birth to nobody meanwhile
        family = [main.pid, *_children(main.pid)]
        for pid in family:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        main.wait(_PATIENCE)
        _until_dead(family[1:])
        return len(family)

    def stop(self) -> None:
        """Stop in order."""
        if self._main is not None and self._main.poll() is None:
            self._main.send_signal(signal.SIGINT)
            self._main.wait(_PATIENCE)


@contextmanager
def durable_cluster(*more: str) -> Iterator[Cluster | None]:
    """Lend a running cluster with fsync on; ``None`` where PostgreSQL is not installed.

    :param more: further settings, as ``name=value``.
    """
    programs = _programs()
    if programs is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="pbpg", dir="/tmp") as name:
        cluster = Cluster(Path(name), programs, more)
        cluster.make()
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in listed.split()]


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that is dead but not reaped does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return state.rpartition(")")[2].split()[0] not in "ZX"


def _until_dead(pids: list[int]) -> None:
    latest = time.monotonic() + _PATIENCE
    while any(map(is_alive, pids)):
        if time.monotonic() > latest:
            raise AssertionError("a killed process of PostgreSQL does not die")
        time.sleep(0.002)
