"""The room sees no clock, no chance, no file, and no number that is not exact."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import pb_engine.disclosure

SOURCES = sorted(Path(pb_engine.disclosure.__file__).parent.glob("*.py"))
ALLOWED = {
    "__future__",
    "collections",
    "dataclasses",
    "enum",
    "fractions",
    "hashlib",
    "heapq",
    "hmac",
    "itertools",
    "math",
    "pb_engine",
}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_nothing_but_exact_arithmetic_and_hashing_is_imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module]
            assert node.module != "math" or [alias.name for alias in node.names] == ["comb"]
        assert {name.split(".")[0] for name in names} <= ALLOWED


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_nothing_divides_into_a_float(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        assert not isinstance(node, ast.Div)
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float))
        assert not (isinstance(node, ast.Name) and node.id == "float")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_module_says_what_it_is_for(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
