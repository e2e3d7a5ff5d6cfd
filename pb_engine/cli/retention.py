"""`pb-engine retention ...`: remove what is kept no longer."""

from __future__ import annotations

import click

from pb_engine.cli.running import operator, this_engine
from pb_engine.domain.retention import TERMS
from pb_engine.services.retention import run_retention


@click.group()
def retention() -> None:
    """Remove what is kept no longer than its term."""


@retention.command("run")
@click.argument("slug", required=False)
@click.option("--dry-run", "mode", flag_value="dry", help="Say what would go, and change nothing.")
@click.option("--yes", "mode", flag_value="yes", help="Remove it; nothing brings it back.")
def run(slug: str | None, mode: str | None) -> None:
    """Remove what is over its term, of the round SLUG or of all rounds."""
    if mode is None:
        raise click.UsageError("say --dry-run or --yes")
    found = run_retention(this_engine(), operator(), slug, really=mode == "yes")
    word = "removed" if mode == "yes" else "would go"
    for one in found:
        what = TERMS[one.kept].what.en
        click.echo(
            f"{one.round or 'all rounds'}: {what}: {one.rows} rows and keys {word} "
            f"(term over on {one.since:%Y-%m-%d})"
        )
    if not found:
        click.echo("nothing is over its term")
