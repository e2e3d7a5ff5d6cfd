"""`pb-engine adopt`: note that a second person adopted the outcome of a round."""

from __future__ import annotations

import click

from pb_engine.cli.running import operator, this_engine
from pb_engine.services import adoption


@click.command()
@click.argument("slug")
@click.option("--by", required=True, help="Name of who adopts; not who had it counted.")
def adopt(slug: str, by: str) -> None:
    """Adopt the counted outcome of SLUG, after which it can be published."""
    made = adoption.adopt(this_engine(), slug, by, operator())
    click.echo(f"outcome {made.outcome_digest} adopted by {made.by}")
