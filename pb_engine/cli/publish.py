"""`pb-engine publish`: publish a counted round, and write its bundle to a file."""

from __future__ import annotations

from pathlib import Path

import click

from pb_engine.cli.running import operator, this_engine
from pb_engine.services.bundle import BUNDLE_NAME
from pb_engine.services.publication import download, is_published
from pb_engine.services.publication import publish as publish_round


@click.command()
@click.argument("slug")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Also write the bundle here."
)
def publish(slug: str, out: Path | None) -> None:
    """Publish the counted round SLUG; one that is published stays as it is."""
    engine = this_engine()
    if not is_published(engine, slug):
        publish_round(engine, slug, operator())
    bundle = download(engine, slug, BUNDLE_NAME)
    if out is not None:
        _write(out, bundle.body)
    click.echo(f"{bundle.digest}  {out or BUNDLE_NAME}")


def _write(out: Path, content: bytes) -> None:
    try:
        with out.open("xb") as file:
            file.write(content)
    except OSError as problem:
        raise click.FileError(str(out), hint=problem.strerror) from problem
