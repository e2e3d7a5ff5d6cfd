"""`pb-engine areas ...`: outlines of areas for the map."""

from __future__ import annotations

from pathlib import Path

import click

from pb_engine.cli.running import operator, this_engine
from pb_engine.services.area_shapes import import_shapes
from pb_engine.services.geojson import LARGEST_FILE


@click.group()
def areas() -> None:
    """Take in outlines of areas for the map."""


@areas.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--code", help="The property that holds the code of an area.")
@click.option("--source", required=True, help="Whose outlines these are; it stands under the map.")
def import_command(file: Path, code: str | None, source: str) -> None:
    """Take in the outlines of a GeoJSON FILE in WGS 84, all of them or none."""
    with file.open("rb") as stream:
        raw = stream.read(LARGEST_FILE + 1)
    done = import_shapes(this_engine(), raw, code=code, source=source, by=operator())
    click.echo(f"{done.areas} areas, {done.points} points kept of {done.before}")
    for slug, drawn, all_of_them in done.rounds:
        click.echo(f"{slug}: {drawn} of {all_of_them} areas have an outline")
