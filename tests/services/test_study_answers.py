"""Answers wait, leave together, and their giver can take them back."""

import dataclasses
from datetime import timedelta

import pytest

from pb_engine.cli.work import tasks_of
from pb_engine.errors import MistypedCode, NotReady
from pb_engine.sealing.study_codes import new_study_code, study_id
from pb_engine.services import study_answers
from pb_engine.services.study_answers import answers_of, let_leave, withdraw
from pb_engine.services.surveys import take_answers
from pb_engine.units import RoundId
from tests.builders import a_round_in

MOMENT = "after_ballot"


@pytest.fixture
def voting(tmp_path):
    return a_round_in(tmp_path)


def give(staged, *trusts):
    return [
        take_answers(staged.engine, staged.slug, MOMENT, "trust_core", {"trust_municipality": one})
        for one in trusts
    ]


def stored(staged):
    with staged.engine.stores.study.read() as work:
        waiting = work.waiting().get((RoundId(staged.slug), "trust_core"), 0)
        return waiting, work.all(RoundId(staged.slug), "trust_core")


def closing(staged, monkeypatch):
    monkeypatch.setattr(study_answers, "closed", lambda *_: True)


def test_in_a_small_round_no_answer_leaves_before_voting_has_closed(voting, monkeypatch):
    give(voting, *["7"] * 30)
    assert let_leave(voting.engine) == ()
    assert stored(voting) == (30, ())
    closing(voting, monkeypatch)
    later = dataclasses.replace(
        voting.engine, clock=lambda: voting.engine.clock() + timedelta(days=3)
    )
    assert [one.number for one in let_leave(later)] == [30]
    waiting, left = stored(voting)
    assert (waiting, len(left)) == (0, 30)
    assert {one.day for one in left} == {later.today()}, "one day for all: that of leaving"


def test_in_a_large_round_answers_leave_with_nineteen_others_at_least(voting, monkeypatch):
    monkeypatch.setattr(study_answers, "SMALL", 40)
    give(voting, *["5"] * 39)
    assert let_leave(voting.engine) == ()
    give(voting, "6")
    assert [one.number for one in let_leave(voting.engine)] == [40]
    give(voting, *["7"] * 19)
    assert let_leave(voting.engine) == ()
    give(voting, "8")
    assert [one.number for one in let_leave(voting.engine)] == [20]
    assert let_leave(voting.engine) == ()


def test_answers_about_a_vote_stay_closed_while_people_vote(voting, monkeypatch):
    give(voting, "7")
    with pytest.raises(NotReady, match="until voting has closed"):
        answers_of(voting.engine, voting.slug, "trust_core")
    closing(voting, monkeypatch)
    let_leave(voting.engine)
    (one,) = answers_of(voting.engine, voting.slug, "trust_core")
    assert one.values["trust_municipality"] == "7"


@pytest.mark.parametrize("left", [False, True], ids=["waiting", "left"])
def test_whoever_has_the_code_takes_the_answers_back_and_nobody_else(voting, monkeypatch, left):
    mine, other = give(voting, "1", "9")
    if left:
        closing(voting, monkeypatch)
        let_leave(voting.engine)
    assert withdraw(voting.engine, voting.slug, new_study_code()) == 0
    assert withdraw(voting.engine, voting.slug, mine.code.lower().replace("-", " ")) == 1
    assert withdraw(voting.engine, voting.slug, mine.code) == 0
    closing(voting, monkeypatch)
    let_leave(voting.engine)
    (kept,) = answers_of(voting.engine, voting.slug, "trust_core")
    assert kept.values["trust_municipality"] == "9"
    assert other.code != mine.code


def test_a_mistyped_code_is_noticed(voting):
    (mine,) = give(voting, "1")
    wrong = mine.code[:-1] + ("2" if mine.code[-1] != "2" else "3")
    with pytest.raises(MistypedCode):
        withdraw(voting.engine, voting.slug, wrong)
    with pytest.raises(MistypedCode):
        withdraw(voting.engine, voting.slug, voting.codes[0])


def test_the_code_is_kept_nowhere_and_its_id_differs_per_round(voting):
    (mine,) = give(voting, "1")
    with voting.engine.stores.study.write() as work:
        held = repr(work.take_waiting(RoundId(voting.slug), "trust_core"))
    assert mine.code not in held
    assert mine.code.replace("-", "") not in held
    assert study_id(mine.code, round_id="a") != study_id(mine.code, round_id="b")


def test_a_sheet_on_which_nothing_was_said_is_not_kept_and_gets_no_code(voting):
    (nothing,) = give(voting, "")
    assert (nothing.answered, nothing.code) == (0, "")
    assert stored(voting) == (0, ())


def test_the_work_in_the_background_lets_answers_leave(voting, monkeypatch):
    give(voting, "7")
    closing(voting, monkeypatch)
    tasks_of(voting.engine)["answers"]()
    assert [len(one) for one in stored(voting)[1:]] == [1]
