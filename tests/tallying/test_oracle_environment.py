"""Other people's programs stay in their own environment: no dependency, never imported."""

from __future__ import annotations

import ast
import re
from importlib.metadata import requires
from pathlib import Path

ROOT = Path(__file__).parents[2]
REQUIREMENTS = ROOT / "requirements"
OURS_TOO = {"numpy", "packaging", "python-dateutil", "typing-extensions", "tzdata", "wrapt"}


def locked(name):
    text = (REQUIREMENTS / name).read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==", text, re.MULTILINE))


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


ORACLES = locked("oracles.txt") - OURS_TOO


def test_they_are_locked_nowhere_else():
    assert {"pabutools", "pabulib-checker", "pymerkle", "pyshamir", "statsmodels"} <= ORACLES
    for other in ("runtime.txt", "test.txt"):
        assert ORACLES.isdisjoint(locked(other)), other


def test_the_distribution_does_not_ask_for_them():
    names = {re.match(r"[A-Za-z0-9._-]+", one)[0].lower() for one in requires("pb-engine")}
    assert "numpy" in names
    assert ORACLES.isdisjoint(names)


def test_nothing_but_their_own_scripts_imports_them():
    modules = {name.replace("-", "_") for name in ORACLES} | {"pabulib", "pabulib_helpers"}
    folders = (ROOT / "pb_engine", ROOT / "web", ROOT / "tests")
    paths = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    importers = {path.parent.name for path in paths if modules & set(imported(path))}
    assert importers == {"oracle_scripts"}
