"""`pb-engine round ...`: rounds as files, and their steps."""

from __future__ import annotations

from pathlib import Path

import click

from pb_engine.cli.running import operator, this_engine
from pb_engine.sealing import check_words
from pb_engine.sealing.trustee_keys import LONGEST_FILE
from pb_engine.services import correction, counting, phases, publication, rounds
from pb_engine.services.pages import round_page
from pb_engine.services.trustees import name_trustees
from pb_engine.units import euros


@click.group("round")
def round_group() -> None:
    """Import, show, export and move rounds."""


@round_group.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def import_command(file: Path) -> None:
    """Read a round from a TOML FILE, as a draft."""
    round_ = rounds.import_round(this_engine(), file, operator())
    click.echo(f"{round_.slug}: imported from {file.name}")


@round_group.command("list")
def list_command() -> None:
    """List all rounds with their phase."""
    for stored in rounds.round_list(this_engine()):
        click.echo(f"{stored.round.slug:<24} {stored.phase:<10} {stored.round.name.nl}")


@round_group.command("show")
@click.argument("slug")
def show(slug: str) -> None:
    """Show one round: phase, dates, money, rules digest."""
    page = round_page(this_engine(), slug)
    round_ = page.round
    rows = [
        ("name", round_.name.nl),
        ("phase", f"{page.phase} (since {page.since:%Y-%m-%d %H:%M} UTC)"),
        ("budget", f"{euros(round_.fund.budget_cents)} ({round_.fund.source})"),
        *((step.key, f"{step.opens} to {step.closes} ({step.state})") for step in page.steps),
        ("ballot", f"{round_.ballot.format}, counted by {round_.voting_method.name}"),
        ("ideas", str(page.ideas)),
        ("projects", str(len(page.projects))),
        ("voters", "-" if page.voters is None else str(page.voters)),
        ("seed", round_.tie.seed or "not published yet"),
        ("rules digest", page.rules_digest or "not frozen yet"),
    ]
    for name, value in rows:
        click.echo(f"{name:<14}{value}")


@round_group.command("export")
@click.argument("slug")
def export(slug: str) -> None:
    """Write a round as TOML to standard output."""
    click.echo(rounds.export_round(this_engine(), slug), nl=False)


@round_group.command("seed")
@click.argument("slug")
@click.option("--value", help="The seed that was drawn in public; without it one is drawn.")
def seed(slug: str, value: str | None) -> None:
    """Publish the seed of the lot that settles ties."""
    click.echo(rounds.publish_seed(this_engine(), slug, value, operator()))


@round_group.command("trustees")
@click.argument("slug")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def trustees(slug: str, file: Path) -> None:
    """Take in the public FILE of a key ceremony: voting opens under that key."""
    key = name_trustees(this_engine(), slug, file.read_bytes()[: LONGEST_FILE + 1], operator())
    click.echo(f"{slug}: {key.threshold} of {len(key.trustees)} shares open the box")
    for number, one in enumerate(key.trustees, start=1):
        click.echo(f"share {number}: {one.name}; check words: {check_words(one.commitment)}")


@round_group.command("step")
@click.argument("slug")
@click.argument("step")
@click.option("--reason", default="", help="Why, when the calendar does not ask for it now.")
def step_command(slug: str, step: str, reason: str) -> None:
    """Take a STEP by hand: open_ideas, start_review, open_voting, close_voting or cancel."""
    click.echo(f"{slug}: {phases.take_step(this_engine(), slug, step, operator(), reason)}")


@round_group.command("amend")
@click.argument("slug")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--reason", required=True, help="Why; residents read it.")
def amend(slug: str, file: Path, reason: str) -> None:
    """Change frozen rules to those in FILE: visible, with a reason."""
    text = file.read_text(encoding="utf-8")
    click.echo(rounds.amend_rules(this_engine(), slug, text, reason, operator()))


@round_group.command("open-box")
@click.argument("slug")
@click.option("--key", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def open_box(slug: str, key: Path | None) -> None:
    """Open the closed ballot box with the round key."""
    raw = key.read_bytes() if key else None
    opened = counting.open_box(this_engine(), slug, operator(), raw)
    click.echo(
        f"{opened.counted} ballots count, {opened.superseded} were replaced by their voters, "
        f"{opened.invalid} are invalid"
    )


@round_group.command("count")
@click.argument("slug")
def count(slug: str) -> None:
    """Count the opened ballots and explain the outcome."""
    engine = this_engine()
    click.echo(f"outcome digest {counting.tally(engine, slug, operator())}")
    counting.explain(engine, slug, operator())
    for project in counting.stored_outcome(engine, slug).selected:
        click.echo(f"funded: {project}")


@round_group.command("publish")
@click.argument("slug")
def publish(slug: str) -> None:
    """Publish the result with its election record."""
    click.echo(f"record digest {publication.publish(this_engine(), slug, operator())}")


@round_group.command("correct")
@click.argument("slug")
@click.option("--reason", required=True, help="Why the result changes; residents read it.")
def correct(slug: str, reason: str) -> None:
    """Count a published round again; nothing is public before that is adopted and published."""
    digest = correction.begin_correction(this_engine(), slug, reason, {}, operator())
    click.echo(f"outcome digest {digest}. Next: pb-engine adopt {slug} --by NAME")


@round_group.command("publish-correction")
@click.argument("slug")
def publish_correction(slug: str) -> None:
    """Publish the correction that somebody else adopted, beside the result that it replaces."""
    digest = correction.publish_correction(this_engine(), slug, operator())
    click.echo(f"record digest {digest}")
