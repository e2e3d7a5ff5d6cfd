"""`pb-engine plugins`."""

from __future__ import annotations

import click

from pb_engine.pluginhost import available, load
from pb_engine.settings import read_settings


@click.command()
def plugins() -> None:
    """List installed plugins, which of them are loaded, and what those offer."""
    enabled = read_settings().plugins
    for one in available():
        state = "loaded" if one.name in enabled else "not loaded"
        click.echo(f"{one.name:<20} {one.distribution} {one.version:<10} {state}")
    offers = load(enabled)
    for kind in (
        "voting_methods",
        "identity_checks",
        "trust_surveys",
        "notifiers",
        "exporters",
        "result_views",
    ):
        cards = (offer.card for offer in getattr(offers, kind).values())
        listed = ", ".join(f"{card.name} {card.version}" for card in cards)
        click.echo(f"{kind.replace('_', ' ')}: {listed or 'none'}")
