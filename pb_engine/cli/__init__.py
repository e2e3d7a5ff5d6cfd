"""The command `pb-engine`.  Each command lives in its own module and is loaded when it is named.

Loading late keeps `pb-engine tally` as quick as a small script: it never imports a web server.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping
from types import MappingProxyType

import click

from pb_engine import __version__
from pb_engine.errors import EngineError

# Nothing here multiplies matrices, and a pool of threads for that costs a fifth of the start.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "demo": "Run a demonstration with two invented rounds.",
        "serve": "Serve the rounds of an installation.",
        "work": "Move phases by the clock and send messages.",
        "migrate": "Bring the four stores to this version.",
        "doctor": "Check an installation and say what is wrong.",
        "round": "Import, show, export and move rounds.",
        "areas": "Take in outlines of areas for the map.",
        "rehearse": "Rehearse voting with invented ballots, before it opens.",
        "register": "Take in, check and change the voter register of a round.",
        "retention": "Remove what is kept no longer than its term.",
        "codes": "Issue, withdraw and replace voting codes.",
        "letters": "Make voting codes and write them as letters, once.",
        "paper": "Print ballot papers.",
        "box": "Check a ballot box, and put back what a restore has lost.",
        "ceremony": "Make the key of a round, split over trustees; check a share.",
        "count": "Check and count an exported ballot box with trustees, offline.",
        "witness": "Check the log of a ballot box from outside, and cosign it.",
        "officials": "Add and list officials.",
        "tally": "Count a Pabulib file by one or more rules.",
        "convert": "Write an election in another file format.",
        "simulate": "Draw plausible ballots, and see how rules and formats behave.",
        "recount": "Count a published election record again.",
        "adopt": "Adopt a counted outcome, which somebody else had counted.",
        "publish": "Publish a counted round, and write its bundle.",
        "verify": "Check a published bundle or election record.",
        "instrument": "Check a survey instrument, and write it in another format.",
        "theme": "Make and check a house style from design tokens.",
        "plugins": "List installed plugins and what they offer.",
    }
)
"""Every command with its one-line help; the module has the same name."""


class _LateGroup(click.Group):
    """A group whose commands are imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = {"round": "rounds"}.get(cmd_name, cmd_name)
        loaded: click.Command = getattr(
            importlib.import_module(f"pb_engine.cli.{module}"),
            {"round": "round_group"}.get(cmd_name, cmd_name),
        )
        return loaded

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except EngineError as problem:
            click.echo(f"pb-engine: {problem.sentence}", err=True)
            ctx.exit(1)


@click.command(cls=_LateGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pb-engine")
def main() -> None:
    """Run participatory budget rounds: ideas, review, ballots, tally, explanation."""


if __name__ == "__main__":
    sys.exit(main())
