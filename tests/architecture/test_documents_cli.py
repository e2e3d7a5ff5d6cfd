"""The page about the command line says what the program says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from pb_engine.cli import main

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "cli.md"


def commands(group: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    if isinstance(group, click.Group):
        context = click.Context(group)
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command is not None
            yield from commands(command, f"{path} {name}")
    else:
        taken = (part for part in group.params if isinstance(part, click.Argument))
        yield " ".join([path, *(part.human_readable_name.upper() for part in taken)]), group


def sections() -> dict[str, str]:
    _, *parts = re.split(r"^### ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {part.splitlines()[0].strip("`"): part for part in parts}


def test_the_page_names_every_command_with_its_arguments() -> None:
    assert set(sections()) == {name for name, _ in commands(main, "pb-engine")}


def test_the_page_names_every_option_of_every_command() -> None:
    told = sections()
    for name, command in commands(main, "pb-engine"):
        options = [part for part in command.params if isinstance(part, click.Option)]
        spelled = {text for one in options for text in (*one.opts, *one.secondary_opts)}
        rows = [line for line in told[name].splitlines() if line.startswith("| `--")]
        written = {text for row in rows for text in re.findall(r"`(--[a-z-]+)`", row.split("|")[1])}
        assert written == spelled - {"--help", "-h"}, name
