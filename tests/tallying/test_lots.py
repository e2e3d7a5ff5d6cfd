"""The order that settles ties."""

from __future__ import annotations

import hashlib

import pytest

from pb_engine.errors import TallyRefused
from pb_engine.tallying import draw_lot, lot_without_seed
from pb_engine.testing.builders import an_election


def test_the_lot_can_be_redone_with_a_hash_alone():
    def lot(project):
        return hashlib.sha256(f"pb-engine lot v1\0seed\0{project}".encode()).hexdigest()

    assert draw_lot("seed", "abcd") == tuple(sorted("abcd", key=lot))


def test_the_given_order_does_not_matter_and_the_seed_does():
    assert draw_lot("seed", "abcdef") == draw_lot("seed", "fedcba")
    assert draw_lot("seed", "abcdef") != draw_lot("another seed", "abcdef")


def test_without_a_seed_cost_then_voters_then_identifier_decide():
    election = an_election({"9": 5, "10": 5, "b": 5, "a": 7, "c": 1}, 0, [["b"]])
    assert lot_without_seed(election.projects, election.profile) == ("c", "b", "10", "9", "a")


@pytest.mark.parametrize("lot", [["a"], ["a", "a"], ["a", "b", "c"], ["a", "c"]])
def test_a_lot_without_every_project_once_is_refused(lot):
    with pytest.raises(TallyRefused, match="every project"):
        an_election({"a": 1, "b": 1}, 0, [], lot=lot).lot_places()
