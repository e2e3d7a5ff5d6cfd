"""`pb-engine doctor`: a check list in sentences."""

from __future__ import annotations

from collections.abc import Callable

import click

from pb_engine.engine import build, store_urls
from pb_engine.errors import EngineError
from pb_engine.pluginhost import load
from pb_engine.sealing import Keyring
from pb_engine.services.desk import log_page
from pb_engine.services.rollback import require_whole
from pb_engine.services.rounds import round_list
from pb_engine.settings import Settings, read_settings
from pb_engine.store import behind


@click.command()
def doctor() -> None:
    """Check settings, stores, keys, plugins, event log and boxes; exit 1 when one is wrong."""
    settings = read_settings()
    checks: list[tuple[str, Callable[[Settings], str]]] = [
        ("stores", _stores),
        ("plugins", _plugins),
        ("keys", _keys),
        ("event log", _event_log),
        ("ballot boxes", _boxes),
    ]
    wrong = 0
    for name, check in checks:
        try:
            click.echo(f"ok     {name}: {check(settings)}")
        except EngineError as problem:
            wrong += 1
            click.echo(f"WRONG  {name}: {problem.sentence}")
    if wrong:
        raise SystemExit(1)


def _stores(settings: Settings) -> str:
    late = behind(store_urls(settings))
    if late:
        raise EngineError(f"run pb-engine migrate for: {', '.join(late)}")
    return "all four are reachable and at this version"


def _plugins(settings: Settings) -> str:
    return f"{len(load(settings.plugins).loaded)} loaded"


def _keys(settings: Settings) -> str:
    ring = Keyring(settings.keys_folder, demo=settings.demo)
    names = ring.names()
    for name in names:
        ring.get(name)
    return f"{len(names)} key files, all readable by this account only"


def _event_log(settings: Settings) -> str:
    return f"{log_page(build(settings), limit=1).checked} entries, the chain is whole"


def _boxes(settings: Settings) -> str:
    engine = build(settings)
    for stored in round_list(engine):
        require_whole(engine, stored.round.slug)
    kept = "with" if settings.journal_folder else "without"
    return f"every acknowledged ballot is there, as far as can be seen {kept} a journal"
