"""`pb-engine theme`: a municipality's design tokens become a house style, without Node."""

from __future__ import annotations

from pathlib import Path

import click

from pb_engine.errors import InvalidSettings
from web.themes.theme import Theme, make_theme, read_theme


@click.group()
def theme() -> None:
    """Make and check a house style from design tokens."""


@theme.command("import")
@click.argument("tokens", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", required=True, help="Name of the house style.")
@click.option("--licence", default="", help="Who may use it.")
@click.option(
    "--fonts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with WOFF2 files, named like noto-sans-latin-700.woff2.",
)
def import_tokens(tokens: Path, folder: Path, name: str, licence: str, fonts: Path | None) -> None:
    """Turn a file of design TOKENS into a theme FOLDER; nothing is written when it is no good."""
    if folder.exists() and any(folder.iterdir()) and not (folder / "theme.css").exists():
        raise InvalidSettings(f"{folder} holds something that is no theme; name another folder")
    found = {one.name: one.read_bytes() for one in sorted(fonts.glob("*.woff2"))} if fonts else {}
    made = make_theme(tokens.read_bytes(), folder, name=name, licence=licence, fonts=found)
    _tell(made)
    click.echo(f"Set PB_THEME={folder.absolute()}")


@theme.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def check(folder: Path) -> None:
    """Judge a theme FOLDER: values, contrast and fonts."""
    _tell(read_theme(folder))


def _tell(made: Theme) -> None:
    click.echo(f"{made.name}: {len(made.properties)} properties, {len(made.fonts)} fonts")
    for family in made.missing_fonts():
        click.echo(f"no file for {family}: who does not have it sees a font of the device")
