"""The reference page says what the code says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import pb_engine.disclosure
from pb_engine.disclosure import (
    Concern,
    Mistake,
    cells,
    classes,
    differencing,
    fingerprints,
    ledger,
    rounding,
)

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "disclosure.md").read_text("utf-8")
ROOMS = (cells, classes, differencing, fingerprints, ledger, rounding)


def rows(heading):
    section = PAGE[PAGE.index(heading) :]
    table = section[section.index("\n|") + 1 :].split("\n\n")[0].splitlines()
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in table[2:]]


def test_the_page_lists_the_defaults_of_the_code():
    written = {name: int(value) for name, value, _ in rows("## Defaults")}
    held = {name: getattr(room, name) for room in ROOMS for name in written if hasattr(room, name)}
    assert written == held


@pytest.mark.parametrize("name", sorted(pb_engine.disclosure.__all__))
def test_the_page_names_every_public_word(name):
    assert re.search(rf"`{name}`", PAGE)


def test_the_page_explains_every_mistake_and_concern():
    assert [row[0] for row in rows("## Comparing releases")] == list(Mistake)
    assert [row[0] for row in rows("## Fingerprints of ballots")] == list(Concern)
