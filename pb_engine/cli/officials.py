"""`pb-engine officials ...`."""

from __future__ import annotations

import click

from pb_engine.cli.running import operator, this_engine
from pb_engine.services import officials as service

SHORTEST_PASSWORD = 12


@click.group()
def officials() -> None:
    """Add and list officials."""


@officials.command("add")
@click.argument("email")
@click.option("--name", default="", help="How the event log and the desk call them.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    help="A role, or role:round; may be given several times.",
)
@click.password_option(help="At least 12 characters; asked for when left out.")
def add(email: str, name: str, roles: tuple[str, ...], password: str) -> None:
    """Add an official; a second factor is set at the first log-in."""
    if len(password) < SHORTEST_PASSWORD:
        raise click.ClickException(f"a password has at least {SHORTEST_PASSWORD} characters")
    from web.desk.accounts import hash_password

    engine = this_engine()
    made = service.add_official(
        engine, email, name, roles, hash_password(engine, password), operator()
    )
    click.echo(f"{made.email}: {', '.join(map(str, made.grants))}")


@officials.command("list")
def list_command() -> None:
    """List all officials with their roles."""
    for one in service.all_officials(this_engine()):
        second = "second factor set" if one.totp_method else "no second factor yet"
        click.echo(f"{one.email:<40} {', '.join(map(str, one.grants))} ({second})")
