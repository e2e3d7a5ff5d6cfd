"""The exporters ``record`` and ``pabulib``, and the view ``votes_and_money``."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from pb_engine.api import Audience, Release
from pb_engine.ballots import Ballot, BallotFormat, BallotPaper, PaperLine
from pb_engine.errors import InvalidElectionFile
from pb_engine.plugins import pabulib, record, sheets, votes_and_money
from pb_engine.plugins.pabulib.rule_names import pabulib_rule
from pb_engine.tallying import Outcome
from pb_engine.tallying.pabulib import pabulib_bytes, read_pabulib
from pb_engine.tallying.record import read_record
from pb_engine.tallying.recount import record_election
from pb_engine.testing.builders import a_result
from pb_engine.testing.export import ExporterContract
from pb_engine.testing.records import a_record
from pb_engine.testing.results import ResultViewContract
from tests.tallying.records import counted

(PABULIB,) = pabulib.pb_register_exporters()
(RECORD,) = record.pb_register_exporters()
(SHEETS,) = sheets.pb_register_exporters()
(VIEW,) = votes_and_money.pb_register_result_views()


class TestPabulibKeepsTheContract(ExporterContract):
    exporter = PABULIB


class TestSheetsKeepTheContract(ExporterContract):
    exporter = SHEETS


class TestRecordKeepsTheContract(ExporterContract):
    exporter = RECORD


class TestVotesAndMoneyKeepsTheContract(ResultViewContract):
    view = VIEW


def exported(exporter, published):
    to = io.BytesIO()
    exporter.write(Release(published, Audience.PUBLIC), to, {})
    return to.getvalue()


def test_the_record_that_is_downloaded_is_the_record():
    assert read_record(exported(RECORD, counted())) == counted()


def test_a_pabulib_file_holds_the_same_election():
    read = read_pabulib(exported(PABULIB, a_record()))
    election = record_election(a_record())
    assert read.election.profile == election.profile
    assert read.election.budget == election.budget
    costs = {project.id: project.cost for project in read.election.projects}
    assert costs == {project.id: project.cost for project in election.projects}
    assert read.selected == set(a_record().outcome.selected)
    assert read.meta["rule"] == "greedy"
    assert "An example." in read.meta["comment"]


@pytest.mark.parametrize(
    ("ballot_format", "weights"),
    [
        (BallotFormat.SINGLE, {"bench": 1}),
        (BallotFormat.BASKET, {"bench": 1}),
        (BallotFormat.POINTS, {"bench": 1, "trees": 3}),
        (BallotFormat.SCORE, {"bench": 0, "trees": 2}),
        (BallotFormat.RANKING, {"slide": 1, "bench": 2, "trees": 3}),
    ],
)
def test_every_ballot_format_survives_pabulib(ballot_format, weights):
    lines = tuple(PaperLine(p.id, p.cost) for p in a_record().projects)
    paper = BallotPaper(ballot_format, lines, 1, 3, spend_limit=100_000, max_points=5)
    ballot = Ballot.weighing(ballot_format, weights)
    paper.check(ballot)
    published = replace(a_record(), paper=paper, ballots=(ballot, ballot))
    read = read_pabulib(pabulib_bytes(published))
    marks = [(one.marks, times) for one, times in read.election.profile.groups]
    assert marks == [(ballot.marks, 2)]


def test_an_identifier_with_a_comma_is_refused_by_pabulib():
    projects = tuple(replace(p, id=f"{p.id},x") for p in a_record().projects)
    with pytest.raises(InvalidElectionFile, match="bench,x"):
        pabulib_bytes(replace(a_record(), projects=projects))


@pytest.mark.parametrize(
    ("method", "settings", "word"),
    [
        ("greedy", {"skip": True}, "greedy"),
        ("greedy", {"skip": False}, "greedy-no-skip"),
        ("greedy", {"minimum_votes": 25}, "greedy-threshold"),
        ("greedy", {"minimum_votes": 25, "skip": False}, "greedy-custom"),
        ("greedy", {"exclusive": [["a", "b"]]}, "greedy-exclusive"),
        ("greedy", {"exclusive": [["a", "b"]], "skip": False}, "greedy-custom"),
        ("greedy", {"pots": [{"name": "n", "projects": [], "amount": 1}]}, "greedy-custom"),
        ("equal_shares", {"utility": "cost", "completion": "none"}, "equalshares"),
        (
            "equal_shares",
            {"utility": "cost", "completion": "add1", "variant": "official", "step": 1},
            "equalshares/add1",
        ),
        ("equal_shares", {"utility": "cost", "completion": "add1_greedy"}, "unknown"),
        ("equal_shares", {"utility": "cardinality", "completion": "none"}, "unknown"),
        ("a_strangers_rule", {}, "unknown"),
    ],
)
def test_pabulib_gets_its_own_word_for_the_rule(method, settings, word):
    assert pabulib_rule(method, settings)[0] == word


def figures(result):
    return VIEW.figures(result, {})


def test_votes_stand_from_many_to_few_and_winners_stand_out():
    election, outcome = record_election(counted()), counted().outcome
    votes, money, comparison = figures(a_result(election, outcome))
    assert [bar.value for bar in votes.bars] == [3, 2, 0]
    assert [bar.highlighted for bar in votes.bars] == [True, False, False]
    assert votes.bars[0].written.nl == "3 stemmen"
    assert [bar.written.nl for bar in money.bars] == ["€ 400", "€ 600"]
    assert [cell.nl for cell in comparison.rows[0]] == [
        "A bench; in the sun",
        "✓ geld",
        "✓ geld",
    ]
    assert [cell.nl for cell in comparison.rows[-1]] == ["Samen", "€ 400", "€ 400"]


def test_without_other_rules_there_is_no_comparison():
    result = replace(a_result(record_election(counted()), counted().outcome), compared=())
    assert len(figures(result)) == 2


def test_nothing_funded_leaves_the_whole_budget():
    nothing = Outcome("some", "1", (), ())
    _, money, _ = figures(a_result(record_election(counted()), nothing))
    assert [bar.value for bar in money.bars] == [100_000]
