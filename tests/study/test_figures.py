"""Numbers of the analysis, beside those of another program."""

import math
import random  # noqa: TID251 - invented answers, the same every time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.errors import NotReady
from pb_engine.study.figures import (
    alpha,
    ancova,
    difference_in_differences,
    mean_difference,
    omega,
    r_indicator,
    rake,
)
from pb_engine.study.power import power
from pb_engine.study.student import quantile
from tests.oracles import ask, needs_oracles

DRAWN = random.Random(7)


def near(ours, theirs):
    assert [ours.value, ours.error, ours.low, ours.high] == pytest.approx(theirs, rel=1e-9)


def levels(n, shift=0.0):
    people = [DRAWN.gauss(6, 1.6) for _ in range(n)]
    before = [max(0, min(10, round(one + DRAWN.gauss(0, 1.2)))) for one in people]
    after = [max(0, min(10, round(one + shift + DRAWN.gauss(0, 1.2)))) for one in people]
    return before, after


def changes(n, shift=0.0):
    before, after = levels(n, shift)
    return [b - a for a, b in zip(before, after, strict=True)]


@needs_oracles
def test_quantiles_of_t_are_those_of_scipy():
    asked = [(p, df) for p in (0.6, 0.9, 0.975, 0.999) for df in (1, 1.5, 2, 7.3, 30, 400, 20000)]
    theirs = ask("with_statsmodels", {"kind": "t", "asked": asked})
    assert [quantile(p, df) for p, df in asked] == pytest.approx(theirs, rel=1e-9)


@needs_oracles
@pytest.mark.parametrize("n", [2, 3, 40, 900])
def test_a_paired_difference_is_that_of_statsmodels(n):
    differences = [*changes(n - 1, 0.4), 3]
    theirs = ask("with_statsmodels", {"kind": "paired", "differences": differences})
    near(mean_difference(differences), theirs)


@needs_oracles
def test_a_difference_in_differences_is_welchs():
    treated, compared = changes(180, 0.6), changes(75)
    theirs = ask("with_statsmodels", {"kind": "did", "treated": treated, "compared": compared})
    near(difference_in_differences(treated, compared), theirs)


@needs_oracles
def test_ancova_is_least_squares_with_the_level_before():
    one, other = levels(90, 0.7), levels(120)
    before, after = one[0] + other[0], one[1] + other[1]
    treated = [True] * 90 + [False] * 120
    asked = {"before": before, "after": after, "treated": treated}
    theirs = ask("with_statsmodels", {"kind": "ancova", **asked})
    near(ancova(before, after, treated), theirs)


def items(n, loadings=(0.8, 0.7, 0.6, 0.75)):
    rows = []
    for _ in range(n):
        level = DRAWN.gauss(0, 1)
        rows.append(
            [load * level + math.sqrt(1 - load**2) * DRAWN.gauss(0, 1) for load in loadings]
        )
    return rows


@needs_oracles
def test_omega_is_that_of_a_factor_analysis():
    rows = items(400)
    theirs = ask("with_statsmodels", {"kind": "factor", "answers": rows})
    assert omega(rows) == pytest.approx(theirs, abs=1e-4)


def test_alpha_and_omega_agree_for_items_that_measure_alike():
    rows = items(4000, (0.7, 0.7, 0.7, 0.7))
    assert alpha(rows) == pytest.approx(omega(rows), abs=0.01)
    # Four items that share 0.49 of their spread: 4 * .49 / (1 + 3 * .49).
    assert alpha(rows) == pytest.approx(0.7935, abs=0.02)


