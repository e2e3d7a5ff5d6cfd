"""`pb-engine codes ...`."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time
from typing import TextIO

import click

from pb_engine.cli.running import operator, this_engine
from pb_engine.engine import Engine
from pb_engine.services import batch_moves, code_batches, letter_rows
from pb_engine.services import codes as service

_REASON = click.option("--reason", required=True, help="Goes into the event log; no names.")
_LONGEST_LIST = 1_000_000
_CODE = click.option("--code", prompt=True, hide_input=True, help="Asked for when left out.")


@click.group()
def codes() -> None:
    """Issue, follow, withdraw and replace voting codes."""


@codes.command("issue")
@click.argument("slug")
@click.argument("number", type=int, required=False)
@click.option("--kind", type=click.Choice(code_batches.KINDS), default="letter", show_default=True)
@click.option("--area", help="Count their turnout in this area.")
@click.option(
    "--people",
    type=click.File(encoding="utf-8-sig"),
    help="In a round with a register: for whom, a file with one person's number per line.",
)
def issue(
    slug: str, number: int | None, kind: str, area: str | None, people: TextIO | None
) -> None:
    """Issue NUMBER voting codes and print them, once; nobody can look them up later.

    With --people there is no NUMBER: each line has the person's number and a code for the voting
    right which that person has already.
    """
    listed = None if people is None else _listed(people)
    if (number is None) is (listed is None):
        raise click.UsageError("say how many codes, or give --people FILE")
    engine = this_engine()
    with _measured() as progress:
        issued = code_batches.create_batch(
            engine,
            slug,
            kind=kind,
            number=number,
            area=area,
            people=listed,
            by=operator(),
            progress=progress,
        )
    click.echo(f"# {slug}, batch {issued.batch}", err=True)
    for at, code in enumerate(issued.codes):
        click.echo(code if listed is None else f"{_tame(listed[at])};{code}")


def _listed(file: TextIO) -> list[str]:
    """Return the lines of a list of people, without empty ones and bounded."""
    try:
        text = file.read(_LONGEST_LIST + 1)
    except UnicodeDecodeError as problem:
        raise click.ClickException("the list of people is not UTF-8") from problem
    if len(text) > _LONGEST_LIST:
        raise click.ClickException(f"the list of people is longer than {_LONGEST_LIST} characters")
    return [line.strip() for line in text.splitlines() if line.strip()]


@codes.command("export")
@click.argument("slug")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--area", help="Only residents of this area.")
def export(slug: str, file: Path, area: str | None) -> None:
    """Give every resident without a code one, and write codes and addresses to FILE, once.

    FILE must not exist; it becomes readable by this account only.  Residents with a secret address
    get no code: they are counted, and must be called.
    """
    engine = this_engine()
    with _new_file(file) as out, _measured() as progress:
        issued = code_batches.create_batch(
            engine, slug, kind="letter", area=area, by=operator(), progress=progress
        )
        _write(engine, slug, issued, out)
    click.echo(f"{slug}, batch {issued.batch}: {len(issued.rows)} codes in {file}")
    click.echo(f"secret addresses without a code: {len(issued.secret)}")


@codes.command("list")
@click.argument("slug")
def list_(slug: str) -> None:
    """List the batches of a round with their states and the states of their codes."""
    for line in batch_moves.batches_of(this_engine(), slug):
        told = ", ".join(f"{number} {state}" for state, number in line.states.items() if number)
        one = line.batch
        click.echo(f"{one.batch}\t{one.kind}\t{one.state}\t{one.area or '-'}\t{one.made}\t{told}")


@codes.command("state")
@click.argument("slug")
@click.argument("batch", type=int)
@click.argument("to", type=click.Choice(["sent", "returned", "void"]))
@_REASON
def state(slug: str, batch: int, to: str, reason: str) -> None:
    """Say that a batch was sent, came back, or is withdrawn; used codes stay used."""
    moved = batch_moves.move_batch(this_engine(), slug, batch, to, reason, operator())
    click.echo(f"batch {batch} is {to}, with {moved} codes")


@codes.command("returned")
@click.argument("slug")
@_CODE
@_REASON
def returned(slug: str, code: str, reason: str) -> None:
    """Note that the letter with a code came back; the code opens no door any more."""
    service.return_code(this_engine(), slug, code, reason, operator())
    click.echo("returned")


@codes.command("void")
@click.argument("slug")
@_CODE
@_REASON
def void(slug: str, code: str, reason: str) -> None:
    """Withdraw an unused code with its voting right."""
    service.void_code(this_engine(), slug, code, reason, operator())
    click.echo("withdrawn")


@codes.command("replace")
@click.argument("slug")
@_CODE
@_REASON
def replace(slug: str, code: str, reason: str) -> None:
    """Replace a code; the old one is dead from now on."""
    click.echo(service.replace_code(this_engine(), slug, code, reason, operator()))


@contextmanager
def _measured() -> Iterator[code_batches.Progress]:
    """Lend a progress bar, and say afterwards what one code took."""
    made, wall, cpu = 0, perf_counter(), process_time()
    with click.progressbar(length=1, label="codes", file=sys.stderr) as bar:

        def told(more: int, of: int) -> None:
            nonlocal made
            made += more
            bar.length = of
            bar.update(more)

        yield told
    if made:
        wall, cpu = (perf_counter() - wall) / made, (process_time() - cpu) / made
        click.echo(
            f"# {made} codes: {wall * 1000:.1f} ms each, {cpu * 1000:.1f} ms of a processor",
            err=True,
        )


@contextmanager
def _new_file(path: Path) -> Iterator[TextIO]:
    """Open a file that is not there yet, for this account only; nothing stays after a mistake."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as problem:
        raise click.ClickException(f"cannot make {path}: {problem.strerror}") from problem
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as out:
            yield out
    except BaseException:
        path.unlink()
        raise


def _write(engine: Engine, slug: str, issued: code_batches.IssuedBatch, out: TextIO) -> None:
    rows = csv.writer(out, delimiter=";")
    rows.writerow(("batch", "code", "name", "postcode", "house", "addition"))
    for code, person in letter_rows.addressed(engine, slug, issued):
        place = (person.postcode, person.house, person.addition)
        rows.writerow((issued.batch, code, _tame(person.name), *map(_tame, map(str, place))))


def _tame(cell: str) -> str:
    """Keep a spreadsheet from taking a name for a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r＝＋－＠" and cell else cell
