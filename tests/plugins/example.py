"""A stranger's plugin, built and installed as a stranger would."""

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent / "example_dist"
PACKAGE = "pb_example_rule"


@pytest.fixture
def example_distribution(tmp_path_factory, monkeypatch):
    """Put the installed ``pb-engine-cheapest-first`` on the path; return its folder.

    Import this fixture into a ``conftest.py`` to use it elsewhere.  It is built once a session,
    offline.
    """
    folder = _installed(tmp_path_factory.getbasetemp())
    monkeypatch.syspath_prepend(folder)
    yield folder
    for module in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[module]


@functools.cache
def _installed(base):
    source, wheels, folder = (base / f"example_{part}" for part in ("source", "wheels", "site"))
    shutil.copytree(SOURCE, source, ignore=shutil.ignore_patterns("__pycache__", "dist"))
    _run("build", "--wheel", "--no-isolation", "--outdir", wheels, source)
    (wheel,) = wheels.glob("*.whl")
    _run("pip", "install", "--quiet", "--no-deps", "--no-index", "--target", folder, wheel)
    return folder


def _run(*command):
    # Warnings that are errors in our suite are none of the business of pip.
    settings = {key: value for key, value in os.environ.items() if key != "PYTHONWARNINGS"}
    done = subprocess.run(
        [sys.executable, "-m", *map(str, command)],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        env=settings | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
