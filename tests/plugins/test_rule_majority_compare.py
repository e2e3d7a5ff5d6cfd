"""Who stands above whom by majority judgement, against the definition, grade by grade."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from pb_engine.plugins.majority_judgement.grades import Grades, compare
from tests.plugins.test_rule_majority_judgement import one_by_one
from tests.tallying.elections import drawn

FEW_GRADES = st.integers(0, 3)


@st.composite
def alike(draw):
    """Two lists of grades that are the same around the middle, and differ further out."""
    middle = draw(st.lists(FEW_GRADES, min_size=1, max_size=7))
    further = st.lists(FEW_GRADES, min_size=(more := draw(st.integers(0, 6))), max_size=more)
    return [*middle, *draw(further)], [*middle, *draw(further)]


@drawn(300)
@given(alike())
def test_grades_are_compared_as_if_taken_away_one_by_one(lists):
    one, other = lists
    expected = (one_by_one(one) > one_by_one(other)) - (one_by_one(one) < one_by_one(other))
    grades = [Grades.of(Counter(given_grades)) for given_grades in lists]
    assert compare(*grades) == expected
    assert compare(*reversed(grades)) == -expected
    assert grades[0].majority == one_by_one(one)[0]


@given(st.lists(FEW_GRADES, max_size=9), st.integers(0, 9), st.integers(0, 4))
def test_raising_the_lowest_grades_is_raising_them_one_by_one(given_grades, number, to):
    lowest, rest = sorted(given_grades)[:number], sorted(given_grades)[number:]
    expected = Counter([*(max(grade, to) for grade in lowest), *rest])
    raised = Grades.of(Counter(given_grades)).raised(number, to)
    assert raised == Grades.of(expected)
