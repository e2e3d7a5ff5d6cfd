"""Pabulib files that are good."""

from __future__ import annotations

import io

import pytest

from pb_engine.ballots import Ballot, BallotFormat
from pb_engine.errors import InvalidElectionFile
from pb_engine.tallying import Project
from pb_engine.tallying.pabulib import read_pabulib
from tests.tallying.pb_text import a_file
from tests.tallying.real_files import FOLDER, names, needs_real_files


def only(read):
    """The single ballot of a file."""
    ((ballot, times),) = read.election.profile.groups
    assert times == 1
    return ballot


def test_amounts_become_cents():
    election = read_pabulib(a_file()).election
    assert election.budget == 100_000
    assert election.projects[0] == Project("1", 60_000, "Bench")
    assert election.unit == 100


def test_cents_and_finer_amounts_are_exact():
    read = read_pabulib(a_file(budget="1000.0625", cost="600.50"))
    assert read.election.unit == 10_000
    assert read.election.budget == 10_000_625
    assert read.in_file_units(read.election.budget) == "1000.0625"
    assert read.in_file_units(read.election.projects[0].cost) == "600.5000"
    assert read.in_file_units(10_000) == 1


def test_identical_ballots_are_counted_together_whatever_their_order():
    read = read_pabulib(a_file(votes=["1,2", "2,1", "2", ""]))
    assert read.election.profile.groups == (
        (Ballot.choosing(BallotFormat.APPROVAL, []), 1),
        (Ballot.choosing(BallotFormat.APPROVAL, ["1", "2"]), 2),
        (Ballot.choosing(BallotFormat.APPROVAL, ["2"]), 1),
    )


def test_a_project_that_stands_twice_on_a_ballot_counts_once_and_is_remarked():
    read = read_pabulib(a_file(votes=["1,2,1"]))
    assert only(read) == Ballot.choosing(BallotFormat.APPROVAL, ["1", "2"])
    assert read.remarks == ("a ballot names a project again 1 times; once counts",)


def with_channels(channels):
    """A file whose ballots are all for project 1, cast through these channels."""
    raw = a_file(votes=["1"] * len(channels)).replace(
        b"voter_id;vote", b"voter_id;voting_method;vote"
    )
    for at, channel in enumerate(channels):
        raw = raw.replace(f"v{at};".encode(), f"v{at};{channel};".encode())
    return raw


def test_the_column_voting_method_says_through_which_channel_a_ballot_came():
    profile = read_pabulib(with_channels(["paper", "internet", "", "paper"])).election.profile
    one = Ballot.choosing(BallotFormat.APPROVAL, ["1"])
    assert profile.channel_groups == (("", one, 1), ("internet", one, 1), ("paper", one, 2))
    assert profile.groups == ((one, 4),)
    assert profile.columns.channel_names == ("", "internet", "paper")


def test_a_file_without_the_column_has_no_channels():
    assert read_pabulib(a_file()).election.profile.columns.channels is None


def test_a_ranking_keeps_its_places():
    read = read_pabulib(a_file(votes=["2,1,2"], vote_type="ordinal"))
    assert only(read) == Ballot.weighing(BallotFormat.RANKING, {"2": 1, "1": 2})


def test_points_stand_beside_their_projects_and_no_points_are_no_mark():
    read = read_pabulib(a_file(points=[("2,1", "3,0")], vote_type="cumulative"))
    assert only(read) == Ballot.weighing(BallotFormat.POINTS, {"2": 3})


def test_a_grade_of_zero_or_below_is_a_grade():
    read = read_pabulib(a_file(points=[("2,1", "0,-2")], vote_type="scoring"))
    assert only(read) == Ballot.weighing(BallotFormat.SCORE, {"2": 0, "1": -2})


def test_projects_that_a_ballot_does_not_list_bear_the_default_score():
    further = ["default_score;-1"]
    raw = a_file(points=[("2", "3"), ("1,2", "-1,3")], vote_type="scoring", further=further)
    ((ballot, times),) = read_pabulib(raw).election.profile.groups
    assert ballot == Ballot.weighing(BallotFormat.SCORE, {"1": -1, "2": 3})
    assert times == 2


def test_more_grades_than_fit_are_refused(monkeypatch):
    monkeypatch.setattr("pb_engine.tallying.pabulib.defaults.MOST_GRADES", 1)
    raw = a_file(points=[("2", "3")], vote_type="scoring", further=["default_score;1"])
    with pytest.raises(InvalidElectionFile, match="line 14, default_score: more than 1 grades"):
        read_pabulib(raw)


@pytest.mark.parametrize("name", ["utf-16", "utf-32"])
def test_wide_text_is_read_by_a_lenient_reader_only(name, monkeypatch):
    monkeypatch.setattr("pb_engine.tallying.pabulib.encodings.FIRST_BLOCK", 33)
    raw = a_file(name="Bänkchen").decode().encode(name)
    with pytest.raises(InvalidElectionFile, match=f"line 1, line: the file is {name.upper()} text"):
        read_pabulib(raw)
    read = read_pabulib(raw, lenient=True)
    assert read.election.projects[0].title == "Bänkchen"
    assert read.remarks == (f"line 1, line: the file is {name.upper()} text; save it as UTF-8",)
    with pytest.raises(InvalidElectionFile, match="from here on this is not UTF"):
        read_pabulib(raw[:-1], lenient=True)


