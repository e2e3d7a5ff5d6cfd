"""The tutorial shows the example as it is, whole and in order."""

import re
from pathlib import Path

import pytest

from tests.plugins.example import SOURCE

PAGE = Path(__file__).parents[2] / "docs" / "tutorial" / "write-a-voting-method.md"
FENCE = re.compile(r"^```(\w+) (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILES = sorted(
    str(path.relative_to(SOURCE))
    for path in SOURCE.rglob("*")
    if path.suffix in {".py", ".toml"} and "__pycache__" not in path.parts
)


def shown():
    """Return what the page shows of each file, pieces in the order of the page."""
    files = {}
    for _, name, code in FENCE.findall(PAGE.read_text(encoding="utf-8")):
        files[name] = files.get(name, "") + code
    return files


def lines(text):
    return [line for line in text.splitlines() if line.strip()]


def test_the_tutorial_shows_every_file_of_the_example_and_no_other():
    assert sorted(shown()) == FILES


@pytest.mark.parametrize("name", FILES)
def test_what_the_tutorial_shows_is_what_the_example_holds(name):
    assert lines(shown()[name]) == lines((SOURCE / name).read_text(encoding="utf-8"))


def test_the_tutorial_and_the_code_that_runs_name_the_same_rule():
    page = PAGE.read_text(encoding="utf-8")

    assert "--rule cheapest_first --setting minimum_voters=" in page
    assert 'name = "cheapest_first"' in page
