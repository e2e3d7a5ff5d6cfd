"""What a ballot paper allows."""

from __future__ import annotations

import pytest

from pb_engine.ballots import (
    Ballot,
    BallotFormat,
    BallotPaper,
    Mark,
    PaperGroup,
    PaperLine,
    paper_document,
    read_paper,
)
from pb_engine.errors import InvalidBallot
from pb_engine.units import LocalText

F = BallotFormat
LINES = tuple(PaperLine(project, cost) for project, cost in (("a", 300), ("b", 500), ("c", 400)))


def paper(ballot_format, **limits):
    """A paper with three projects."""
    wide = {"min_choices": 0, "max_choices": 3, "spend_limit": None, "max_points": None}
    return BallotPaper(ballot_format, LINES, **{**wide, **limits})


def choosing(ballot_format, projects):
    return Ballot.choosing(ballot_format, projects)


@pytest.mark.parametrize(
    ("on", "ballot"),
    [
        (paper(F.SINGLE, max_choices=1), choosing(F.SINGLE, "a")),
        (paper(F.SINGLE, max_choices=1), choosing(F.SINGLE, "")),
        (paper(F.APPROVAL), choosing(F.APPROVAL, "abc")),
        (paper(F.BASKET, spend_limit=800), choosing(F.BASKET, "ab")),
        (paper(F.BASKET), choosing(F.BASKET, "abc")),
        (paper(F.POINTS, max_points=5), Ballot.weighing(F.POINTS, {"a": 2, "b": 3})),
        (paper(F.SCORE, max_points=5), Ballot.weighing(F.SCORE, {"a": 0, "b": 5})),
        (paper(F.SCORE), Ballot.weighing(F.SCORE, {"a": 99})),
        (paper(F.RANKING), Ballot.weighing(F.RANKING, {"a": 2, "c": 1})),
        (paper(F.RANKING), Ballot.weighing(F.RANKING, {})),
    ],
)
def test_a_ballot_within_the_limits_is_valid(on, ballot):
    on.check(ballot)


@pytest.mark.parametrize(
    ("on", "ballot", "problem"),
    [
        (paper(F.APPROVAL), choosing(F.SINGLE, "a"), "format"),
        (paper(F.APPROVAL), choosing(F.APPROVAL, "x"), "unknown"),
        (paper(F.APPROVAL), choosing(F.APPROVAL, "aa"), "duplicate"),
        (paper(F.APPROVAL, min_choices=2), choosing(F.APPROVAL, "a"), "too_few"),
        (paper(F.APPROVAL, max_choices=1), choosing(F.APPROVAL, "ab"), "too_many"),
        (paper(F.APPROVAL), Ballot.weighing(F.APPROVAL, {"a": 2}), "weight"),
        (paper(F.SINGLE), Ballot.weighing(F.SINGLE, {"a": 0}), "weight"),
        (paper(F.BASKET, spend_limit=799), choosing(F.BASKET, "ab"), "over_budget"),
        (paper(F.BASKET), Ballot.weighing(F.BASKET, {"a": 2}), "weight"),
        (paper(F.POINTS, max_points=5), Ballot.weighing(F.POINTS, {"a": 0}), "weight"),
        (paper(F.POINTS, max_points=5), Ballot.weighing(F.POINTS, {"a": -3, "b": 8}), "weight"),
        (paper(F.POINTS, max_points=5), Ballot.weighing(F.POINTS, {"a": 6}), "too_many_points"),
        (paper(F.SCORE, max_points=5), Ballot.weighing(F.SCORE, {"a": 6}), "weight"),
        (paper(F.SCORE, max_points=5), Ballot.weighing(F.SCORE, {"a": -1}), "weight"),
        (paper(F.RANKING), Ballot.weighing(F.RANKING, {"a": 1, "b": 1}), "weight"),
        (paper(F.RANKING), Ballot.weighing(F.RANKING, {"a": 2}), "weight"),
    ],
)
def test_a_ballot_that_breaks_the_paper_is_refused_with_the_problem(on, ballot, problem):
    with pytest.raises(InvalidBallot) as refusal:
        on.check(ballot)
    assert refusal.value.details["problem"] == problem


PARKS = PaperGroup("parks", ("a", "b"), 1)
CHEAP = PaperGroup("cheap", ("a", "c"), 2)
GRADES = tuple(LocalText(nl, en) for nl, en in (("slecht", "bad"), ("goed", "good")))


