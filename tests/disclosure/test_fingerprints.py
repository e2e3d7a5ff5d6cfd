"""Open ballots are published with a report of how far they point at their voters."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pb_engine.ballots import Ballot, BallotFormat
from pb_engine.disclosure import Advice, Concern, fingerprint_report
from pb_engine.disclosure.pins import pinned_share, rare_pair_share

choices = st.lists(st.frozensets(st.sampled_from("abcdefg")), max_size=12)


def approving(*projects):
    return Ballot.choosing(BallotFormat.APPROVAL, projects)


def wide(number, marks):
    """Return as many ballots with as many marks each, spread over forty projects."""
    return [approving(*(f"p{(n + m) % 40:02}" for m in range(marks))) for n in range(number)]


def holders(drawn, marks):
    return [place for place, chosen in enumerate(drawn) if set(marks) <= chosen]


@settings(deadline=None)
@given(choices, st.integers(1, 4))
def test_the_pinned_share_is_that_of_telling_every_set_of_marks(drawn, known):
    chances = []
    for chosen in drawn:
        told = list(combinations(sorted(chosen), known))
        if told:
            hits = sum(len(holders(drawn, marks)) == 1 for marks in told)
            chances.append(Fraction(hits, len(told)))
    expected = sum(chances, Fraction(0)) / len(chances) if chances else 0
    assert pinned_share(drawn, known) == expected


@settings(deadline=None)
@given(choices, st.integers(1, 5))
def test_the_rare_pair_share_is_that_of_looking_at_every_pair(drawn, least):
    rare = [
        chosen
        for chosen in drawn
        if any(len(holders(drawn, pair)) < least for pair in combinations(chosen, 2))
    ]
    assert rare_pair_share(drawn, least) == (Fraction(len(rare), len(drawn)) if drawn else 0)


@settings(deadline=None)
@given(choices)
def test_a_ballot_is_unique_when_no_other_equals_it(drawn):
    report = fingerprint_report([approving(*chosen) for chosen in drawn], 7)
    alone = sum(drawn.count(chosen) == 1 for chosen in drawn)
    assert report.unique == (Fraction(alone, len(drawn)) if drawn else 0)
    assert sum(number for _, number in report.marks) == len(drawn)


def test_equal_projects_with_other_weights_are_other_ballots():
    ballots = [Ballot.weighing(BallotFormat.POINTS, {"a": points}) for points in (1, 1, 2)]
    assert fingerprint_report(ballots, 3).unique == Fraction(1, 3)


def test_the_report_lists_how_many_marks_ballots_have():
    report = fingerprint_report([approving(), approving("a"), approving("b"), approving("a")], 3)
    assert report.marks == ((0, 1), (1, 3))


@pytest.mark.parametrize(
    ("ballots", "marks", "projects", "concerns", "advice"),
    [
        (500, 3, 40, (), Advice.OPEN),
        (100, 5, 40, (), Advice.OPEN),
        (99, 3, 40, (Concern.FEW_BALLOTS,), Advice.OFF),
        (25, 3, 40, (Concern.FEW_BALLOTS,), Advice.OFF),
        (24, 3, 40, (Concern.TOO_FEW_FOR_ANY, Concern.FEW_BALLOTS), Advice.TOTALS_ONLY),
        (499, 6, 40, (Concern.LONG_FORM,), Advice.OFF),
        (499, 6, 20, (), Advice.OPEN),
        (500, 12, 40, (), Advice.OPEN),
        (500, 13, 40, (Concern.MANY_MARKS,), Advice.OPEN),
        (499, 13, 40, (Concern.LONG_FORM, Concern.MANY_MARKS), Advice.OFF),
        (0, 0, 0, (Concern.TOO_FEW_FOR_ANY, Concern.FEW_BALLOTS), Advice.TOTALS_ONLY),
    ],
)
def test_what_speaks_against_open_ballots(ballots, marks, projects, concerns, advice):
    report = fingerprint_report(wide(ballots, marks), projects)
    assert report.concerns == concerns
    assert report.advice == advice


def test_one_long_ballot_is_enough_for_the_warning():
    report = fingerprint_report([*wide(600, 3), *wide(1, 13)], 40)
    assert report.concerns == (Concern.MANY_MARKS,)
