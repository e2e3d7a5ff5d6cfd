"""What a ballot is refused with: the whole sentence, and the details for whoever translates it."""

from __future__ import annotations

import pytest

from pb_engine.ballots import (
    Ballot,
    BallotFormat,
    BallotPaper,
    PaperLine,
    paper_document,
    read_paper,
)
from pb_engine.errors import InvalidBallot

F = BallotFormat
LINES = tuple(PaperLine(project, cost) for project, cost in (("a", 300), ("b", 500), ("c", 400)))


def paper(ballot_format, least=0, most=3, spend_limit=None, max_points=None):
    return BallotPaper(ballot_format, LINES, least, most, spend_limit, max_points)


REFUSALS = [
    (
        paper(F.SINGLE),
        Ballot.choosing(F.APPROVAL, "a"),
        "this paper takes a single ballot, not approval",
        {"problem": "format"},
    ),
    (
        paper(F.APPROVAL),
        Ballot.choosing(F.APPROVAL, ["y" * 65]),
        f"project '{'y' * 64}' is not on the ballot paper",
        {"problem": "unknown", "project": "y" * 64},
    ),
    (
        paper(F.APPROVAL),
        Ballot.choosing(F.APPROVAL, "aa"),
        "the ballot marks one project twice",
        {"problem": "duplicate"},
    ),
    (
        paper(F.APPROVAL, least=2),
        Ballot.choosing(F.APPROVAL, "a"),
        "the ballot marks 1 projects; the minimum is 2",
        {"problem": "too_few", "limit": 2, "given": 1},
    ),
    (
        paper(F.APPROVAL, most=1),
        Ballot.choosing(F.APPROVAL, "ab"),
        "the ballot marks 2 projects; the maximum is 1",
        {"problem": "too_many", "limit": 1, "given": 2},
    ),
    (
        paper(F.SINGLE),
        Ballot.weighing(F.SINGLE, {"a": 2}),
        "a single ballot has no weights",
        {"problem": "weight"},
    ),
    (
        paper(F.BASKET, spend_limit=799),
        Ballot.choosing(F.BASKET, "ab"),
        "the chosen projects cost 800 cents together; the limit is 799",
        {"problem": "over_budget", "limit": 799, "given": 800},
    ),
    (
        paper(F.POINTS),
        Ballot.weighing(F.POINTS, {"a": 0}),
        "points are whole numbers from 1",
        {"problem": "weight"},
    ),
    (
        paper(F.POINTS, max_points=5),
        Ballot.weighing(F.POINTS, {"a": 2, "b": 4}),
        "the ballot gives 6 points; the maximum is 5",
        {"problem": "too_many_points", "limit": 5, "given": 6},
    ),
    (
        paper(F.SCORE, max_points=5),
        Ballot.weighing(F.SCORE, {"a": 6}),
        "a grade lies between 0 and 5",
        {"problem": "weight", "limit": 5},
    ),
    (
        paper(F.RANKING),
        Ballot.weighing(F.RANKING, {"a": 2}),
        "a ranking uses the places 1, 2, 3 ... once each",
        {"problem": "weight"},
    ),
]


@pytest.mark.parametrize(("on", "ballot", "sentence", "details"), REFUSALS)
def test_a_refusal_says_which_limit_was_broken(on, ballot, sentence, details):
    with pytest.raises(InvalidBallot) as refused:
        on.check(ballot)
    assert refused.value.sentence == sentence
    assert refused.value.details == details


def test_where_grades_have_no_limit_a_refusal_names_none():
    with pytest.raises(InvalidBallot) as refused:
        paper(F.SCORE).check(Ballot.weighing(F.SCORE, {"a": 1_000, "b": -1}))
    assert refused.value.sentence == "a grade is a whole number from 0"
    assert refused.value.details == {"problem": "weight"}


@pytest.mark.parametrize("known", F)
def test_every_format_is_spoken_of_with_its_article(known):
    other = F.SINGLE if known is not F.SINGLE else F.RANKING
    article = "an" if known[0] in "aeiou" else "a"
    with pytest.raises(InvalidBallot) as refused:
        paper(known).check(Ballot.choosing(other, "a"))
    assert refused.value.sentence == f"this paper takes {article} {known} ballot, not {other}"


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        (F.APPROVAL, "an approval ballot has no weights"),
        (F.BASKET, "a basket ballot has no weights"),
    ],
)
def test_weights_are_refused_where_marks_weigh_alike(known, sentence):
    with pytest.raises(InvalidBallot) as refused:
        paper(known).check(Ballot.weighing(known, {"a": 2}))
    assert refused.value.sentence == sentence


@pytest.mark.parametrize(("grade", "refuses"), [(-1, True), (0, False), (5, False), (6, True)])
def test_a_grade_lies_between_nought_and_the_highest(grade, refuses):
    on, ballot = paper(F.SCORE, max_points=5), Ballot.weighing(F.SCORE, {"b": 3, "a": grade})
    if refuses:
        with pytest.raises(InvalidBallot, match="a grade lies between 0 and 5"):
            on.check(ballot)
    else:
        on.check(ballot)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"lines": "ab"}, "is not a list"),
        ({"min_choices": True}, "True is not a whole number"),
        ({"max_choices": "3"}, "'3' is not a whole number"),
        ({"spend_limit": 1.5}, "1.5 is not a whole number"),
        ({"max_points": False}, "False is not a whole number"),
        ({"lines": [["a", "300"]]}, "'300' is not a whole number"),
    ],
)
def test_what_is_no_paper_is_refused_with_the_reason(wrong, why):
    with pytest.raises(InvalidBallot) as refused:
        read_paper(paper_document(paper(F.APPROVAL)) | wrong)
    assert refused.value.sentence.startswith("this is not a ballot paper: ")
    assert refused.value.sentence.endswith(why)
    assert refused.value.details == {"problem": "format"}
