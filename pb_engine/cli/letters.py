"""`pb-engine letters ROUND`: codes, letters and the list of a print shop, in one go."""

from __future__ import annotations

from pathlib import Path

import click

from pb_engine.cli.running import operator, this_engine
from pb_engine.cli.shares import forbid_dumps
from pb_engine.services.letters import making, sources
from pb_engine.services.letters.print_shop import LIST_NAME
from pb_engine.services.letters.streets import read_streets

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_TRIAL = 3
_SKIPPED = {
    "secret_address": "have a secret address",
    "not_active": "moved away or left the register",
    "no_address": "have no address in the register",
}


@click.command()
@click.argument("round_", metavar="ROUND")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="New folder for the letters and their list.",
)
@click.option(
    "--number",
    type=int,
    help="So many letters to nobody by name; without it, one to everybody in the voter register "
    "who has no code yet.",
)
@click.option("--area", help="Only for this area.")
@click.option("--per-file", type=int, default=making.PER_FILE, help="So many letters per PDF file.")
@click.option("--large-print", is_flag=True, help="18 points instead of 11.")
@click.option("--trial", is_flag=True, help="PROEF on every page, and codes that open no door.")
@click.option("--streets", type=_FILE, help="CSV with postcode, street and place.")
@click.option("--persona", type=click.IntRange(1, 5), help="Add this extra paragraph.")
def letters(
    round_: str,
    out: Path,
    number: int | None,
    area: str | None,
    per_file: int,
    large_print: bool,
    trial: bool,
    streets: Path | None,
    persona: int | None,
) -> None:
    """Make voting codes for ROUND and write them as letters, once."""
    forbid_dumps()
    made = making.make_letters(
        this_engine(),
        round_,
        _source(number, area, trial=trial),
        out,
        operator(),
        per_file=per_file,
        large=large_print,
        trial=trial,
        persona=persona,
        streets=read_streets(streets) if streets else None,
    )
    _report(made, trial=trial)


def _source(number: int | None, area: str | None, *, trial: bool) -> sources.Source:
    if trial:
        return sources.invented(number or _TRIAL)
    if number is not None:
        return sources.without_register(number, area)
    return sources.from_register(area)


def _report(made: making.Made, *, trial: bool) -> None:
    printed = made.printed
    click.echo(
        f"{printed.letters} letters in {len(printed.files)} files, and {LIST_NAME}, "
        f"in {printed.folder}"
    )
    for reason, number in sorted(made.skipped.items()):
        click.echo(f"{number} residents {_SKIPPED[reason]}: no letter; give them a code otherwise")
    if made.changed:
        click.echo(f"{made.changed} names have a character that cannot be printed; see '?'")
    if trial:
        click.echo("A trial: these codes open no door.")
    else:
        click.echo(
            "This folder is the only copy of these codes: nobody can look them up. Send it to "
            "the print shop over a safe way, and delete it when the letters are posted."
        )
