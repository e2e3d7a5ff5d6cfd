"""The stores that an attack is tried on: SQLite and PostgreSQL."""

from __future__ import annotations

import io
import logging
import os
import threading

import pytest
import structlog

from pb_engine.store import close_stores
from tests.attacks.cluster import durable_cluster
from tests.attacks.staging import an_engine_on


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def urls(request):
    """Four fresh, migrated stores on each kind of database."""
    name = "sqlite_urls" if request.param == "sqlite" else "postgres_urls"
    return request.getfixturevalue(name)


@pytest.fixture
def cluster():
    """A PostgreSQL with fsync on, for this test alone, that may be killed."""
    with durable_cluster() as running:
        if running is None:
            sentence = "these tests need PostgreSQL's server programs: install postgresql"
            if os.environ.get("CI") == "true":
                pytest.fail(sentence)
            pytest.skip(sentence)
        yield running


@pytest.fixture
def engine(urls, tmp_path):
    """A whole engine on each kind of database."""
    built = an_engine_on(urls, tmp_path)
    yield built
    close_stores(built.stores)


@pytest.fixture
def everything_logged():
    """What any part of the program says to any log, at the most talkative level."""
    stream = io.StringIO()
    heard = logging.StreamHandler(stream)
    root = logging.getLogger()
    level = root.level
    root.addHandler(heard)
    root.setLevel(logging.DEBUG)
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(file=stream))
    yield stream
    structlog.reset_defaults()
    root.removeHandler(heard)
    root.setLevel(level)


@pytest.fixture
def at_once():
    """Return a function that does many things in the same instant and gives what came of each."""

    def run(*works):
        start, outcomes = threading.Barrier(len(works)), [None] * len(works)

        def one(place, work):
            start.wait()
            try:
                outcomes[place] = work()
            except Exception as problem:  # noqa: BLE001 - a refusal is an outcome
                outcomes[place] = problem

        threads = [threading.Thread(target=one, args=pair) for pair in enumerate(works)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return outcomes

    return run
