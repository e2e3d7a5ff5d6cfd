"""`pb-engine count`: the count of an exported box, on a machine without a network."""

from __future__ import annotations

import os
from pathlib import Path

import click

from pb_engine.cli.shares import forbid_dumps, take_shares
from pb_engine.errors import FolderRefused
from pb_engine.pluginhost import load
from pb_engine.services.box_checks import box_digest_of, check_box, trustees_in
from pb_engine.services.box_file import BoxExport, read_box_file
from pb_engine.services.count_file import Count, count_digest, signed_count
from pb_engine.services.frozen import frozen_election, frozen_method
from pb_engine.services.offline_count import count_box
from pb_engine.units import euros

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("export", type=_FILE)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="New file for the count."
)
@click.option("--share-file", "files", type=_FILE, multiple=True, help="A share in a file.")
@click.option("--plugin", "plugins", multiple=True, help="Plugin of the voting method.")
@click.option(
    "--despite-register",
    is_flag=True,
    help="Go on although the register does not fit the box, or itself.",
)
def count(
    export: Path,
    out: Path,
    files: tuple[Path, ...],
    plugins: tuple[str, ...],
    despite_register: bool,
) -> None:
    """Check an exported box, take shares one by one, open, count twice, sign."""
    forbid_dumps()
    _require_new(out)
    box = read_box_file(export)
    for sentence in check_box(box, despite_register=despite_register):
        click.echo(f"ok   {sentence}")
    click.echo(f"     box digest, as the event log has it since the close: {box_digest_of(box)}")
    # Loaded before any share is asked for: a missing plugin costs nobody a secret.
    loaded = load(plugins or [frozen_method(box.rules).name])
    counted = count_box(box, take_shares(trustees_in(box), files), loaded)
    _tell(box, counted)
    _write(out, counted)


def _tell(box: BoxExport, counted: Count) -> None:
    opening, outcome = counted.opening, counted.outcome
    click.echo(
        f"\n{len(opening.counted)} ballots count, {len(opening.superseded)} were replaced by their "
        f"voters, {opening.invalid} are invalid; counted twice by {counted.method.name}"
    )
    projects = {one.id: one for one in frozen_election(box.rules, ()).projects}
    for name in outcome.selected:
        one = projects[name]
        click.echo(f"funded: {one.title} ({euros(one.cost)})")


def _write(out: Path, counted: Count) -> None:
    raw, words = signed_count(counted)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        with os.fdopen(os.open(out, flags, 0o600), "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
    except OSError as problem:
        raise FolderRefused(f"{out} cannot be written: {problem.strerror}") from problem
    click.echo(f"\nSHA-256 of the count (the same on every machine): {count_digest(counted)}")
    click.echo(f"Read these words out and write them down: {words}")
    click.echo(
        f"They name the key that signed {out.name}; that key is gone. On the server: "
        f"pb-engine box import {counted.round} {out.name}"
    )


def _require_new(out: Path) -> None:
    if out.exists():
        raise FolderRefused(f"{out} exists; it was not touched")
    if not out.absolute().parent.is_dir():
        raise FolderRefused(f"{out} cannot be written: there is no such folder")
