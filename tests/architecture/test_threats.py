"""The list of threats is whole, and every test that it names exists."""

import ast
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "threats.toml"
THREATS = tomllib.loads(PAGE.read_text(encoding="utf-8"))
WORDS = ("threat", "asset", "attacker", "control")
SHORTEST_REASON = 5


@cache
def names_in(path):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def missing(named):
    """The names of a list that belong to no test."""
    found = []
    for name in named:
        path, _, test = name.partition("::")
        there = (ROOT / path).is_file() and path.startswith("tests/")
        if not there or not test.startswith("test_") or test not in names_in(path):
            found.append(name)
    return found


def test_every_threat_stands_here_once():
    # TOML itself refuses a name that stands twice.
    assert list(THREATS) == [f"T{number:02}" for number in range(1, 83)]


@pytest.mark.parametrize("name", THREATS)
def test_a_threat_says_what_is_at_stake_and_is_tried_or_says_why_not(name):
    threat = THREATS[name]
    assert set(threat) - {"open"} == {*WORDS, "tests"}
    assert all(threat[word].strip() for word in WORDS)
    assert threat["tests"] or threat.get("open")
    if "open" in threat:
        assert len(threat["open"].split()) >= SHORTEST_REASON


@pytest.mark.parametrize("name", THREATS)
def test_every_test_that_a_threat_names_exists(name):
    named = THREATS[name]["tests"]
    assert missing(named) == []
    assert len(set(named)) == len(named)


def test_a_name_of_no_test_would_be_noticed():
    assert missing(["tests/architecture/test_threats.py::test_that_nobody_wrote"])
    assert missing(["tests/architecture/no_such_file.py::test_every_threat_stands_here_once"])
    assert missing(["tests/architecture/test_threats.py::missing"])
    assert not missing(
        ["tests/architecture/test_threats.py::test_a_name_of_no_test_would_be_noticed"]
    )
