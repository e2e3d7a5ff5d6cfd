"""Each import contract is broken on purpose once, in a copy, so that we know that it bites."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = Path(sys.executable).parent / "lint-imports"

BREAKS = [
    ("Rooms look down, never up", "pb_engine/domain/phases.py", "import pb_engine.services.keys"),
    ("Rooms look down, never up", "pb_engine/strangers_room.py", "import json"),
    ("The engine does not know the front end", "pb_engine/services/keys.py", "import web.app"),
    (
        "Nothing in the core knows a plugin",
        "pb_engine/pluginhost.py",
        "import pb_engine.plugins.greedy",
    ),
    (
        "Plugins speak to the public API only",
        "pb_engine/plugins/greedy/__init__.py",
        "import pb_engine.store",
    ),
    (
        "Plugins do not know each other",
        "pb_engine/plugins/greedy/__init__.py",
        "import pb_engine.plugins.smtp",
    ),
    ("The pure rooms do no input or output", "pb_engine/domain/phases.py", "import secrets"),
    ("One front door for SQLAlchemy", "pb_engine/services/keys.py", "import sqlalchemy"),
    ("One front door for cryptography", "pb_engine/services/keys.py", "import cryptography"),
    ("One front door for Flask", "pb_engine/services/keys.py", "import flask"),
    ("One front door for huey", "pb_engine/services/keys.py", "import huey"),
    ("One front door for pluggy", "pb_engine/services/keys.py", "import pluggy"),
    (
        "The box and the study know nothing",
        "pb_engine/store/box/values.py",
        "import pb_engine.store.register",
    ),
    (
        "The verifier needs ballots, tallying and sealing only",
        "pb_engine/verifier/__init__.py",
        "import pb_engine.domain",
    ),
    ("Web speaks to services only", "web/app.py", "import pb_engine.store"),
    (
        "The test kit speaks to the public API only",
        "pb_engine/testing/__init__.py",
        "import pb_engine.engine",
    ),
    (
        "Rooms do not go round in circles",
        "pb_engine/tallying/lots.py",
        "import pb_engine.tallying.recount",
    ),
]


def lint(folder):
    return subprocess.run(
        [LINT, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.fixture
def copy(tmp_path):
    for name in ("pb_engine", "web"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_all_contracts_are_kept(copy):
    found = lint(copy)
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize(
    ("contract", "file", "line"), BREAKS, ids=[f"{c}-{f}" for c, f, _ in BREAKS]
)
def test_each_contract_bites(copy, contract, file, line):
    path = copy / file
    old = path.read_text(encoding="utf-8") if path.exists() else '"""A room."""\n'
    path.write_text(f"{old}\n{line}\n", encoding="utf-8")
    found = lint(copy)
    assert found.returncode == 1, found.stdout
    lines = found.stdout.splitlines()
    unplaced = "pb_engine.strangers_room" in found.stdout or "strangers_room" in found.stdout
    assert unplaced or any(one.startswith(contract) and " BROKEN" in one for one in lines)


def test_every_contract_is_broken_once_above():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    names = [line.split('"')[1] for line in text.splitlines() if line.startswith('name = "')]
    names.remove("pb-engine")
    assert all(any(name.startswith(contract) for contract, _, _ in BREAKS) for name in names)
