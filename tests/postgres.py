"""A private PostgreSQL server for tests: own folder, own socket, gone afterwards."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

import psycopg
import pytest

from pb_engine.store import StoreUrls, migrate

STORES = tuple(field.name for field in fields(StoreUrls))
_SPEED = (
    *("fsync=off", "full_page_writes=off", "autovacuum=off", "max_connections=120"),
    *("wal_level=minimal", "max_wal_senders=0"),
)
_NEW = ("-U", "postgres", "--auth=trust", "--no-sync", "--encoding=UTF8", "--no-locale")
_STARTS_WITHIN = 30


class PostgresServer:
    """A running server that hands out fresh databases.

    Everything goes over a Unix socket in the server's own folder, so that no port can clash.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names = (f"fresh_{number}" for number in itertools.count(1))
        self._templates: dict[str, str] = {}

    def empty(self) -> str:
        """Return the address of a new, empty database."""
        return self._create("template0")

    def migrated(self, store: str) -> str:
        """Return the address of a new database with the newest schema of one store."""
        if not self._templates:
            urls = StoreUrls(**{name: self.empty() for name in STORES})
            migrate(urls)
            self._templates = {
                name: getattr(urls, name).split("@/")[1].split("?")[0] for name in STORES
            }
        return self._create(self._templates[store])

    def urls(self) -> StoreUrls:
        """Return four new databases with the newest schemas."""
        return StoreUrls(**{name: self.migrated(name) for name in STORES})

    def run(self, statement: str) -> None:
        """Do one statement as the owner of the server."""
        with psycopg.connect(f"host={self._folder} user=postgres", autocommit=True) as connection:
            connection.execute(statement)

    def connections(self, databases: Sequence[str]) -> int:
        """Count who is connected to these databases."""
        asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = ANY(%s)"
        with psycopg.connect(f"host={self._folder} user=postgres") as connection:
            found = connection.execute(asked, [list(databases)]).fetchone()
        return int(found[0]) if found else 0

    def _create(self, template: str) -> str:
        name = next(self._names)
        # Copying files takes a third of the time that writing every page into the journal takes.
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return f"postgresql://postgres@/{name}?host={self._folder}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server; each test process has its own."""
    programs = _programs()
    if programs is None:
        sentence = "these tests need PostgreSQL's server programs: install the package postgresql"
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)
    with _server(programs) as server:
        yield server


@pytest.fixture
def postgres_urls(postgres_server: PostgresServer) -> StoreUrls:
    """Four fresh, migrated databases on PostgreSQL."""
    return postgres_server.urls()


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    elsewhere = shutil.which("initdb")
    return Path(elsewhere).parent if elsewhere else None


@contextmanager
def _server(programs: Path) -> Iterator[PostgresServer]:
    # A Unix socket's path has room for about a hundred characters, less than pytest's own folders.
    with tempfile.TemporaryDirectory(prefix="pbpg", dir="/tmp") as name:
        folder = Path(name)
        account = _account(folder)
        subprocess.run(
            [programs / "initdb", "-D", folder / "db", *_NEW],
            check=True,
            capture_output=True,
            cwd=folder,
            **account,
        )
        settings = [part for setting in _SPEED for part in ("-c", setting)]
        with (
            (folder / "log").open("wb") as log,
            subprocess.Popen(
                [programs / "postgres", "-D", folder / "db", "-k", folder, "-h", "", *settings],
                stdout=log,
                stderr=log,
                cwd=folder,
                **account,
            ) as server,
        ):
            try:
                _wait(server, folder)
                yield PostgresServer(folder)
            finally:
                # SIGQUIT: stop at once; nobody reads these files again.
                server.send_signal(signal.SIGQUIT)
                server.wait(_STARTS_WITHIN)
                # Hundreds of databases are more files than Python removes in a few seconds.
                subprocess.run(["rm", "-rf", folder / "db"], check=True)


def _account(folder: Path) -> dict[str, object]:
    # PostgreSQL refuses to run as root; Debian's package brings an account for it.
    if os.getuid() != 0:
        return {}
    entry = pwd.getpwnam("postgres")
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _wait(server: subprocess.Popen[bytes], folder: Path) -> None:
    latest = time.monotonic() + _STARTS_WITHIN
    while True:
        try:
            psycopg.connect(f"host={folder} user=postgres").close()
        except psycopg.OperationalError as problem:
            if server.poll() is not None or time.monotonic() > latest:
                log = (folder / "log").read_text()
                raise RuntimeError(f"PostgreSQL did not start: {log}") from problem
            time.sleep(0.02)
        else:
            return
