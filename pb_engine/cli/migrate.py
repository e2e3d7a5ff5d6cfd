"""`pb-engine migrate`."""

from __future__ import annotations

import click

from pb_engine.engine import store_urls
from pb_engine.settings import read_settings
from pb_engine.store import migrate as migrate_stores


@click.command()
def migrate() -> None:
    """Bring the four stores to this version; safe to run twice."""
    settings = read_settings()
    settings.data_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for one in migrate_stores(store_urls(settings)):
        if one.before == one.after:
            click.echo(f"{one.store}: at {one.after}, nothing to do")
        else:
            click.echo(f"{one.store}: {one.before or 'empty'} -> {one.after}")
