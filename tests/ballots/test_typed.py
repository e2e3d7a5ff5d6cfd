"""What is typed for a paper ballot becomes the ballot that the paper allows, or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.ballots import Ballot, BallotFormat, BallotPaper, PaperLine, typed_ballot
from pb_engine.errors import InvalidBallot
from pb_engine.units import Cents, ProjectId

NUMBERS = {number: ProjectId(f"p{number}") for number in range(1, 7)}
F = BallotFormat


def a_paper(kind, **limits):
    lines = tuple(PaperLine(one, Cents(number * 100)) for number, one in NUMBERS.items())
    return BallotPaper(kind, lines, **{"min_choices": 1, "max_choices": 3, **limits})


@pytest.mark.parametrize(
    ("paper", "typed", "weights"),
    [
        (a_paper(F.SINGLE, max_choices=1), "4", {"p4": 1}),
        (a_paper(F.APPROVAL), "5, 1;2", {"p1": 1, "p2": 1, "p5": 1}),
        (a_paper(F.POINTS, max_points=5), "3:2 1:3", {"p1": 3, "p3": 2}),
        (a_paper(F.SCORE, max_points=4), "2:0 6:4", {"p2": 0, "p6": 4}),
        (a_paper(F.RANKING), "6 1 2", {"p6": 1, "p1": 2, "p2": 3}),
        (a_paper(F.BASKET, spend_limit=Cents(700)), "5 4 2", {"p5": 1, "p2": 1}),
        (a_paper(F.BASKET, spend_limit=Cents(700)), "4 5 2", {"p4": 1, "p2": 1}),
    ],
)
def test_each_format_is_typed_in_its_own_way(paper, typed, weights):
    assert typed_ballot(paper, typed, NUMBERS) == Ballot.weighing(paper.format, weights)


@pytest.mark.parametrize(
    ("paper", "typed", "problem"),
    [
        (a_paper(F.SINGLE, max_choices=1), "4 5", "too_many"),
        (a_paper(F.APPROVAL), "", "too_few"),
        (a_paper(F.APPROVAL), "1 1", "duplicate"),
        (a_paper(F.APPROVAL), "7", "typed"),
        (a_paper(F.APPROVAL), "1:1", "typed"),
        (a_paper(F.APPROVAL), "①", "typed"),
        (a_paper(F.POINTS, max_points=5), "3", "typed"),
        (a_paper(F.POINTS, max_points=5), "3:6", "too_many_points"),
        (a_paper(F.SCORE, max_points=4), "3:5", "weight"),
        (a_paper(F.RANKING), "1 2 1", "duplicate"),
        (a_paper(F.BASKET, spend_limit=Cents(700)), "5 4 2 1", "too_many"),
        (a_paper(F.BASKET, spend_limit=Cents(700)), "5 5", "duplicate"),
        (a_paper(F.BASKET, spend_limit=Cents(50)), "1", "too_few"),
    ],
)
def test_what_the_paper_does_not_allow_is_no_ballot(paper, typed, problem):
    with pytest.raises(InvalidBallot) as caught:
        typed_ballot(paper, typed, NUMBERS)
    assert caught.value.details["problem"] == problem


@given(
    order=st.lists(st.sampled_from(sorted(NUMBERS)), unique=True, min_size=1, max_size=6),
    limit=st.integers(100, 2100),
)
def test_a_basket_on_paper_never_costs_too_much_and_leaves_out_only_what_does_not_fit(order, limit):
    paper = a_paper(F.BASKET, max_choices=6, min_choices=0, spend_limit=Cents(limit))
    ballot = typed_ballot(paper, " ".join(map(str, order)), NUMBERS)
    spent = 0
    for number in order:
        fits = spent + number * 100 <= limit
        assert (NUMBERS[number] in ballot.projects) is fits
        spent += number * 100 if fits else 0


@given(typed=st.text(max_size=60))
def test_no_text_breaks_the_reading_of_a_sheet(typed):
    try:
        ballot = typed_ballot(a_paper(F.APPROVAL), typed, NUMBERS)
    except InvalidBallot:
        return
    assert 1 <= len(ballot.marks) <= 3
