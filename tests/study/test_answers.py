"""What somebody answers: read, shown or not, and scored exactly."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.errors import InvalidAnswers
from pb_engine.study import (
    Compare,
    Condition,
    Join,
    Joined,
    Missing,
    holds,
    read_answers,
    scores_of,
)
from tests.study.instruments import document, score, small

SMALL = small()
FORM = SMALL.form("T2")


def read(**typed):
    return read_answers(SMALL, FORM, typed)


def test_nought_is_an_answer_and_nothing_is_none():
    assert read(trust="0")["trust"] == "0"
    assert read(trust="")["trust"] is Missing.SKIPPED
    assert read()["trust"] is Missing.SKIPPED


@pytest.mark.parametrize("typed", ["11", "-1", "98", "1.0", " 1", "01", "١", "1\n", "not_shown"])
def test_what_is_not_on_the_scale_is_refused_by_name(typed):
    with pytest.raises(InvalidAnswers, match="trust") as refused:
        read(trust=typed)
    assert refused.value.details == {"item": "trust"}


def test_not_knowing_is_an_answer_of_its_own_and_wishing_not_to_say_is_offered_or_not():
    assert read(trust="dont_know")["trust"] is Missing.DONT_KNOW
    with pytest.raises(InvalidAnswers):
        read(trust="prefer_not")
    assert read(heard="5", more="prefer_not")["more"] is Missing.PREFER_NOT


def test_a_question_that_is_not_shown_has_no_answer_whatever_was_sent():
    assert read(heard="5", more="3")["more"] == "3"
    assert read(heard="1", more="3")["more"] is Missing.NOT_SHOWN
    assert read(heard="dont_know", more="3")["more"] is Missing.NOT_SHOWN
    assert read(more="3")["more"] is Missing.NOT_SHOWN


def test_a_hidden_answer_does_not_show_the_next_question():
    chain = document()["items"]
    chain.append({**chain[3], "id": "last", "show_if": {"item": "more", "answered": "yes"}})
    made = small(items=chain, waves=[{"wave": "T2", "pages": [["heard"], ["more"], ["last"]]}])
    answers = read_answers(made, made.form("T2"), {"heard": "1", "more": "3", "last": "2"})
    assert answers["last"] is Missing.NOT_SHOWN


def test_fields_of_the_form_that_are_no_items_are_not_kept():
    assert set(read(csrf_token="x", name="Fatma")) == set(FORM.items)


def test_without_an_answer_no_comparison_holds():
    for compare in Compare:
        one = Condition("heard", compare, ("1",))
        assert not holds(one, {})
        assert not holds(one, {"heard": Missing.DONT_KNOW})
    assert holds(Condition("heard", Compare.NOT_IN, ("1",)), {"heard": "2"})


def test_all_and_any_join_conditions():
    parts = (Condition("a", Compare.IN, ("1",)), Condition("b", Compare.IN, ("1",)))
    answers = {"a": "1", "b": "2"}
    assert not holds(Joined(Join.ALL, parts), answers)
    assert holds(Joined(Join.ANY, parts), answers)


def test_a_score_is_an_exact_fraction_and_turned_items_count_the_other_way():
    assert scores_of(SMALL, {"heard": "5", "fair": "2"}) == {"process": Fraction(9, 2)}
    assert scores_of(SMALL, {"heard": "5"}) == {"process": Fraction(5)}


def test_too_few_answers_give_no_score_and_never_nought():
    assert scores_of(SMALL, {}) == {"process": None}
    strict = small(scores=[score("process", ["heard", "fair"], least="2")])
    assert scores_of(strict, {"heard": "5", "fair": Missing.DONT_KNOW}) == {"process": None}


def test_declared_values_decide_and_are_not_rescaled():
    values = {"1": "10", "2": "8", "3": "6", "4": "4", "5": "2"}
    vng = small(scores=[score("x", ["heard"], least="1", values=values)])
    assert scores_of(vng, {"heard": "5"}) == {"x": Fraction(2)}
    times = small(scores=[score("x", ["heard", "fair"], least="1", times="10/4")])
    assert scores_of(times, {"heard": "3", "fair": "4"}) == {"x": Fraction(35, 4)}


CODES = st.sampled_from(["1", "2", "3", "4", "5", Missing.SKIPPED, Missing.DONT_KNOW])


@given(st.fixed_dictionaries({"heard": CODES, "fair": CODES}))
def test_a_mean_lies_on_the_scale_of_its_items(answers):
    found = scores_of(SMALL, answers)["process"]
    missing = all(isinstance(one, Missing) for one in answers.values())
    assert (found is None) is missing
    assert found is None or 1 <= found <= 5
