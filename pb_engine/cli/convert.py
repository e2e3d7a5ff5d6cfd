"""`pb-engine convert`: the same election in another file format."""

from __future__ import annotations

from pathlib import Path

import click

from pb_engine.cli.election_files import read_election
from pb_engine.cli.election_writing import write_election
from pb_engine.errors import EngineError


@click.command()
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--lenient", is_flag=True, help="Read over what breaks the format, and say so.")
def convert(source: Path, target: Path, lenient: bool) -> None:
    """Write the election in SOURCE as TARGET.

    SOURCE is a Pabulib file (.pb), a published record (.json), or a folder or ZIP file with
    sheets; TARGET is a Pabulib file, or a new folder for sheets.
    """
    try:
        read = read_election(source, lenient=lenient)
        write_election(read, target)
    except EngineError as problem:
        click.echo(f"pb-engine: {problem.sentence}", err=True)
        raise SystemExit(1) from problem
    except OSError as problem:
        click.echo(f"pb-engine: {problem.filename}: {problem.strerror}", err=True)
        raise SystemExit(1) from problem
    for remark in read.remarks:
        click.echo(f"({remark})")
    election = read.election
    click.echo(f"{target}: {len(election.projects)} projects, {election.profile.voters} ballots")
