"""Plugins that are really installed: a module and its metadata in a folder on the path."""

import sys
import textwrap

import pytest


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Return a function that installs a plugin and returns its name.

    ``install("name", code)`` makes a module ``made_name`` in a distribution ``made-name``;
    ``entry`` points elsewhere than at the module; ``as_name`` renames the entry point.
    """
    made = []

    def install_one(name, code, *, entry="", as_name=""):
        module = f"made_{name}"
        folder = tmp_path / module
        metadata = folder / f"{module}-1.2.dist-info"
        metadata.mkdir(parents=True)
        (folder / f"{module}.py").write_text(textwrap.dedent(code), encoding="utf-8")
        (metadata / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: made-{name}\nVersion: 1.2\n", encoding="utf-8"
        )
        (metadata / "entry_points.txt").write_text(
            f"[pb_engine.plugins]\n{as_name or name} = {module}{entry}\n", encoding="utf-8"
        )
        monkeypatch.syspath_prepend(folder)
        made.append(module)
        return as_name or name

    yield install_one
    for module in made:
        sys.modules.pop(module, None)
