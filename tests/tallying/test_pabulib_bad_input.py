"""Pabulib files that are wrong: each gets a sentence with line and field."""

from __future__ import annotations

import io
import tracemalloc

import pytest

from pb_engine.errors import InvalidElectionFile
from pb_engine.tallying.pabulib import read_pabulib
from pb_engine.tallying.pabulib.lines import LONGEST_LINE
from tests.tallying.pb_text import a_file

GOOD = a_file()
POINTS = a_file(points=[("1,2", "3,1")], vote_type="cumulative", further=["max_sum_points;4"])


def changed(old, new, good=GOOD):
    """A good file with one text replaced."""
    assert old in good
    return good.replace(old, new, 1)


WRONG = {
    "nothing": (b"", "line 1, section: META must stand here, not the end of the file"),
    "no title": (b"hello\n", "line 1, section: META must stand here, not 'hello'"),
    "wrong meta header": (changed(b"key;value", b"a;b"), "line 2, META: the first column"),
    "key twice": (
        changed(b"unit;Enschede", b"country;Belgium"),
        "line 5, country: this key stands twice",
    ),
    "no budget": (changed(b"budget;1000\n", b""), "budget: META must say this"),
    "unknown vote type": (changed(b";approval", b";shouting"), "line 10, vote_type: 'shouting'"),
    "ends in META": (GOOD[: GOOD.index(b"PROJECTS")], "line 13, META: the file ends before"),
    "ends in PROJECTS": (GOOD[: GOOD.index(b"VOTES")], "PROJECTS: the file ends before"),
    "truncated votes": (GOOD[: GOOD.index(b"v1;")], "line 8, num_votes: says 2, but VOTES has 1"),
    "no projects": (
        changed(b"1;600;Bench;1\n2;500;Trees;0\n", b""),
        "line 7, num_projects: says 2, but PROJECTS has 0",
    ),
    "project twice": (changed(b"2;500", b"1;500"), "line 17, project_id: project '1' stands twice"),
    "empty project id": (changed(b"2;500", b";500"), "line 17, project_id: ''"),
    "comma in project id": (changed(b"2;500", b'"2,3";500'), "line 17, project_id: '2,3'"),
    "missing cell": (changed(b"2;500;Trees;0", b"2;500"), "line 17, PROJECTS: 2 cells where 4"),
    "no cost column": (changed(b"project_id;cost", b"project_id;costs"), "no column 'cost'"),
    "column twice": (changed(b"cost;name", b"cost;cost"), "line 15, PROJECTS: the column 'cost'"),
    "negative cost": (changed(b"2;500", b"2;-500"), "line 17, cost: '-500' is below zero"),
    "NaN": (changed(b"2;500", b"2;NaN"), "line 17, cost: 'NaN' is not a plain number"),
    "infinite": (changed(b"2;500", b"2;1e400"), "line 17, cost: '1e400' is not a plain number"),
    "long number": (changed(b"2;500", b"2;" + b"9" * 5000), "line 17, cost: '9999"),
    "comma decimal": (changed(b"2;500", b"2;500,5"), "line 17, cost: '500,5' has a comma"),
    "other digits": (changed(b"2;500", "2;٥٠٠".encode()), "line 17, cost: "),
    "no cost": (changed(b"2;500", b"2;"), "line 17, cost: '' is not a plain number"),
    "budget in words": (changed(b"budget;1000", b"budget;much"), "line 9, budget: 'much'"),
    "half a voter": (changed(b"num_votes;2", b"num_votes;2.5"), "line 8, num_votes: '2.5'"),
    "too many votes": (changed(b"num_votes;2", b"num_votes;3"), "says 3, but VOTES has 2"),
    "unknown project": (changed(b"v1;1,2", b"v1;1,7"), "line 21, vote: project '7' is not in"),
    "voter twice": (changed(b"v1;", b"v0;"), "line 20, voter_id: voter 'v0' stands twice"),
    "wide row": (changed(b"v0;1", b"v0;1;x"), "line 20, VOTES: 3 cells where 2"),
    "no vote column": (changed(b"voter_id;vote", b"voter_id;veto"), "no column 'vote'"),
    "too long a ballot": (
        a_file(["1", "1,2"], further=["max_length;1"]),
        "line 22, vote: 2 projects; max_length is 1",
    ),
    "too dear a ballot": (
        a_file(["1", "1,2"], further=["max_sum_cost;700"]),
        "line 22, vote: 1100 in costs; max_sum_cost is 700",
    ),
    "NUL": (changed(b"Bench", b"Be\0ch"), "line 16, line: a NUL character"),
    "UTF-16": (GOOD.decode().encode("utf-16"), "line 1, line: "),
    "Latin-1": (changed(b"Bench", b"B\xe9nch"), "line 16, line: character 8 is not UTF-8"),
    "open quote": (changed(b"Bench", b'"Bench'), "quotes: "),
    "stray quote": (changed(b"Bench", b'"Be"nch'), "line 16, quotes: "),
    "uneven points": (changed(b"3,1", b"3", POINTS), "line 21, points: 1 numbers for 2 projects"),
    "points in words": (changed(b"3,1", b"3,x", POINTS), "line 21, points: 'x' is not a plain"),
    "half points": (changed(b"3,1", b"3,0.5", POINTS), "line 21, points: '0.5' is not a whole"),
    "endless points": (changed(b"3,1", b"3," + b"9" * 99, POINTS), "too long for a number"),
    "too many points": (
        changed(b"3,1", b"3,2", POINTS),
        "line 21, points: 5 points; max_sum_points is 4",
    ),
    "points twice": (
        changed(b"1,2;3,1", b"1,1;3,1", POINTS),
        "line 21, vote: gives points to one project twice",
    ),
    "no points column": (changed(b";points", b";score", POINTS), "no column 'points'"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_refused_with_line_and_field(name):
    raw, sentence = WRONG[name]
    with pytest.raises(InvalidElectionFile) as refusal:
        read_pabulib(raw)
    assert sentence in refusal.value.sentence


def test_the_line_is_right_after_quoted_line_breaks():
    raw = changed(b"v1;1,2", b"v1;7").replace(b"Bench", b'"Be\nnch"').replace(b"v0", b'"v\n0"')
    with pytest.raises(InvalidElectionFile, match="line 23, vote: project '7'"):
        read_pabulib(raw)


class Endless(io.RawIOBase):
    """A file that consists of one line without an end."""

    def __init__(self):
        super().__init__()
        self.given = 0

    def readable(self):
        return True

    def readinto(self, buffer):
        buffer[:] = b"x" * len(buffer)
        self.given += len(buffer)
        return len(buffer)


def test_an_endless_line_is_refused_after_a_bounded_part_of_it():
    endless = Endless()
    with pytest.raises(InvalidElectionFile, match="line 1, line: longer than"):
        read_pabulib(io.BufferedReader(endless))
    assert endless.given < 2 * LONGEST_LINE


def test_an_endless_line_takes_little_memory():
    tracemalloc.start()
    try:
        with pytest.raises(InvalidElectionFile, match="line 1, line: longer than"):
            read_pabulib(io.BufferedReader(Endless()))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 * LONGEST_LINE


@pytest.mark.parametrize("section", ["META", "VOTES"])
def test_two_gigabytes_without_a_line_end_are_refused_at_once(tmp_path, section):
    path = tmp_path / "huge.pb"
    path.write_bytes(GOOD[: GOOD.index(section.encode()) + len(section)])
    with path.open("r+b") as file:
        file.truncate(2 * 1024**3)
        with pytest.raises(InvalidElectionFile, match="line: longer than"):
            read_pabulib(file)


def test_a_section_that_does_not_end_is_refused(monkeypatch):
    monkeypatch.setattr("pb_engine.tallying.pabulib.sections.LONGEST_SECTION", 100)
    with pytest.raises(InvalidElectionFile, match="line 10, META: more than 100 characters"):
        read_pabulib(a_file())


def test_a_hundred_thousand_projects_are_read():
    number = 100_000
    listed = "".join(f"p{at};{at % 977}\n" for at in range(number))
    votes = f"v0;p0,p{number - 1}\nv1;p5\n"
    meta = f"META\nkey;value\nnum_projects;{number}\nnum_votes;2\nbudget;9\nvote_type;approval\n"
    raw = f"{meta}PROJECTS\nproject_id;cost\n{listed}VOTES\nvoter_id;vote\n{votes}".encode()
    election = read_pabulib(raw).election
    assert len(election.projects) == number
    assert [ballot.projects for ballot, _ in election.profile.groups] == [
        ("p0", f"p{number - 1}"),
        ("p5",),
    ]
    with pytest.raises(InvalidElectionFile, match="project 'p100000' is not in PROJECTS"):
        read_pabulib(raw.replace(b"v1;p5", b"v1;p100000"))


@pytest.mark.parametrize(
    ("further", "sentence"),
    [
        (f"max_length;{'9' * 5000}", "line 14, max_length: '9999"),
        ("max_length;1.5", "line 14, max_length: '1.5' is not a whole number"),
        ("max_sum_cost;1e400", "line 14, max_sum_cost: '1e400' is not a plain number"),
        ("max_sum_cost;NaN", "line 14, max_sum_cost: 'NaN' is not a plain number"),
        ("max_sum_cost;1,5", "line 14, max_sum_cost: '1,5' has a comma"),
    ],
)
def test_a_limit_that_is_no_number_is_refused(further, sentence):
    with pytest.raises(InvalidElectionFile) as refusal:
        read_pabulib(a_file(further=[further]))
    assert sentence in refusal.value.sentence


def test_the_largest_amounts_are_exact_and_do_not_overflow():
    most = "9" * 24
    read = read_pabulib(a_file(["1"], budget=most, cost=most, further=[f"max_sum_cost;{most}"]))
    assert read.election.budget == read.election.projects[0].cost == int(most) * 100
    with pytest.raises(InvalidElectionFile, match="in costs; max_sum_cost is 0"):
        read_pabulib(a_file(cost=most, further=["max_sum_cost;0"]))


def test_points_below_zero_are_refused_where_points_are_spread():
    with pytest.raises(InvalidElectionFile, match="line 21, points: -1 points; a cumulative vote"):
        read_pabulib(changed(b"3,1", b"3,-1", POINTS))


def test_two_choices_are_one_too_many_in_choose_1():
    with pytest.raises(InvalidElectionFile, match="line 21, vote: 2 projects; max_length is 1"):
        read_pabulib(a_file(["1", "1,2"], vote_type="choose-1"))


def test_a_voter_without_a_name_is_refused():
    with pytest.raises(InvalidElectionFile, match="line 20, voter_id: a voter without a name"):
        read_pabulib(changed(b"v0;1", b";1"))


def test_more_ways_to_vote_than_any_city_has_are_refused():
    raw = a_file(points=[("1", f"way {at}") for at in range(70)])
    with pytest.raises(InvalidElectionFile, match="voting_method: more than 64 ways to vote"):
        read_pabulib(raw.replace(b"vote;points", b"vote;voting_method"))


def test_a_withdrawn_project_is_known():
    assert read_pabulib(a_file(cost="999999999")).withdrawn == {"1"}
    assert read_pabulib(a_file(cost="999999999.01")).withdrawn == frozenset()


@pytest.mark.parametrize("cost", ["0", "999999999", "5000"])
def test_free_withdrawn_and_unaffordable_projects_are_read(cost):
    assert read_pabulib(a_file(cost=cost)).election.projects[0].cost == int(cost) * 100


def test_no_votes_and_no_budget_are_an_election_too():
    election = read_pabulib(a_file([], budget="0")).election
    assert election.profile.voters == 0
    assert election.budget == 0
