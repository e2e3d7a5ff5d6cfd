"""`pb-engine box ...`: the ballot box of a round and its log."""

from __future__ import annotations

from pathlib import Path

import click

from pb_engine.cli.running import operator, this_engine
from pb_engine.services.box_export import export_box
from pb_engine.services.count_file import WORDS
from pb_engine.services.count_import import take_in_count
from pb_engine.services.replaying import replay as put_back
from pb_engine.services.rollback import require_box_whole, require_whole
from pb_engine.services.sequencing import append_waiting
from pb_engine.units import RoundId


@click.group()
def box() -> None:
    """Check a ballot box, and put back what a restore has lost."""


@box.command("check")
@click.argument("slug")
def check(slug: str) -> None:
    """Say whether everything that was acknowledged is in the box; exit 1 when it is not."""
    require_box_whole(this_engine(), RoundId(slug))
    click.echo(f"{slug}: nothing is missing")


@box.command("log")
@click.argument("slug")
def log(slug: str) -> None:
    """Log the ballots that wait, however few, and sign the new head."""
    done = append_waiting(this_engine(), slug, everything=True)
    click.echo(f"{slug}: {done.entries} ballots logged, {done.size} in the log")


@box.command("replay")
@click.argument("slug")
def replay(slug: str) -> None:
    """Put back into the box what the journal has and the box has not; safe to repeat."""
    engine = this_engine()
    done = put_back(engine, slug)
    click.echo(f"{slug}: {done.ballots} ballots and {done.entries} log entries put back")
    if done.replaced:
        click.echo(f"{done.replaced} ballots had been replaced by later ones of the same voter")
    if done.closed:
        click.echo("the box is closed again, as it was before")
    if done.damaged:
        click.echo(f"{done.damaged} bytes of the journal could not be read", err=True)
    require_whole(engine, RoundId(slug))


@box.command("export")
@click.argument("slug")
@click.argument("out", type=click.Path(path_type=Path))
def export(slug: str, out: Path) -> None:
    """Write the closed box to the new file OUT, for a count with trustees."""
    number = export_box(this_engine(), slug, out)
    click.echo(
        f"{slug}: {number} sealed ballots in {out.name}; nobody can read them without shares"
    )


@box.command("import")
@click.argument("slug")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--words",
    prompt=f"The {WORDS} words that were read out at the count",
    help="The words that were read out at the count; asked for when left out.",
)
def import_count(slug: str, file: Path, words: str) -> None:
    """Take in the count FILE of trustees, after checking it against the box."""
    opened = take_in_count(this_engine(), slug, file.read_bytes(), words, operator())
    click.echo(
        f"{opened.counted} ballots count, {opened.superseded} were replaced by their voters, "
        f"{opened.invalid} are invalid. Next: pb-engine round count {slug}"
    )
