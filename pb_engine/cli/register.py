"""`pb-engine register ...`: the voter register of a round."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from pb_engine.cli.running import operator, this_engine
from pb_engine.errors import FolderRefused
from pb_engine.services.amending import KINDS, ROW_FIELDS
from pb_engine.services.amendments import changes_of, decide_change, propose_change
from pb_engine.services.register_check import check_register
from pb_engine.services.register_figures import register_figures
from pb_engine.services.register_import import dry_run, import_register
from pb_engine.services.roll import DUTCH, Report, read_columns

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group()
def register() -> None:
    """Take in, check and change the voter register of a round."""


@register.command("import")
@click.argument("slug")
@click.argument("file", type=_FILE)
@click.option("--dry-run", "dry", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--columns", type=_FILE, help="A schema file: which column holds what.")
@click.option("--report", type=click.Path(path_type=Path), help="New CSV file for all findings.")
def import_command(
    slug: str, file: Path, dry: bool, columns: Path | None, report: Path | None
) -> None:
    """Take in a voter register from a CSV FILE, all of it or nothing."""
    chosen = read_columns(columns.read_bytes(), columns.name) if columns else DUTCH
    engine = this_engine()
    with file.open("rb") as stream, _new_report(report) as out:
        with _bar(file, passes=2) as step:
            found = dry_run(engine, slug, stream, chosen, report=out, step=step)
        _tell(found)
        if dry:
            raise SystemExit(1 if found.wrong else 0)
        seen = found.reading.digest
        with _bar(file, passes=4) as step:
            done = import_register(
                engine, slug, stream, operator(), chosen, expected=seen, step=step
            )
    click.echo(f"{slug}: {done.taken} residents taken in, each with a voting right")


@register.command("check")
@click.argument("slug")
def check(slug: str) -> None:
    """Compare the register with what was frozen and with the event log; exit 1 when it differs."""
    checked = check_register(this_engine(), slug)
    since = "not frozen" if checked.frozen is None else f"{checked.frozen} at the opening"
    click.echo(
        f"{slug}: {checked.rights} voting rights ({since}, {checked.added} since, "
        f"{checked.vouched} by identity checks)"
    )
    for one in checked.problems:
        click.echo(f"WRONG  {one.sentence.en}", err=True)
    if checked.problems:
        raise SystemExit(1)
    click.echo("ok     every voting right, code and change is where it must be")


@register.command("show")
@click.argument("slug")
def show(slug: str) -> None:
    """Show the register in numbers, and the changes that were proposed."""
    engine = this_engine()
    figures = register_figures(engine, slug)
    state = "frozen" if figures.digest else "not frozen" if figures.residents else "none"
    click.echo(f"register  {state}, {figures.residents} residents")
    if figures.digest:
        click.echo(f"digest    {figures.digest}")
    for area, number in figures.areas.items():
        click.echo(f"{area or 'unknown area':<24} {'not shown' if number is None else number}")
    for one in changes_of(engine, slug):
        who = f"by {one.proposed_by}" + (f", decided by {one.decided_by}" if one.decided_by else "")
        click.echo(f"change {one.amendment}: {one.kind}, {one.state}, {who}: {one.reason}")


@register.command("amend")
@click.argument("slug")
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--reason", required=True, help="Why; no names: it stands in the event log.")
@click.option("--resident", default="", help="Identifier of the resident that it is about.")
@click.option("--set", "given", multiple=True, metavar="FIELD=VALUE", help="What is so from now.")
def amend(slug: str, kind: str, reason: str, resident: str, given: tuple[str, ...]) -> None:
    """Propose a change of a frozen register; another official decides."""
    told = {"resident": resident, **_fields(given)}
    number = propose_change(this_engine(), slug, kind, told, reason, operator())
    click.echo(f"{slug}: change {number} waits for another official")


@register.command("decide")
@click.argument("slug")
@click.argument("number", type=int)
@click.argument("decision", type=click.Choice(["approve", "refuse"]))
def decide(slug: str, number: int, decision: str) -> None:
    """Approve or refuse change NUMBER, which somebody else proposed."""
    agreed = decision == "approve"
    after = decide_change(this_engine(), slug, number, operator(), agreed=agreed)
    click.echo(f"{slug}: change {number} is {after.state}")


def _fields(given: tuple[str, ...]) -> Mapping[str, str]:
    told = {}
    for one in given:
        name, is_, value = one.partition("=")
        if not is_ or name not in ROW_FIELDS:
            raise click.UsageError(f"--set {one}: FIELD is one of {', '.join(ROW_FIELDS)}")
        told[name] = value
    return told


def _tell(found: Report) -> None:
    click.echo(f"read as {found.reading.said}; SHA-256 {found.reading.digest}")
    if found.reading.unread:
        click.echo(f"columns that nothing is read from: {', '.join(found.reading.unread[:20])}")
    click.echo(
        f"{found.rows} rows: {found.taken} taken in, {found.left_out} left out, "
        f"{found.wrong} wrong; {found.secret} get no letter"
    )
    for kind, number in found.kinds.items():
        lines = [one for one in found.first if one.kind == kind]
        click.echo(f"{lines[0].level:<9} {number} x {lines[0].sentence.en}")
        for one in lines:
            click.echo(f"          line {one.line}" + (f": {one.detail}" if one.detail else ""))
        if number > len(lines):
            click.echo(f"          and {number - len(lines)} more")


@contextmanager
def _bar(file: Path, *, passes: int) -> Iterator[Callable[[int], None]]:
    label = "looking" if passes == 2 else "taking in"  # noqa: PLR2004 - a dry run reads it twice
    length = file.stat().st_size * passes
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:

        def step(number: int) -> None:
            bar.update(number)

        yield step


@contextmanager
def _new_report(path: Path | None) -> Iterator[TextIO | None]:
    if path is None:
        yield None
        return
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        descriptor = os.open(path, flags, 0o600)
    except OSError as problem:
        raise FolderRefused(f"{path} cannot be written: {problem.strerror}") from problem
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        yield file
