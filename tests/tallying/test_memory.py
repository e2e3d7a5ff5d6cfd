"""A city is read in bounded memory."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

READING = Path(__file__).parents[2] / "loadtests" / "tally" / "reading.py"


@pytest.mark.slow
def test_a_million_ballots_are_read_from_a_stream_in_half_a_gigabyte():
    command = [sys.executable, str(READING), "--made", "1000000"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert told.startswith("1000000 ballots")
    (peak,) = re.findall(r"peak (\d+) MB", told)
    assert int(peak) < 500
