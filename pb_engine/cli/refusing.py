"""How commands that need no installation say no."""

from __future__ import annotations

import click


class Refusal(click.ClickException):
    """A sentence on standard error, and exit code 1."""

    def show(self, file: object = None) -> None:
        """Print the sentence."""
        del file
        click.echo(f"pb-engine: {self.message}", err=True)


class WrongUse(Refusal):
    """The command line asks for something that does not exist: exit code 2."""

    exit_code = 2