def test_alpha_of_a_small_table_worked_by_hand():
    # Item variances 1 and 1, total variance 3: 2 * (1 - 2/3).
    assert alpha([[1, 2], [2, 1], [3, 3]]) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    "nothing",
    [
        lambda: mean_difference([1]),
        lambda: mean_difference([]),
        lambda: difference_in_differences([1, 1], [2, 2]),
        lambda: difference_in_differences([1, 2], [1]),
        lambda: ancova([1, 2, 3], [1, 2, 3], [True, False, True]),
        lambda: ancova([1, 2, 3, 4], [1, 2, 3, 4], [True] * 4),
        lambda: ancova([1, 1, 2, 2], [1, 2, 3, 4], [True, True, False, False]),
        lambda: alpha([[1, 2]]),
        lambda: alpha([[1], [2]]),
        lambda: alpha([[1, 2], [1, 2]]),
        lambda: omega([[1, 2], [2, 1], [3, 3]]),
        lambda: omega([[1, 2, 3], [1, 3, 2], [1, 1, 1]]),
        lambda: r_indicator({"a": 3}, {"a": 2}),
        lambda: r_indicator({}, {}),
        lambda: rake({("a",): 5}, [{"a": 0.5, "b": 0.5}]),
        lambda: power(3),
        lambda: power(100, repeat=1.0),
    ],
)
def test_a_number_that_does_not_exist_is_refused_in_a_sentence(nothing):
    with pytest.raises(NotReady) as refused:
        nothing()
    assert " " in refused.value.sentence


def test_response_that_mirrors_the_population_has_an_indicator_of_one():
    people = {"jong": 400, "midden": 800, "oud": 800}
    assert r_indicator({"jong": 40, "midden": 80, "oud": 80}, people) == pytest.approx(1)
    uneven = r_indicator({"jong": 10, "midden": 60, "oud": 130}, people)
    # Rates .025, .075, .1625 around .1, weighted by people: 2.25 + .5 + 3.125.
    assert uneven == pytest.approx(1 - 2 * math.sqrt(5.875 / 1999), abs=1e-9)


CELLS = {("v", "jong"): 20, ("v", "oud"): 60, ("m", "jong"): 15, ("m", "oud"): 105}
MARGINS = [{"v": 0.5, "m": 0.5}, {"jong": 0.3, "oud": 0.7}]


def test_raking_meets_both_margins_and_says_what_it_costs():
    made = rake(CELLS, MARGINS, cap=9)
    weighted = {one: made.weights[one] * n for one, n in CELLS.items()}
    for at, margin in enumerate(MARGINS):
        for group, share in margin.items():
            inside = sum(w for cell, w in weighted.items() if cell[at] == group)
            assert inside / 200 == pytest.approx(share, abs=1e-6)
    assert made.design_effect > 1


def test_no_weight_grows_above_the_cap():
    rare = {("jong",): 2, ("oud",): 198}
    made = rake(rare, [{"jong": 0.4, "oud": 0.6}], cap=3)
    assert max(made.weights.values()) == pytest.approx(3)


@given(
    st.dictionaries(
        st.sampled_from([("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]),
        st.integers(1, 60),
        min_size=4,
    ),
    st.integers(10, 90),
    st.integers(10, 90),
)
def test_weights_are_positive_and_bounded_whatever_the_margins(cells, first, second):
    margins = [
        {"a": first / 100, "b": 1 - first / 100},
        {"x": second / 100, "y": 1 - second / 100},
    ]
    made = rake(cells, margins)
    assert all(0 < one <= 3 + 1e-9 for one in made.weights.values())
    assert made.design_effect >= 1 - 1e-9


@pytest.mark.parametrize(
    ("n", "paired", "compared", "arms"),
    [(300, 0.27, 0.38, 0.49), (500, 0.21, 0.30, 0.38), (1500, 0.12, 0.17, 0.22)],
)
def test_the_power_table_is_that_of_the_plan(n, paired, compared, arms):
    made = power(n)
    assert (round(made.paired, 2), round(made.compared, 2), round(made.arms, 2)) == (
        paired,
        compared,
        arms,
    )


@needs_oracles
def test_power_is_that_of_statsmodels():
    # Two independent groups of 200 with a spread of 1: no repeat, so two arms of 400 in all.
    theirs = ask("with_statsmodels", {"kind": "power", "n": 200})
    assert power(400, spread=1.0, repeat=0.0).arms == pytest.approx(theirs, rel=1e-3)


@given(st.floats(0.51, 0.9999), st.floats(1, 1e4))
def test_a_quantile_grows_with_its_share(share, freedom):
    assert quantile(share, freedom) > quantile(0.505, freedom) > 0
