"""Rules that lie open for comment, and what bodies of residents said of them."""

from datetime import date

import pytest

from pb_engine.domain.phases import Window, midnight
from pb_engine.domain.round_document import mistakes_in, read_round, round_document
from pb_engine.domain.rounds import Agreement, Stand
from pb_engine.errors import InvalidIdea, WrongPhase
from pb_engine.services import phases, rule_comments, rules_page
from tests.builders import CALENDAR, a_round, a_round_in, at

OPEN = Window(date(2027, 2, 10), date(2027, 2, 20))
TALK = midnight(date(2027, 2, 15))


@pytest.fixture
def draft(tmp_path):
    staged = a_round_in(tmp_path, "draft", round_=a_round(consultation=OPEN))
    return staged.move_to(TALK)


def test_rules_are_commented_on_while_they_lie_open(draft):
    assert rules_page.rules_page(draft.engine, draft.slug).lies_open
    rule_comments.comment_on_rules(draft.engine, draft.slug, "  Drie stemmen is te weinig.\x00 ")
    (said,) = rule_comments.rule_comments(draft.engine, draft.slug)
    assert (said.body, said.written_on) == ("Drie stemmen is te weinig.", date(2027, 2, 15))


@pytest.mark.parametrize("day", [date(2027, 2, 9), date(2027, 2, 21)])
def test_before_and_after_those_days_nothing_is_taken(draft, day):
    other = at(draft.engine, midnight(day))
    assert not rules_page.rules_page(other, draft.slug).lies_open
    with pytest.raises(WrongPhase):
        rule_comments.comment_on_rules(other, draft.slug, "Te laat.")


def test_rules_that_froze_take_no_comment(draft):
    phases.take_step(draft.engine, draft.slug, "open_ideas", "team", "Wij beginnen vandaag al.")
    with pytest.raises(WrongPhase):
        rule_comments.comment_on_rules(draft.engine, draft.slug, "Te laat.")


@pytest.mark.parametrize("body", ["", " \n ", "x" * 3001])
def test_a_comment_is_bounded(draft, body):
    with pytest.raises(InvalidIdea):
        rule_comments.comment_on_rules(draft.engine, draft.slug, body)
    assert rule_comments.rule_comments(draft.engine, draft.slug) == ()


def test_a_full_list_takes_no_more(draft, monkeypatch):
    monkeypatch.setattr(rule_comments, "MOST_RULE_COMMENTS", 1)
    rule_comments.comment_on_rules(draft.engine, draft.slug, "De eerste.")
    with pytest.raises(WrongPhase):
        rule_comments.comment_on_rules(draft.engine, draft.slug, "De tweede.")


def test_a_round_without_agreements_or_consultation_is_spelled_as_before():
    assert not {"plan", "agreements", "consultation"} & round_document(a_round()).keys()


def test_agreements_read_back_equal_and_an_unknown_stand_is_refused():
    round_ = a_round(agreements=(Agreement("Wijkraad", 2, Stand.AGREED, date(2027, 2, 1)),))
    document = round_document(round_)
    assert read_round(document, "x") == round_
    document["agreements"][0]["stand"] = "erkend"
    document["agreements"][0]["level"] = 4
    assert {path for path, _ in mistakes_in(document)} == {
        "agreements.0.stand", "agreements.0.level",
    }  # fmt: skip


def test_a_consultation_ends_before_ideas_open():
    late = Window(OPEN.opens, CALENDAR.ideas.opens)
    ((path, sentence),) = mistakes_in(round_document(a_round(consultation=late)))
    assert path == "consultation"
    assert "before calendar.ideas.opens" in sentence
