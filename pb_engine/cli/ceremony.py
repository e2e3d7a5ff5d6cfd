"""`pb-engine ceremony`: a round key for trustees, made and checked without a network."""

from __future__ import annotations

from pathlib import Path

import click

from pb_engine.cli.shares import ask, forbid_dumps, take_shares
from pb_engine.sealing import check_words, restored, try_key
from pb_engine.services import ceremony as service

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("round_", metavar="ROUND", required=False)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="New folder for the sheets."
)
@click.option("--threshold", type=int, help="So many shares open the box (3).")
@click.option("--shares", type=int, help="So many trustees keep one (5).")
@click.option("--trustee", "names", multiple=True, help="Name of a trustee; once per share.")
@click.option("--check", type=_FILE, help="Check a sheet against this public file.")
@click.option("--whole", is_flag=True, help="With --check: type the whole share, not its words.")
@click.option("--rehearse", type=_FILE, help="Try enough sheets of paper on this public file.")
def ceremony(
    round_: str | None,
    out: Path | None,
    threshold: int | None,
    shares: int | None,
    names: tuple[str, ...],
    check: Path | None,
    whole: bool,
    rehearse: Path | None,
) -> None:
    """Make the key of ROUND (a round file or a slug), split over trustees, one sheet each."""
    forbid_dumps()
    if check:
        _check(check, whole=whole)
    elif rehearse:
        _rehearse(rehearse)
    elif round_ and out:
        _hold(service.make_plan(round_, names, threshold, shares), out)
    else:
        raise click.UsageError("name a ROUND and --out, or a file with --check or --rehearse")


def _hold(plan: service.Plan, out: Path) -> None:
    held = service.hold(plan, out)
    total, needed = len(held.key.trustees), held.key.threshold
    tried = held.rehearsal
    how = "every choice" if tried.tried == tried.possible else f"{tried.tried} choices by chance"
    click.echo(
        f"Rehearsed: {how} of {needed} shares opened a trial ballot ({tried.possible} possible)."
    )
    for path, trustee in zip(held.sheets, held.key.trustees, strict=True):
        words = check_words(trustee.commitment)
        click.echo(f"{path.name}  for {trustee.name}; check words: {words}")
    click.echo(f"{held.public.name}  is public: it opens voting, and anybody may have it")
    click.echo(
        f"\nThe private key was in memory only and is on no disk. The {total} sheets hold its "
        f"shares. Print them, let {needed} trustees try theirs with\n"
        f"  pb-engine ceremony --rehearse {held.public}\n"
        f"and then destroy the PDF files: whoever has {needed} of them can open the box. Switch "
        "this machine off afterwards."
    )


def _check(path: Path, *, whole: bool) -> None:
    key = service.read_public(path)
    if whole:
        number = service.share_itself(key, ask("Share (it stays invisible)"))
        told = "The whole share is good"
    else:
        number = service.share_with_words(key, str(click.prompt("The four check words", err=True)))
        told = "These are the check words"
    name = key.trustees[number - 1].name
    click.echo(
        f"{told}: share {number} of {len(key.trustees)}, of {name}, for round {key.round}. "
        f"{key.threshold} shares open the box."
    )


def _rehearse(path: Path) -> None:
    key = service.read_public(path)
    try_key(key.public, restored(key, take_shares(key, ())), suite=key.suite)
    click.echo(f"The trial ballot opened: these sheets can open the box of {key.round}.")
