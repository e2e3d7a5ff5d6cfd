"""Pabulib files that are read, written and read again."""

from __future__ import annotations

import io

import pytest
from hypothesis import given

from pb_engine.errors import InvalidElectionFile
from pb_engine.tallying.pabulib import read_pabulib, write_pabulib
from tests.tallying.pb_text import a_file
from tests.tallying.real_files import FOLDER, names, needs_real_files
from tests.tallying.test_pabulib_quick import files


def written(read):
    """The bytes of a file."""
    to = io.BytesIO()
    write_pabulib(read, to)
    return to.getvalue()


def without_votes(read):
    return {project: {**cells, "votes": ""} for project, cells in read.projects.items()}


def assert_equal(one, other):
    assert dict(one.meta) == dict(other.meta)
    assert list(one.meta) == list(other.meta)
    if "names a project again" in str(other.remarks):
        assert without_votes(one) == without_votes(other)
    else:
        assert one.projects == other.projects
    assert one.election == other.election
    assert one.election.profile.channel_groups == other.election.profile.channel_groups


@needs_real_files
@pytest.mark.parametrize("name", names(limit=150_000))
def test_a_real_file_survives_writing_and_reading(name):
    read = read_pabulib((FOLDER / f"{name}.pb").read_bytes())
    raw = written(read)
    again = read_pabulib(raw)
    assert_equal(again, read)
    assert written(again) == raw


@needs_real_files
@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(names()) - set(names(limit=150_000))))
def test_a_large_real_file_survives_writing_and_reading(name):
    read = read_pabulib((FOLDER / f"{name}.pb").read_bytes())
    assert_equal(read_pabulib(written(read)), read)


@given(files())
def test_any_readable_file_survives(raw):
    try:
        read = read_pabulib(raw)
    except InvalidElectionFile:
        return
    assert_equal(read_pabulib(written(read)), read)


def test_unknown_fields_are_kept():
    raw = a_file(name='"a; ""quoted"" name"', further=["our_own;field; with; more"])
    read = read_pabulib(raw.replace(b";selected", b";our_column"))
    again = read_pabulib(written(read))
    assert_equal(again, read)
    assert again.meta["our_own"] == "field; with; more"
    assert again.projects["1"]["our_column"] == "1"
    assert again.projects["1"]["name"] == 'a; "quoted" name'


def test_the_old_column_target_is_called_beneficiaries():
    read = read_pabulib(a_file().replace(b";selected", b";target"))
    assert read.projects["1"]["beneficiaries"] == "1"
    assert read.remarks == (
        "the column 'target' of PROJECTS is called 'beneficiaries' since April 2026",
    )
    assert b"cost;name;beneficiaries" in written(read)


def test_the_column_votes_says_what_is_counted():
    raw = a_file(["1,2,1", "1"]).replace(b";selected", b";votes").replace(b"Bench;1", b"Bench;3")
    again = read_pabulib(written(read_pabulib(raw)))
    assert again.projects["1"]["votes"] == "2"
    assert again.remarks == ()


def test_wrong_totals_are_put_right():
    read = read_pabulib(a_file().replace(b"num_votes;2", b"num_votes;9"), lenient=True)
    assert read_pabulib(written(read)).election == read.election


def test_what_is_said_of_voters_is_not_written():
    raw = a_file(["1"]).replace(b"voter_id;vote", b"voter_id;vote;age").replace(b"v0;1", b"v0;1;41")
    assert b"VOTES\nvoter_id;vote\n1;1\n" in written(read_pabulib(raw))
