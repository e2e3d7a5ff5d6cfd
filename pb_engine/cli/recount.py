"""`pb-engine recount` and `pb-engine verify`: check a published record, without a database."""

from __future__ import annotations

from pathlib import Path

import click

from pb_engine.errors import EngineError, RecountDiffers, TallyRefused
from pb_engine.tallying import Election, Outcome
from pb_engine.tallying.record import MethodChoice, read_record, record_digest
from pb_engine.tallying.recount import recount as count_again
from pb_engine.verifier import check_record


def _tally(choice: MethodChoice, election: Election) -> Outcome:
    from pb_engine.pluginhost import load, load_settings, pick

    method = pick(load([choice.name]).voting_methods, choice.name, "voting method")
    if method.card.version != choice.version:
        raise TallyRefused(
            f"the record was counted by version {choice.version} of {choice.name!r}; installed is "
            f"version {method.card.version}",
            name=choice.name,
        )
    return method.tally(election, load_settings(method, choice.settings))


@click.command()
@click.argument("record", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def recount(record: Path) -> None:
    """Count the published RECORD again; name the first difference, if there is one."""
    raw = record.read_bytes()
    try:
        published = read_record(raw)
        count_again(published, _tally)
    except RecountDiffers as problem:
        click.echo(f"The recount differs: {problem.sentence}", err=True)
        raise SystemExit(1) from problem
    except EngineError as problem:
        click.echo(f"pb-engine: {problem.sentence}", err=True)
        raise SystemExit(1) from problem
    funded = len(published.outcome.selected)
    click.echo(
        f"{published.round}: {len(published.ballots)} ballots counted again by "
        f"{published.method.name}: the same {funded} projects, in the same order, for the same "
        f"reasons. SHA-256 of the record: {record_digest(raw)}"
    )


@click.command()
@click.argument("record", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(record: Path) -> None:
    """Check everything in the published RECORD that can be checked without anything else."""
    findings = check_record(record.read_bytes(), _tally)
    for finding in findings:
        click.echo(f"{'ok  ' if finding.holds else 'FAIL'} {finding.check}: {finding.sentence}")
    if not all(finding.holds for finding in findings):
        raise SystemExit(1)
