"""Commands that are called in this program instead of in one of their own: a second less each."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping, Sequence
from contextlib import chdir
from pathlib import Path

from click.testing import CliRunner

from pb_engine.cli import main


def call(
    words: Sequence[str], folder: Path, environment: Mapping[str, str], typed: str = ""
) -> tuple[int, str]:
    """Run a command in a folder; return its status and all that it said.

    :param environment: all settings that it gets; those of this program do not reach it.
    """
    ours = {name: None for name in os.environ if name.startswith("PB_")}
    with chdir(folder), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        done = CliRunner().invoke(main, words, input=typed, env={**ours, **environment})
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output
