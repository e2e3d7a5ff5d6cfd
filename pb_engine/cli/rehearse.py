"""`pb-engine rehearse`: see whether voting in a round will work."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import click

from pb_engine.cli.running import operator, this_engine
from pb_engine.engine import Engine
from pb_engine.services.rehearsal import Level, Saying, keep_rehearsal
from pb_engine.services.rehearsal import rehearse as rehearse_round
from pb_engine.services.rounds import stored_round

_WORDS: Mapping[Level, str] = MappingProxyType(
    {Level.GOOD: "ok  ", Level.NOTE: "note", Level.DOUBT: "look", Level.WRONG: "FAIL"}
)
_SAMPLES = {
    "nl": "Er zijn nog geen twee haalbare ideeën: dit is met verzonnen ideeën.",
    "en": "There are no two feasible ideas yet: this is with invented ones.",
}
_KEPT = {
    "nl": "De proefstemming is vastgelegd: de stemming kan open.",
    "en": "The rehearsal is kept: voting can open.",
}
_NOT_KEPT = {
    "nl": "Niet vastgelegd: dat kan met minstens twee haalbare ideeën.",
    "en": "Not kept: that takes two feasible ideas at least.",
}


@click.command()
@click.argument("slug")
@click.option("--lang", type=click.Choice(["nl", "en"]), default="nl", help="Language of texts.")
@click.option("--keep", is_flag=True, help="Write in the log that it passed; voting needs that.")
@click.option("--texts-read", is_flag=True, help="With --keep: each text to look at is right.")
def rehearse(slug: str, lang: str, *, keep: bool, texts_read: bool) -> None:
    """Rehearse voting in the round SLUG with invented ballots; store none of them."""
    engine = this_engine()
    said = _said(engine, slug)
    found = rehearse_round(engine, slug, said)
    if found.samples:
        click.echo(_SAMPLES[lang])
    for one in found.findings:
        click.echo(f"{_WORDS[one.level]} {one.check}: {one.sentence.text(lang)}")
        if one.detail:
            click.echo(f"     {one.detail}")
    click.echo(f"rules digest {found.rules_digest}")
    if not found.passed:
        raise SystemExit(1)
    if keep:
        read = [one.key for one in found.doubts] if texts_read else []
        keep_rehearsal(engine, slug, operator(), said, read)
        click.echo(_KEPT[lang] if not found.samples else _NOT_KEPT[lang])


def _said(engine: Engine, slug: str) -> tuple[Saying, ...]:
    # The sentences are those of the pages, and only an application has them.
    from web.desk import create_desk_app
    from web.desk.sayings import sayings_of

    with create_desk_app(engine).app_context():
        return sayings_of(stored_round(engine, slug).round)
