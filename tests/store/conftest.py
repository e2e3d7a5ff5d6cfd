"""Every store contract runs on a SQLite file and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from pb_engine.store import Store
from pb_engine.store.box import BoxWork
from pb_engine.store.connect import open_database
from pb_engine.store.register import RegisterWork
from pb_engine.store.site import SiteWork
from pb_engine.store.study import StudyWork

KINDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))
WORK = {"site": SiteWork, "register": RegisterWork, "box": BoxWork, "study": StudyWork}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def migrated_url(kind: str, request: pytest.FixtureRequest) -> Callable[[str], str]:
    """The address of a fresh database with the schema of the named store."""
    if kind == "sqlite":
        urls = request.getfixturevalue("sqlite_urls")
        return lambda name: getattr(urls, name)
    return request.getfixturevalue("postgres_server").migrated


@pytest.fixture
def empty_url(kind: str, request: pytest.FixtureRequest) -> str:
    """The address of a fresh database without any table."""
    if kind == "sqlite":
        return f"sqlite:///{request.getfixturevalue('tmp_path') / 'empty.sqlite3'}"
    return request.getfixturevalue("postgres_server").empty()


@pytest.fixture
def opened(migrated_url: Callable[[str], str]) -> Iterator[Callable[[str], Store]]:
    """Open a fresh store by name; it is closed after the test."""
    with ExitStack() as stack:

        def open_one(name: str) -> Store:
            store = Store(name, open_database(migrated_url(name)), WORK[name])
            stack.callback(store.close)
            return store

        yield open_one


@pytest.fixture
def site(opened: Callable[[str], Store]) -> Store[SiteWork]:
    return opened("site")


@pytest.fixture
def register(opened: Callable[[str], Store]) -> Store[RegisterWork]:
    return opened("register")


@pytest.fixture
def box(opened: Callable[[str], Store]) -> Store[BoxWork]:
    return opened("box")


@pytest.fixture
def study(opened: Callable[[str], Store]) -> Store[StudyWork]:
    return opened("study")
