"""`pb-engine paper ...`: ballot papers to print."""

from __future__ import annotations

from pathlib import Path

import click

from pb_engine.cli.running import operator, this_engine
from pb_engine.errors import FolderRefused
from pb_engine.services.paper.printing import print_papers


@click.group()
def paper() -> None:
    """Print ballot papers."""


@paper.command("ballots")
@click.argument("slug")
@click.option("--number", type=int, required=True, help="How many; at most 500 in one file.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="A new PDF file.",
)
def ballots(slug: str, number: int, out: Path) -> None:
    """Write NUMBER ballot papers with fresh numbers on their strips to a PDF."""
    if out.exists() or not out.parent.is_dir():
        raise FolderRefused(f"{out} is there already, or its folder is not")
    made = print_papers(this_engine(), slug, number, operator())
    try:
        with out.open("xb") as file:
            file.write(made.pdf)
    except OSError as problem:
        raise FolderRefused(f"{out} cannot be written: {problem.strerror}") from problem
    last = made.first + made.number - 1
    click.echo(f"{slug}: {made.number} ballot papers in {out.name}, numbers {made.first} to {last}")
