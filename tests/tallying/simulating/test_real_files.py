"""Real files of every vote type give papers that their own ballots and drawn ballots follow."""

from __future__ import annotations

from functools import cache

import pytest

from pb_engine.tallying.pabulib import read_pabulib
from pb_engine.tallying.simulating import (
    BOOTSTRAP,
    Plan,
    draw_ballots,
    format_of_file,
    paper_of_file,
    pool_of_file,
    scene_of_file,
)
from tests.tallying.real_files import FOLDER, names, needs_real_files
from tests.tallying.simulating.scenes import FORMATS

VOTE_TYPES = ("approval", "choose-1", "cumulative", "ordinal")


@cache
def smallest(vote_type):
    """The smallest real file of this type."""
    for name in names():
        raw = (FOLDER / f"{name}.pb").read_bytes()
        if f"vote_type;{vote_type}\n".encode() in raw.replace(b"\r\n", b"\n"):
            return read_pabulib(raw, lenient=True)
    raise AssertionError(f"there is no real file with {vote_type} ballots")


@needs_real_files
@pytest.mark.parametrize("vote_type", VOTE_TYPES)
def test_ballots_that_were_cast_can_be_drawn_again(vote_type):
    read = smallest(vote_type)
    scene = scene_of_file(read)
    paper = paper_of_file(read, scene, format_of_file(read))
    drawn = draw_ballots(Plan(scene, BOOTSTRAP, 50, pool=pool_of_file(read)), paper)
    assert set(drawn) <= {ballot for ballot, _ in pool_of_file(read).groups}
    for ballot in drawn:
        paper.check(ballot)


@needs_real_files
@pytest.mark.parametrize("vote_type", VOTE_TYPES)
def test_every_format_can_be_tried_on_a_real_file(vote_type):
    read = smallest(vote_type)
    scene = scene_of_file(read)
    for ballot_format in FORMATS:
        paper = paper_of_file(read, scene, ballot_format)
        for ballot in draw_ballots(Plan(scene, "popularity", 10), paper):
            paper.check(ballot)
