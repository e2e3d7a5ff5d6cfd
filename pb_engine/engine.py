"""The engine: four stores, the plugins, the keys and a clock in one frozen value."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from pb_engine.domain.phases import DUTCH_TIME
from pb_engine.errors import StoreProblem
from pb_engine.pluginhost import Plugins, load
from pb_engine.sealing import Keyring, Line
from pb_engine.settings import Settings
from pb_engine.store import Stores, StoreUrls, behind, open_stores

PARTS = ("site", "register", "box")
"""What can be served in a process of its own."""

_STORES = {"site": {"site", "study"}, "register": {"register", "site"}, "box": {"box"}}
_REGISTER_KEYS = ("link", "ticket", "pepper", "subject", "seal", "roll")
_BOX_KEYS = ("receipt", "log", "spent", "paper", "sample")

Clock = Callable[[], datetime]
"""Returns now as an aware datetime in UTC."""


def _wall() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - this is the clock that all others must ask


def _steady() -> float:
    # Goes on while the machine sleeps, and nobody can set it; where there is no such clock, one
    # that only nobody can set.
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class WallClock:
    """The clock of the machine, which can tell when somebody has set it.

    :param wall: returns now, in UTC.
    :param steady: returns seconds that only run forward.
    """

    def __init__(
        self, wall: Callable[[], datetime] = _wall, steady: Callable[[], float] = _steady
    ) -> None:
        self._wall, self._steady = wall, steady
        self._began = wall() - timedelta(seconds=steady())

    def __call__(self) -> datetime:
        """Return now, in UTC."""
        return self._wall()

    def strayed(self) -> timedelta:
        """Return how far this clock was set ahead since the program began; back is negative."""
        return self._wall() - timedelta(seconds=self._steady()) - self._began


wall_clock = WallClock()
"""Returns now.  The only place that asks the machine for the time."""


@dataclass(frozen=True, slots=True)
class Engine:
    """What a use case needs; handed to every service, never a global.

    :ivar parts: what this process serves.  It reaches only the stores which that takes.
    :ivar line: where whoever tries a code waits for the slow hash; one for the whole process.
    """

    settings: Settings
    stores: Stores
    plugins: Plugins
    keyring: Keyring
    clock: Clock
    parts: frozenset[str] = frozenset(PARTS)
    line: Line = field(default_factory=Line)

    def today(self) -> date:
        """Return the day on a Dutch calendar."""
        return self.clock().astimezone(DUTCH_TIME).date()


def store_urls(settings: Settings) -> StoreUrls:
    """Return the addresses of the four stores."""
    return StoreUrls(
        site=settings.site_db,
        register=settings.register_db,
        box=settings.box_db,
        study=settings.study_db,
    )


def build(settings: Settings, clock: Clock = wall_clock, only: str | None = None) -> Engine:
    """Open everything that the settings name.

    :param only: one of ``PARTS``: open the stores of this part and no other.  The box loads no
        plugin either.
    :raises StoreProblem: a store cannot be reached or needs ``pb-engine migrate`` first.
    :raises PluginProblem: a named plugin is missing or wrong.
    """
    urls = store_urls(settings)
    parts = PARTS if only is None else (only,)
    names = frozenset().union(*(_STORES[part] for part in parts))
    late = behind(urls, names)
    if late:
        raise StoreProblem(
            f"the {' and '.join(late)} store must be migrated first: run pb-engine migrate"
        )
    return Engine(
        settings=settings,
        stores=open_stores(urls, names),
        plugins=load(() if parts == ("box",) else settings.plugins),
        keyring=keyring_of(settings),
        clock=clock,
        parts=frozenset(parts),
        line=Line(settings.code_line),
    )


def keyring_of(settings: Settings) -> Keyring:
    """Return the keys, those of register and box in folders of their own where settings say so."""
    register = dict.fromkeys(_REGISTER_KEYS, settings.register_keys)
    box = dict.fromkeys(_BOX_KEYS, settings.box_keys)
    apart = {kind: folder for kind, folder in (register | box).items() if folder}
    return Keyring(settings.keys_folder, demo=settings.demo, apart=apart)
