"""Elections as sheets: read strictly, written so that they read back."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.ballots import Ballot, BallotFormat
from pb_engine.errors import InvalidElectionFile
from pb_engine.tallying import Project
from pb_engine.tallying.pabulib import read_pabulib
from pb_engine.tallying.sheets import read_sheets, sheets_archive, sheets_of
from pb_engine.tallying.sheets.cells import bare, guarded
from pb_engine.testing.records import a_record
from tests.tallying.real_files import FOLDER, names, needs_real_files
from tests.tallying.test_pabulib_quick import files

TERMS = b'budget = "1000.50"\nformat = "approval"\ntitle = "Example"\n'
PROJECTS = b"id,cost,title\n1,600,Bench\n2,500.25,Trees\n"
BALLOTS = b"ballot,project\nb1,1\nb1,2\nb2,2\nb3,\n"
POINTS = b"ballot,project,weight\nb1,1,3\nb1,2,1\n"


def read(terms=TERMS, projects=PROJECTS, ballots=BALLOTS, **how):
    return read_sheets(terms, io.BytesIO(projects), io.BytesIO(ballots), **how)


def written(found):
    """The three files, in the order in which they are read."""
    return [b"".join(parts) for parts in sheets_of(found).values()]


def in_format(name):
    return TERMS.replace(b"approval", name)


def test_projects_money_and_ballots_are_read_exactly():
    election = read().election
    assert election.budget == 100_050
    assert election.projects == (Project("1", 60_000, "Bench"), Project("2", 50_025, "Trees"))
    assert election.profile.groups == (
        (Ballot.choosing(BallotFormat.APPROVAL, []), 1),
        (Ballot.choosing(BallotFormat.APPROVAL, ["1", "2"]), 1),
        (Ballot.choosing(BallotFormat.APPROVAL, ["2"]), 1),
    )


@pytest.mark.parametrize(
    "turned",
    [
        lambda raw: raw.replace(b",", b";"),
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.replace(b"\n", b"\r\n") + b"\r\n",
        lambda raw: raw.decode().encode("utf-16"),
        lambda raw: raw.replace(b",", b";").decode().encode("utf-16"),
    ],
)
def test_semicolons_marks_line_ends_and_utf_16_of_spreadsheets_are_fine(turned):
    found = read(projects=turned(PROJECTS), ballots=turned(BALLOTS))
    assert found.election == read().election
    assert found.remarks == ()


@pytest.mark.parametrize(
    ("name", "ballots", "weights"),
    [
        (b"points", POINTS, {"1": 3, "2": 1}),
        (b"score", POINTS.replace(b"1,3", b"1,0"), {"1": 0, "2": 1}),
        (b"ranking", POINTS.replace(b"1,3", b"1,2"), {"1": 2, "2": 1}),
        (b"basket", BALLOTS[:25], {"1": 1, "2": 1}),
        (b"points", POINTS.replace(b"1,3", b"1,0"), {"2": 1}),
    ],
)
def test_every_format_has_its_weights(name, ballots, weights):
    ((ballot, _),) = read(in_format(name), ballots=ballots).election.profile.groups
    assert ballot == Ballot.weighing(BallotFormat(name.decode()), weights)


def test_channels_are_kept():
    ballots = b"ballot,project,channel\nb1,1,paper\nb2,1,internet\nb2,2,internet\n"
    found = read(ballots=ballots)
    assert [row[0] for row in found.election.profile.channel_groups] == ["internet", "paper"]
    assert read(*written(found)).election == found.election


WRONG = {
    "no toml": ({"terms": b"budget = "}, "election.toml, this is not TOML: "),
    "latin terms": ({"terms": b'title = "\xe9"'}, "election.toml, this is not TOML: "),
    "unknown key": ({"terms": TERMS + b"x = 1"}, "election.toml, line 4, x: this key is unknown"),
    "no budget": ({"terms": b'format = "approval"'}, "election.toml, line 1, budget: "),
    "float": ({"terms": TERMS.replace(b'"1000.50"', b"1000.5")}, "line 1, budget: must be a whole"),
    "bad budget": (
        {"terms": TERMS.replace(b"1000.50", b"1e400")},
        "budget: '1e400' is not a plain",
    ),
    "bad format": ({"terms": in_format(b"shouting")}, "election.toml, line 2, format: must be one"),
    "bad limit": ({"terms": TERMS + b'max_length = "x"'}, "election.toml, line 4, max_length: 'x'"),
    "nothing": ({"projects": b""}, "projects.csv, line 1, id: the sheet has no such column"),
    "no cost": ({"projects": b"id\n1\n"}, "projects.csv, line 1, cost: the sheet has no such"),
    "column twice": ({"projects": b"id,cost,cost\n"}, "projects.csv, line 1, cost: this column"),
    "wide row": ({"projects": PROJECTS + b"3,1\n"}, "projects.csv, line 4, row: 2 cells where 3"),
    "project twice": ({"projects": PROJECTS + b"1,1,x\n"}, "line 4, id: project '1' stands twice"),
    "no id": ({"projects": PROJECTS + b",1,x\n"}, "projects.csv, line 4, id: ''"),
    "negative": ({"projects": PROJECTS + b"3,-1,x\n"}, "projects.csv, line 4, cost: '-1' is below"),
    "comma": ({"projects": PROJECTS + b'3,"1,5",x\n'}, "line 4, cost: '1,5' has a comma"),
    "NaN": ({"projects": PROJECTS + b"3,NaN,x\n"}, "projects.csv, line 4, cost: 'NaN' is not a"),
    "latin": ({"projects": PROJECTS + b"3,1,\xe9\n"}, "projects.csv, line 4, line: character 5"),
    "NUL": ({"ballots": BALLOTS + b"b4,\0\n"}, "ballots.csv, line 6, line: a NUL character"),
    "open quote": ({"ballots": BALLOTS + b'b4,"1\n'}, "quotes: "),
    "no ballot": ({"ballots": BALLOTS + b",1\n"}, "ballots.csv, line 6, ballot: a mark must say"),
    "unknown project": (
        {"ballots": BALLOTS + b"b4,7\n"},
        "ballots.csv, line 6, project: project '7'",
    ),
    "marked twice": (
        {"ballots": BALLOTS + b"b4,1\nb4,1\n"},
        "line 7, project: ballot 'b4' marks '1'",
    ),
    "torn ballot": (
        {"ballots": BALLOTS + b"b1,1\n"},
        "line 6, ballot: ballot 'b1' stands elsewhere",
    ),
    "weight": (
        {"ballots": b"ballot,project,weight\na,1,2\n"},
        "line 2, weight: '2': on an approval ballot",
    ),
    "only a weight": ({"ballots": b"ballot,project,weight\na,,1\n"}, "line 2, project: there is a"),
    "two channels": (
        {"ballots": b"ballot,project,channel\na,1,x\na,2,y\n"},
        "ballots.csv, line 3, channel: ballot 'a' came through another",
    ),
    "half a point": (
        {"terms": in_format(b"points"), "ballots": POINTS.replace(b",3", b",0.5")},
        "ballots.csv, line 2, weight: '0.5' is not a whole number",
    ),
    "negative points": (
        {"terms": in_format(b"points"), "ballots": POINTS.replace(b",3", b",-5")},
        "ballots.csv, line 2, weight: '-5' is below zero",
    ),
    "endless points": (
        {"terms": in_format(b"points"), "ballots": POINTS.replace(b",3", b"," + b"9" * 99)},
        "ballots.csv, line 2, weight: '9999",
    ),
    "tied ranks": (
        {"terms": in_format(b"ranking"), "ballots": POINTS.replace(b",3", b",1")},
        "ballots.csv, line 3, weight: ballot 'b1' must give the places 1, 2, 3",
    ),
    "two on one": (
        {"terms": in_format(b"single")},
        "ballots.csv, line 3, ballot: 2 projects; max_length is 1",
    ),
    "too dear": (
        {"terms": TERMS + b"max_sum_cost = 700"},
        "ballots.csv, line 3, ballot: 1100.25 in costs; max_sum_cost is 700",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_sheets_are_refused_with_file_line_and_column(name):
    changes, sentence = WRONG[name]
    with pytest.raises(InvalidElectionFile) as refusal:
        read(**changes)
    assert sentence in refusal.value.sentence


def test_a_lenient_reader_drops_marks_of_unknown_projects():
    found = read(ballots=BALLOTS + b"b4,7\n", lenient=True)
    assert found.election.profile.voters == 4
    assert found.remarks == ("line 6, project: project '7' is not in projects.csv",)


def test_the_size_of_the_parts_does_not_matter(monkeypatch):
    ballots = b"ballot,project,channel\nb1,1,\nb2,1,internet\nb2,2,internet\n"
    whole = read(ballots=ballots).election
    monkeypatch.setattr("pb_engine.tallying.sheets.ballots._AT_ONCE", 1)
    monkeypatch.setattr("pb_engine.tallying.sheets.cells._CHUNK", 1)
    assert read(ballots=ballots).election == whole


def test_a_torn_ballot_is_noticed_over_a_long_distance(monkeypatch):
    monkeypatch.setattr("pb_engine.tallying.sheets.ballots._AT_ONCE", 1)
    with pytest.raises(InvalidElectionFile, match="line 6, ballot: ballot 'b1' stands elsewhere"):
        read(ballots=BALLOTS + b"b1,1\n")


@given(files())
def test_any_pabulib_file_survives_as_sheets(raw):
    try:
        found = read_pabulib(raw)
    except InvalidElectionFile:
        return
    again = read(*written(found))
    assert again.election == replace(found.election, currency="EUR")
    assert again.projects == found.projects


@needs_real_files
@pytest.mark.parametrize("name", names(limit=30_000))
def test_a_real_file_survives_as_sheets(name):
    found = read_pabulib((FOLDER / f"{name}.pb").read_bytes())
    again = read(*written(found))
    assert again.election == found.election
    assert written(again) == written(found)


@given(st.text(alphabet="'=+-@\t\r1a.", max_size=5))
def test_no_cell_is_a_formula_and_every_text_comes_back(text):
    cell = guarded(text)
    assert bare(cell) == text
    assert not cell.startswith(("=", "@", "\t", "\r"))
    if cell.startswith(("+", "-")):
        assert float(cell) is not None


def test_formulas_in_titles_and_identifiers_are_guarded():
    projects = b'id,cost,title\n"=1",600,"=HYPERLINK(""x"")"\n2,500,-5.3\n'
    found = read(projects=projects, ballots=b"ballot,project\na,=1\n")
    _, sheet, ballots = written(found)
    assert b'\'=1,600,"\'=HYPERLINK(""x"")"\n2,500,-5.3\n' in sheet
    assert b"1,'=1,1\n" in ballots
    assert read(*written(found)).projects == found.projects


def test_a_record_in_an_archive_reads_as_the_same_election():
    raw = sheets_archive(a_record())
    assert raw == sheets_archive(a_record())
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        found = read(*(archive.read(name) for name in archive.namelist()))
    assert found.election.budget == a_record().budget
    assert found.election.profile.voters == len(a_record().ballots)
    assert found.selected == {"bench"}
