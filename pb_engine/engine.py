"""The engine: four stores, the plugins, the keys and a clock in one frozen value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from pb_engine.domain.phases import DUTCH_TIME
from pb_engine.errors import StoreProblem
from pb_engine.pluginhost import Plugins, load
from pb_engine.sealing import Keyring
from pb_engine.settings import Settings
from pb_engine.store import Stores, StoreUrls, behind, open_stores

Clock = Callable[[], datetime]
"""Returns now as an aware datetime in UTC."""


def wall_clock() -> datetime:
    """Return now, in UTC.  The only place that asks the machine for the time."""
    return datetime.now(UTC)  # noqa: TID251 - this is the clock that all others must ask


@dataclass(frozen=True, slots=True)
class Engine:
    """What a use case needs; handed to every service, never a global."""

    settings: Settings
    stores: Stores
    plugins: Plugins
    keyring: Keyring
    clock: Clock

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


def build(settings: Settings, clock: Clock = wall_clock) -> Engine:
    """Open everything that the settings name.

    :raises StoreProblem: a store cannot be reached or needs ``pb-engine migrate`` first.
    :raises PluginProblem: a named plugin is missing or wrong.
    """
    urls = store_urls(settings)
    late = behind(urls)
    if late:
        raise StoreProblem(
            f"the {' and '.join(late)} store must be migrated first: run pb-engine migrate"
        )
    return Engine(
        settings=settings,
        stores=open_stores(urls),
        plugins=load(settings.plugins),
        keyring=Keyring(settings.keys_folder, demo=settings.demo),
        clock=clock,
    )