@pytest.mark.parametrize("ballot_format", [F.APPROVAL, F.BASKET, F.POINTS, F.RANKING])
def test_a_group_limits_the_choices_of_its_theme_or_area(ballot_format):
    on = paper(ballot_format, groups=(PARKS, CHEAP))
    ranked = ballot_format is F.RANKING

    def ballot(projects):
        marks = {name: place if ranked else 1 for place, name in enumerate(projects, start=1)}
        return Ballot.weighing(ballot_format, marks)

    for some in ("", "a", "ac", "bc"):
        on.check(ballot(some))
    with pytest.raises(InvalidBallot, match="2 projects of group 'parks'; the maximum is 1") as no:
        on.check(ballot("abc"))
    details = {"problem": "too_many_in_group", "group": "parks", "limit": 1, "given": 2}
    assert no.value.details == details


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        ({"groups": (PaperGroup("x", ("a", "z"), 1),)}, "group 'x' names 'z', which is not on"),
        ({"groups": (PARKS, PARKS)}, "two groups of the paper bear one name"),
        ({"grades": GRADES, "max_points": 2}, "there are 2 words for grades"),
        ({"grades": GRADES}, "there are 2 words for grades"),
    ],
)
def test_a_paper_that_contradicts_itself_is_refused(limits, sentence):
    with pytest.raises(InvalidBallot, match=sentence):
        paper(F.SCORE, **limits)
    with pytest.raises(InvalidBallot, match="words for grades"):
        paper(F.APPROVAL, grades=GRADES, max_points=1)


@pytest.mark.parametrize(
    ("on", "ballot"),
    [
        (paper(F.RANKING, min_choices=3), Ballot.weighing(F.RANKING, {"a": 1, "b": 2, "c": 3})),
        (paper(F.RANKING, max_choices=2), Ballot.weighing(F.RANKING, {"c": 1, "b": 2})),
    ],
)
def test_a_paper_may_ask_for_a_full_ranking_or_for_the_first_few(on, ballot):
    on.check(ballot)
    shorter = Ballot.weighing(F.RANKING, {"a": 1})
    longer = Ballot.weighing(F.RANKING, {"a": 1, "b": 2, "c": 3, "d": 4})
    if on.min_choices == 3:
        with pytest.raises(InvalidBallot, match="the minimum is 3"):
            on.check(shorter)
    with pytest.raises(InvalidBallot):
        on.check(longer)


def test_a_long_unknown_project_is_shortened_in_the_sentence():
    with pytest.raises(InvalidBallot) as refusal:
        paper(F.APPROVAL).check(choosing(F.APPROVAL, ["x" * 10_000]))
    assert len(refusal.value.sentence) < 200


def test_a_paper_adds_up_what_a_ballot_costs():
    assert paper(F.BASKET).cost_of(choosing(F.BASKET, "abx")) == 800


def test_marks_are_sorted_whatever_the_order_of_choosing():
    assert choosing(F.APPROVAL, "ca").marks == (Mark("a"), Mark("c"))


@pytest.mark.parametrize(
    "one",
    [
        paper(F.APPROVAL),
        paper(F.BASKET, spend_limit=9),
        paper(F.POINTS, max_points=3),
        paper(F.APPROVAL, groups=(PARKS, CHEAP)),
        paper(F.SCORE, max_points=1, grades=GRADES),
    ],
)
def test_a_paper_survives_its_document(one):
    assert read_paper(paper_document(one)) == one


@pytest.mark.parametrize(
    "change",
    [
        {"format": "shouting"},
        {"lines": "abc"},
        {"lines": [["a"]]},
        {"lines": [["a", "x"]]},
        {"min_choices": True},
        {"max_choices": 1.0},
        {"spend_limit": "9"},
        {"colour": "green"},
        {"groups": {}},
        {"groups": [["x", ["a"]]]},
        {"groups": [["x", ["a"], 1.0]]},
        {"groups": [[1, ["a"], 1]]},
        {"grades": [["slecht", None]]},
    ],
)
def test_what_is_no_paper_is_refused(change):
    with pytest.raises(InvalidBallot, match="not a ballot paper"):
        read_paper({**paper_document(paper(F.APPROVAL)), **change})
    with pytest.raises(InvalidBallot, match="not a ballot paper"):
        read_paper({})
