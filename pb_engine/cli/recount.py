"""`pb-engine recount`: count a published record again, without a database."""

from __future__ import annotations

from pathlib import Path

import click

from pb_engine.errors import EngineError, RecountDiffers, TallyRefused
from pb_engine.tallying import Election, Outcome
from pb_engine.tallying.record import MethodChoice, read_record, record_digest
from pb_engine.tallying.recount import recount as count_again


def by_plugin(choice: MethodChoice, election: Election) -> Outcome:
    """Count by the installed plugin of this name, when it is of this version.

    :raises PluginProblem: it is not installed.
    :raises TallyRefused: it is installed in another version.
    """
    from pb_engine.api.voting import require_countable
    from pb_engine.pluginhost import load, load_settings, pick

    method = pick(load([choice.name]).voting_methods, choice.name, "voting method")
    if method.card.version != choice.version:
        raise TallyRefused(
            f"the record was counted by version {choice.version} of {choice.name!r}; installed is "
            f"version {method.card.version}",
            name=choice.name,
        )
    settings = load_settings(method, choice.settings)
    require_countable(method, settings, election)
    try:
        return method.tally(election, settings)
    except EngineError:
        raise
    except Exception as problem:  # what somebody made up may break a rule anywhere
        raise TallyRefused(
            f"{choice.name} cannot count this: {type(problem).__name__}: {problem}",
            name=choice.name,
        ) from problem


@click.command()
@click.argument("record", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def recount(record: Path) -> None:
    """Count the published RECORD again; name the first difference, if there is one."""
    raw = record.read_bytes()
    try:
        published = read_record(raw)
        count_again(published, by_plugin)
    except RecountDiffers as problem:
        click.echo(f"The recount differs: {problem.sentence}", err=True)
        raise SystemExit(1) from problem
    except EngineError as problem:
        click.echo(f"pb-engine: {problem.sentence}", err=True)
        raise SystemExit(1) from problem
    funded = len(published.outcome.selected)
    by_hand = published.totals.sheets if published.totals else 0
    besides = f" and {by_hand} paper ballots of which only totals are known" if by_hand else ""
    click.echo(
        f"{published.round}: {len(published.ballots)} ballots{besides} counted again by "
        f"{published.method.name}: the same {funded} projects, in the same order, for the same "
        f"reasons. SHA-256 of the record: {record_digest(raw)}"
    )