@pytest.mark.parametrize(
    ("language", "page", "title"), [("pl", "cp1250", "Ławka"), ("nl", "cp1252", "Cafétje")]
)
def test_text_of_one_byte_a_letter_is_read_by_a_lenient_reader_only(language, page, title):
    raw = a_file(name=title, further=[f"language;{language}"]).decode().encode(page)
    with pytest.raises(
        InvalidElectionFile, match=r"line 17, line: character \d+ is not UTF-8 text"
    ):
        read_pabulib(raw)
    read = read_pabulib(raw, lenient=True)
    assert read.election.projects[0].title == title
    (remark,) = read.remarks
    assert remark.endswith(f"is not UTF-8 text; read as {page}")


def test_what_is_no_text_at_all_is_refused_by_everybody():
    raw = a_file(name="B\x81nch").decode().encode("latin-1")
    with pytest.raises(InvalidElectionFile, match="line 16, line: neither UTF-8 nor cp1252"):
        read_pabulib(raw, lenient=True)


def test_spaces_in_lists_are_read_over_and_remarked():
    read = read_pabulib(a_file(votes=["1, 2"]))
    assert only(read) == Ballot.choosing(BallotFormat.APPROVAL, ["1", "2"])
    assert read.remarks == ("there are spaces in lists of projects; they were read over",)


def test_crlf_a_byte_order_mark_quotes_and_empty_lines_are_fine():
    raw = a_file(name='"a; ""quoted"" name"').replace(b"\n", b"\r\n") + b"\r\n"
    read = read_pabulib(b"\xef\xbb\xbf" + raw)
    assert read.election.projects[0].title == 'a; "quoted" name'


def test_a_stream_is_read_and_left_open():
    stream = io.BytesIO(a_file())
    assert read_pabulib(stream).election.profile.voters == 2
    assert not stream.closed


def test_declared_winners_are_known_and_so_is_their_absence():
    assert read_pabulib(a_file()).selected == {"1"}
    assert read_pabulib(a_file().replace(b";selected", b";other")).selected is None


def test_a_ballot_of_many_chunks_is_the_same(monkeypatch):
    many = a_file(votes=["1", "2", '"1,2"'] * 50)
    whole = read_pabulib(many).election.profile
    monkeypatch.setattr("pb_engine.tallying.pabulib.votes_careful.CHUNK", 7)
    assert read_pabulib(many).election.profile == whole


@needs_real_files
@pytest.mark.parametrize("name", names())
def test_a_real_file_reads_and_its_votes_are_those_it_declares(name):
    with (FOLDER / f"{name}.pb").open("rb") as stream:
        read = read_pabulib(stream)
    support = read.election.support
    for project, voters in zip(read.election.projects, support.voters, strict=True):
        declared = read.projects[project.id].get("votes")
        # Pabulib counts a project that stands twice on a ballot twice; we count it once.
        assert declared in {None, "", str(voters)} or read.remarks


LENIENT = {
    "wrong totals": (
        a_file().replace(b"num_votes;2", b"num_votes;9").replace(b"projects;2", b"projects;3"),
        ["num_projects: says 3", "num_votes: says 9"],
    ),
    "a voter twice": (a_file().replace(b"v1;", b"v0;"), ["voter 'v0' stands twice"]),
    "an unknown project": (a_file(votes=["1,7", "7"]), ["line 20, vote: project '7' is not in"]),
    "a long ballot": (a_file(further=["max_length;1"]), ["2 projects; max_length is 1"]),
}


def test_a_decimal_comma_is_repaired_unless_it_may_part_thousands():
    read = read_pabulib(a_file(budget="1000,5", cost="600,25"), lenient=True)
    assert (read.election.budget, read.election.projects[0].cost) == (100_050, 60_025)
    assert read.remarks == (
        "line 9, budget: '1000,5' was read as 1000.5",
        "line 16, cost: '600,25' was read as 600.25",
    )
    assert (read.meta["budget"], read.projects["1"]["cost"]) == ("1000.5", "600.25")
    with pytest.raises(InvalidElectionFile, match="line 16, cost: '1,000' has a comma"):
        read_pabulib(a_file(cost="1,000"), lenient=True)


@pytest.mark.parametrize("name", LENIENT)
def test_a_lenient_reader_says_what_it_read_over(name):
    raw, sentences = LENIENT[name]
    with pytest.raises(InvalidElectionFile):
        read_pabulib(raw)
    read = read_pabulib(raw, lenient=True)
    assert len(read.remarks) == len(sentences)
    for remark, sentence in zip(read.remarks, sentences, strict=True):
        assert sentence in remark
    assert read.election.profile.voters == 2


def test_marks_of_unknown_projects_are_dropped():
    raw = a_file(points=[("7,1", "9,2")], vote_type="cumulative")
    read = read_pabulib(raw, lenient=True)
    assert only(read) == Ballot.weighing(BallotFormat.POINTS, {"1": 2})
