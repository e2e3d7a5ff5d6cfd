"""Where real Pabulib files lie, if they do."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

import pytest

FOLDER = Path(
    os.environ.get("PB_PABULIB", Path(__file__).parents[3] / "shared" / "data" / "pabulib")
)

needs_real_files = pytest.mark.skipif(
    not (FOLDER / "outcomes").is_dir(),
    reason="real Pabulib files are not here; PB_PABULIB may name their folder",
)


def names(limit=None):
    """Names of real files, the smallest first; only those below ``limit`` bytes."""
    if not FOLDER.is_dir():
        return []
    files = sorted(FOLDER.glob("*.pb"), key=lambda path: (path.stat().st_size, path.name))
    return [path.stem for path in files if limit is None or path.stat().st_size < limit]


@cache
def reference(name):
    """Outcomes that other programs reached, by program and rule."""
    found = json.loads((FOLDER / "outcomes" / f"{name}.json").read_text())
    return {
        (source, rule): outcome
        for source in ("pabutools_exact", "independent_exact")
        for rule, outcome in (found.get(source) or {}).items()
        if "selected" in outcome
    }
