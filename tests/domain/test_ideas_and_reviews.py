import dataclasses
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.domain.ideas import (
    IDEA_TRANSITIONS,
    IdeaState,
    IdeaStep,
    Submitter,
    check_draft,
    idea_after,
    tidy,
)
from pb_engine.domain.review import Colour, Judgement, Review, ReviewOutcome, check_review
from pb_engine.errors import InvalidIdea, InvalidReview, WrongIdeaState
from pb_engine.units import Cents
from tests.builders import a_draft, a_round

REASON = "Het gaat over verkeer."


def a_review(outcome="pass", colours=("green", "green"), **changes):
    judgements = tuple(
        Judgement(f"R{place}", Colour(colour), "" if colour == "green" else REASON)
        for place, colour in enumerate(colours, start=1)
    )
    review = Review(
        outcome=ReviewOutcome(outcome),
        judgements=judgements,
        reviewed_by="commissie",
        reviewed_on=date(2027, 4, 1),
        reason="" if outcome == "pass" else REASON,
        final_cost_cents=Cents(3_000_00) if outcome == "pass" else None,
    )
    return dataclasses.replace(review, **changes)


def test_an_idea_that_keeps_to_the_rules_is_accepted():
    check_draft(a_round(), a_draft())


@pytest.mark.parametrize(
    ("changes", "field", "problem"),
    [
        ({"title": "ab"}, "title", "too_short"),
        ({"title": "x" * 81}, "title", "too_long"),
        ({"description": "kort"}, "description", "too_short"),
        ({"description": "x" * 1_000_000}, "description", "too_long"),
        ({"cost_cents": Cents(0)}, "cost", "too_low"),
        ({"cost_cents": Cents(-100)}, "cost", "too_low"),
        ({"cost_cents": Cents(7_000_00)}, "cost", "too_high"),
        ({"theme": "ruimtevaart"}, "theme", "unknown"),
        ({"area": "roombeek"}, "area", "unknown"),
        ({"submitter": Submitter("")}, "name", "too_short"),
    ],
)
def test_a_broken_submission_rule_is_named(changes, field, problem):
    with pytest.raises(InvalidIdea) as refused:
        check_draft(a_round(), a_draft(**changes))
    assert refused.value.details["field"] == field
    assert refused.value.details["problem"] == problem


def test_all_mistakes_of_an_idea_are_told_at_once():
    with pytest.raises(InvalidIdea) as refused:
        check_draft(a_round(), a_draft(title="", theme="geen"))
    assert refused.value.details["all"] == "title:too_short:3 theme:unknown:0"


@given(st.text())
def test_tidying_twice_changes_nothing_more(text):
    assert tidy(tidy(text)) == tidy(text)


def test_characters_that_turn_a_line_around_are_taken_out():
    assert tidy("veilig\u202egp.exe\x00\u2066") == "veiliggp.exe"


def test_letters_of_every_script_stay():
    assert tidy("حديقة للجميع çöğ ñ 公園") == "حديقة للجميع çöğ ñ 公園"


def test_a_withdrawn_or_merged_idea_moves_no_more():
    for state in (IdeaState.WITHDRAWN, IdeaState.MERGED, IdeaState.ON_BALLOT):
        for step in IdeaStep:
            with pytest.raises(WrongIdeaState):
                idea_after(state, step)


def test_only_a_feasible_idea_comes_on_the_ballot_paper():
    places = [state for state, step in IDEA_TRANSITIONS if step is IdeaStep.PLACE]
    assert places == [IdeaState.FEASIBLE]


@pytest.mark.parametrize(
    "review",
    [
        a_review(),
        a_review("adapt", ("green", "orange")),
        a_review("reject", ("green", "red")),
        a_review("refer", ("green", "red"), referred_to="verkeer"),
    ],
)
def test_each_outcome_has_a_form_that_is_accepted(review):
    check_review(a_round(), review)


def test_a_referral_gets_its_reply_date_from_the_round():
    review = check_review(a_round(), a_review("refer", ("green", "red"), referred_to="verkeer"))
    assert review.reply_by == date(2027, 4, 15)


@pytest.mark.parametrize(
    ("review", "problem"),
    [
        (a_review(colours=("green",)), "criterion"),
        (a_review(referred_to="nergens"), "referral"),
        (a_review(colours=("green", "green", "green")), "unknown_criterion"),
        (a_review(colours=("green", "red")), "not_green"),
        (a_review(final_cost_cents=None), "final_cost"),
        (a_review(final_cost_cents=Cents(0)), "final_cost"),
        (a_review(final_cost_cents=Cents(99_000_00)), "final_cost"),
        (a_review("adapt", ("green", "green")), "colours_adapt"),
        (a_review("adapt", ("orange", "red")), "colours_adapt"),
        (a_review("reject", ("green", "orange")), "colours_reject"),
        (a_review("reject", ("green", "red"), reason="nee"), "reason"),
        (a_review("refer", ("green", "red")), "referral"),
        (a_review("refer", ("green", "green"), referred_to="verkeer"), "colours_refer"),
        (
            a_review(
                "reject",
                ("green", "red"),
                judgements=(Judgement("R1", Colour.GREEN), Judgement("R2", Colour.RED)),
            ),
            "criterion_reason",
        ),
    ],
)
def test_an_incomplete_review_is_refused_with_what_is_missing(review, problem):
    with pytest.raises(InvalidReview) as refused:
        check_review(a_round(), review)
    assert refused.value.details["problem"] == problem
