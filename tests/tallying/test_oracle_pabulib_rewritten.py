"""Real files that we read and write again are no worse to the checker of their library."""

from __future__ import annotations

import io

import pytest

from pb_engine.tallying.pabulib import read_pabulib, write_pabulib
from tests import oracles
from tests.tallying.real_files import FOLDER, names, needs_real_files

pytestmark = [needs_real_files, oracles.needs_oracles, pytest.mark.xdist_group("oracles")]


def found(text):
    """What the checker calls errors, by kind."""
    return set(oracles.ask("with_pabulib_checker", {"file": text})["errors"])


@pytest.mark.parametrize("name", names(limit=12_000))
def test_a_file_that_was_read_and_written_has_no_new_errors(name):
    raw = (FOLDER / f"{name}.pb").read_bytes()
    to = io.BytesIO()
    write_pabulib(read_pabulib(raw), to)
    assert found(to.getvalue().decode()) <= found(raw.decode())
