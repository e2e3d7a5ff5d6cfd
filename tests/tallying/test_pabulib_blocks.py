"""A block of rows is cut by counting separators; nothing of that shows."""

from __future__ import annotations

import numpy as np
import pytest

from pb_engine.errors import InvalidElectionFile
from pb_engine.tallying.pabulib import read_pabulib
from pb_engine.tallying.pabulib.grid import Grid
from pb_engine.tallying.pabulib.votes_section import MOST_CHANNELS
from tests.tallying.pb_text import a_file

ENCODINGS = "pb_engine.tallying.pabulib.encodings"


def pieces(raw, column, width=2):
    """The lists of a column, and how long each is."""
    grid = Grid.of(raw, width)
    spans, lengths = grid.lists(column)
    return [grid.text(spans, at) for at in range(len(spans.starts))], lengths.tolist()


def test_commas_of_one_column_do_not_cut_another():
    raw = b"1,a;2,3;x\n,;4;\n5;;y,z\n"
    assert pieces(raw, 0, 3) == (["1", "a", "", "", "5"], [2, 2, 1])
    assert pieces(raw, 1, 3) == (["2", "3", "4"], [2, 1, 0])
    assert pieces(raw, 2, 3) == (["x", "y", "z"], [1, 0, 2])


def test_empty_lines_and_both_kinds_of_line_ends_are_passed_over():
    assert pieces(b"\r\n1;2,3\r\n\n\n4;5\n\n6;7", 1) == (["2", "3", "5", "7"], [2, 1, 1])


@pytest.mark.parametrize(
    "raw", [b"1;2\r;3\n4;5\n", b"1;2\n3\n4;5;6\n", b"1;2\n3;4;5\n6\n", b"1;2\n\r\r\n", b'1;"2"\n']
)
def test_what_is_not_ordinary_is_declined(raw):
    assert Grid.of(raw, 2) is None


def test_a_block_of_empty_lines_is_passed_over(monkeypatch):
    monkeypatch.setattr(f"{ENCODINGS}.FIRST_BLOCK", 64)
    monkeypatch.setattr(f"{ENCODINGS}.BLOCK", 64)
    raw = a_file(["1", "2"]).replace(b"\nv1;", b"\n" * 500 + b"v1;")
    assert read_pabulib(raw).election.profile.voters == 2
    with pytest.raises(InvalidElectionFile, match="voter 'v0' of an earlier line"):
        read_pabulib(raw.replace(b"\nv1;", b"\nv0;"))


def test_sums_of_costs_beyond_64_bits_are_exact():
    costs = 9 * 10**18
    meta = "META\nkey;value\nbudget;1\nnum_projects;3\nnum_votes;3\nvote_type;approval\n"
    votes = "VOTES\nvoter_id;vote\na;1,2\nb;\nc;3\n"
    raw = f"{meta}max_sum_cost;{2 * costs}\nPROJECTS\nproject_id;cost\n1;{costs}\n2;{costs}\n3;1\n"
    assert read_pabulib((raw + votes).encode()).election.profile.voters == 3
    over = raw.replace(f"max_sum_cost;{2 * costs}", f"max_sum_cost;{2 * costs - 1}")
    with pytest.raises(InvalidElectionFile, match=f"line 15, vote: {2 * costs} in costs"):
        read_pabulib((over + votes).encode())


def with_channels(number):
    """A file in which every voter came another way."""
    meta = f"META\nkey;value\nbudget;1\nnum_projects;1\nnum_votes;{number}\nvote_type;approval\n"
    rows = "".join(f"v{at};1;w{at % 100}\n" for at in range(number))
    return (
        f"{meta}PROJECTS\nproject_id;cost\n1;1\nVOTES\nvoter_id;vote;voting_method\n{rows}".encode()
    )


def test_as_many_ways_to_vote_as_may_be_are_told_apart():
    columns = read_pabulib(with_channels(MOST_CHANNELS)).election.profile.columns
    assert columns.channel_names == tuple(sorted(f"w{at}" for at in range(MOST_CHANNELS)))
    assert sorted(columns.channels.tolist()) == list(range(MOST_CHANNELS))
    with pytest.raises(InvalidElectionFile, match=f"more than {MOST_CHANNELS} ways to vote"):
        read_pabulib(with_channels(MOST_CHANNELS + 1))


def test_line_numbers_count_every_line_feed_of_earlier_blocks(monkeypatch):
    monkeypatch.setattr(f"{ENCODINGS}.BLOCK", 512)
    raw = a_file([str(1 + at % 2) for at in range(4000)])
    line = raw.count(b"\n") + (not raw.endswith(b"\n"))
    broken = raw.rstrip(b"\n").rpartition(b"\n")[0] + b"\nv-last;zz\n"
    with pytest.raises(InvalidElectionFile, match=f"line {line}, vote: project 'zz'"):
        read_pabulib(broken)


def test_names_of_every_length_are_cut_out_whole():
    texts = ["x" * size for size in range(1, 17)]
    grid = Grid.of(f"v;{','.join(texts)}\n".encode(), 2)
    first, further = grid.names(grid.lists(1)[0])
    raw = np.column_stack([first, further]).tobytes()
    assert [raw[at : at + 16].rstrip(b"\0").decode() for at in range(0, 256, 16)] == texts
