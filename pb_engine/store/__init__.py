"""Four stores with four addresses, and no join between them.  The only room with SQLAlchemy.

Values in, values out: rows and connections never leave.  A unit of work belongs to one store;
nothing is ever committed over two of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import astuple, dataclass, fields
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pb_engine.errors import StoreProblem
from pb_engine.store import migrating
from pb_engine.store.connect import AbsentStore, Database, Store, open_database, read_url
from pb_engine.store.migrating import Migration
from pb_engine.store.sqlite import file_of

if TYPE_CHECKING:
    from pb_engine.store.box import BoxWork
    from pb_engine.store.register import RegisterWork
    from pb_engine.store.site import SiteWork
    from pb_engine.store.study import StudyWork

__all__ = [
    "NAMES",
    "Migration",
    "Store",
    "StoreUrls",
    "Stores",
    "behind",
    "close_stores",
    "migrate",
    "open_stores",
]


_WORK = {"site": "SiteWork", "register": "RegisterWork", "box": "BoxWork", "study": "StudyWork"}
NAMES = tuple(_WORK)
"""The names of the stores."""


@dataclass(frozen=True, slots=True)
class StoreUrls:
    """The addresses of the four stores: ``sqlite:///path`` or ``postgresql://...``."""

    site: str
    register: str
    box: str
    study: str

    @classmethod
    def in_folder(cls, path: Path) -> StoreUrls:
        """Return the addresses of four SQLite files in one folder."""
        return cls(*(f"sqlite:///{path / field.name}.sqlite3" for field in fields(cls)))


@dataclass(frozen=True, slots=True)
class Stores:
    """The four stores, open."""

    site: Store[SiteWork]
    register: Store[RegisterWork]
    box: Store[BoxWork]
    study: Store[StudyWork]


def open_stores(urls: StoreUrls, only: Collection[str] = NAMES) -> Stores:
    """Open the stores; nothing is connected to yet.

    A store in memory (``sqlite://``) gets its tables here, since nobody else can reach it.

    :param only: the stores that this process may reach.  Of the others not even the code is
        loaded, and using one is refused.
    :raises StoreProblem: an address cannot be used, or two stores would share a database.
    """
    _check_apart(urls)
    stores: dict[str, Store[Any]] = {
        name: _store(name, url) if name in only else AbsentStore(name) for name, url in _named(urls)
    }
    return Stores(**stores)


def _store(name: str, url: str) -> Store[Any]:
    work = getattr(import_module(f"pb_engine.store.{name}"), _WORK[name])
    return Store(name, _opened(name, url), work)


def close_stores(stores: Stores) -> None:
    """Close all connections of the stores."""
    for store in (stores.site, stores.register, stores.box, stores.study):
        store.close()


def migrate(urls: StoreUrls) -> tuple[Migration, ...]:
    """Bring all stores to their newest schema; doing it twice changes nothing.

    :raises StoreProblem: a database cannot be reached, belongs to something else, or is of a
        newer version; it is not touched, nor are the stores after it.  Or voting is open in a
        round, and register or box would change under it (``problem="voting"``); then none is
        touched.
    """
    _check_apart(urls)
    _require_no_voting(urls)
    return tuple(_migrated(name, url) for name, url in _named(urls))


def behind(urls: StoreUrls, only: Collection[str] = NAMES) -> tuple[str, ...]:
    """Return the names of the stores that ``migrate`` would change; makes no file.

    :param only: the stores to look at.

    :raises StoreProblem: as ``migrate``.
    """
    _check_apart(urls)
    return tuple(name for name, url in _named(urls) if name in only and _is_behind(name, url))


def _named(urls: StoreUrls) -> Iterator[tuple[str, str]]:
    return zip((field.name for field in fields(urls)), astuple(urls), strict=True)


def _opened(name: str, url: str) -> Database:
    database = open_database(url)
    if database.in_memory:
        migrating.upgrade(name, database)
    return database


def _migrated(name: str, url: str) -> Migration:
    database = open_database(url)
    try:
        return migrating.upgrade(name, database)
    finally:
        database.close()


def _is_behind(name: str, url: str) -> bool:
    if not _is_there(url):
        return file_of(read_url(url)) is not None
    database = open_database(url)
    try:
        return migrating.revision(name, database) != migrating.newest(name)
    finally:
        database.close()


def _is_there(url: str) -> bool:
    """Tell whether there is a database to look at, without making one."""
    address = read_url(url)
    if address.get_backend_name() != "sqlite":
        return True
    file = file_of(address)
    return file is not None and file.exists()


def _require_no_voting(urls: StoreUrls) -> None:
    taking = _asked(urls.box, migrating.open_rounds)
    if not taking:
        return
    for name, url in (("register", urls.register), ("box", urls.box)):
        unsafe = _asked(url, partial(migrating.unsafe, name))
        if unsafe:
            raise StoreProblem(
                f"voting is open in {', '.join(taking)}, and {', '.join(unsafe)} would change the "
                f"{name} store under it: nothing was migrated. Go on with the version of before, "
                "and run pb-engine migrate when voting has closed",
                store=name,
                problem="voting",
            )


def _asked(url: str, question: Callable[[Database], tuple[str, ...]]) -> tuple[str, ...]:
    if not _is_there(url):
        return ()
    database = open_database(url)
    try:
        return question(database)
    finally:
        database.close()


def _check_apart(urls: StoreUrls) -> None:
    places: dict[object, str] = {}
    for name, url in _named(urls):
        place = _place(url)
        if place is not None and place in places:
            raise StoreProblem(
                f"the {places[place]} store and the {name} store have one address; every store "
                "needs a database of its own"
            )
        places[place] = name


def _place(url: str) -> object:
    address = read_url(url)
    if address.get_backend_name() == "sqlite":
        file = file_of(address)
        return None if file is None else file.resolve()
    # Another account or option still leads to the same database.
    host = address.host or address.query.get("host")
    port = address.port or address.query.get("port") or 5432
    return host, str(port), address.database
