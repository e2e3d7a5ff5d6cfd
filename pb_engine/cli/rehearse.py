"""`pb-engine rehearse`: see whether voting in a round will work."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import click

from pb_engine.cli.running import this_engine
from pb_engine.services.rehearsal import Level
from pb_engine.services.rehearsal import rehearse as rehearse_round

_WORDS: Mapping[Level, str] = MappingProxyType(
    {Level.GOOD: "ok  ", Level.NOTE: "note", Level.WRONG: "FAIL"}
)
_SAMPLES = {
    "nl": "Er zijn nog geen twee haalbare ideeën: dit is met verzonnen ideeën.",
    "en": "There are no two feasible ideas yet: this is with invented ones.",
}


@click.command()
@click.argument("slug")
@click.option("--lang", type=click.Choice(["nl", "en"]), default="nl", help="Language of texts.")
def rehearse(slug: str, lang: str) -> None:
    """Rehearse voting in the round SLUG with invented ballots; store nothing."""
    found = rehearse_round(this_engine(), slug)
    if found.samples:
        click.echo(_SAMPLES[lang])
    for one in found.findings:
        click.echo(f"{_WORDS[one.level]} {one.check}: {one.sentence.text(lang)}")
        if one.detail:
            click.echo(f"     {one.detail}")
    click.echo(f"rules digest {found.rules_digest}")
    if not found.passed:
        raise SystemExit(1)
