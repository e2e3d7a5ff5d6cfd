"""Fixtures for the whole house."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, Phase, settings

from pb_engine.store import Stores, StoreUrls, close_stores, migrate, open_stores
from tests.postgres import postgres_server, postgres_urls
from tests.serving import chromium

# One browser for all modules: Playwright runs once in a process.
__all__ = ["chromium", "postgres_server", "postgres_urls"]

# No example has to be quick: machines are shared.  What lands is decided by the same examples
# every time; whoever works on the house explores new ones.
settings.register_profile("house", deadline=None)
settings.register_profile(
    "ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
# Of a mutant we ask only whether it is noticed; the smallest example does not matter.
settings.register_profile(
    "mutants",
    settings.get_profile("ci"),
    phases=[Phase.explicit, Phase.generate],
    max_examples=30,
    database=None,
)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that at the end no processor waits for another."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def migrated_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with four migrated, empty SQLite stores; copy it, never open it."""
    folder = tmp_path_factory.mktemp("migrated")
    migrate(StoreUrls.in_folder(folder))
    return folder


@pytest.fixture
def sqlite_urls(migrated_folder: Path, tmp_path: Path) -> StoreUrls:
    """Four fresh, migrated SQLite files."""
    folder = tmp_path / "stores"
    shutil.copytree(migrated_folder, folder)
    return StoreUrls.in_folder(folder)


@pytest.fixture
def stores(sqlite_urls: StoreUrls) -> Iterator[Stores]:
    """Four fresh, open stores on SQLite."""
    opened = open_stores(sqlite_urls)
    yield opened
    close_stores(opened)


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Iterator[None]:
    """Commands set up logging for the whole process; no test inherits that from another."""
    yield
    structlog.reset_defaults()
