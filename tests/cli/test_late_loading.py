"""Counting one file loads what counting needs, and no more."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.tallying.pb_text import a_file

SCRIPT = """
import sys
sys.argv[1:] = sys.argv[1:] or []
from pb_engine.cli import main
main(standalone_mode=False)
print(*sorted(sys.modules), file=sys.stderr)
"""
NOT_NEEDED = (
    "flask",
    "sqlalchemy",
    "cryptography",
    "scipy",
    "numpy.ma",
    "pb_engine.tallying.sheets",
    "pb_engine.cli.tally_table",
    "pb_engine.cli.tally_page",
    "pb_engine.plugins.phragmen",
)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The modules that one count has loaded."""
    file = tmp_path_factory.mktemp("late") / "one.pb"
    file.write_bytes(a_file(["1", "2"]))
    command = [sys.executable, "-c", SCRIPT, "tally", str(file), "--rule", "greedy"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(run.stderr.split())


@pytest.mark.parametrize("name", NOT_NEEDED)
def test_a_count_does_not_load(loaded, name):
    assert "pb_engine.plugins.greedy" in loaded
    assert name not in loaded
