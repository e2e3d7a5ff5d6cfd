"""`pb-engine codes ...`."""

from __future__ import annotations

import click

from pb_engine.cli.running import operator, this_engine
from pb_engine.services import codes as service


@click.group()
def codes() -> None:
    """Issue, withdraw and replace voting codes."""


@codes.command("issue")
@click.argument("slug")
@click.argument("number", type=int)
def issue(slug: str, number: int) -> None:
    """Issue NUMBER voting codes and print them, once; nobody can look them up later."""
    issued = service.issue_codes(this_engine(), slug, number, operator())
    click.echo(f"# {slug}, batch {issued.batch}", err=True)
    for code in issued.codes:
        click.echo(code)


@codes.command("void")
@click.argument("slug")
@click.option("--code", prompt=True, hide_input=True, help="The code; asked for when left out.")
@click.option("--reason", required=True)
def void(slug: str, code: str, reason: str) -> None:
    """Withdraw an unused code."""
    service.void_code(this_engine(), slug, code, reason, operator())
    click.echo("withdrawn")


@codes.command("replace")
@click.argument("slug")
@click.option("--code", prompt=True, hide_input=True, help="The old code; asked for when left out.")
@click.option("--reason", required=True)
def replace(slug: str, code: str, reason: str) -> None:
    """Replace a code; the old one is dead from now on."""
    click.echo(service.replace_code(this_engine(), slug, code, reason, operator()))
