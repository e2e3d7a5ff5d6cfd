"""Arms are dealt evenly, the same for ever, and by nobody's choice."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.disclosure import DisclosureRefused
from pb_engine.errors import NotReady
from pb_engine.study.arms import ArmPlan, arm_of, commitment

SEED = bytes(range(32))
PLAN = ArmPlan(("rule", "reasons"), 4)


def dealt(number, plan=PLAN, seed=SEED, study="study", stratum="zuid"):
    return [arm_of(plan, seed, study, stratum, index) for index in range(number)]


@given(
    st.integers(2, 5),
    st.integers(1, 3),
    st.binary(min_size=32, max_size=40),
    st.text(max_size=10),
)
def test_every_whole_block_holds_each_arm_equally_often(arms, times, seed, stratum):
    plan = ArmPlan(tuple(f"arm{at}" for at in range(arms)), arms * times)
    for block in range(3):
        places = range(block * plan.block, (block + 1) * plan.block)
        counted = Counter(arm_of(plan, seed, "study", stratum, at) for at in places)
        assert set(counted.values()) == {times}


def test_the_imbalance_of_a_stratum_never_exceeds_half_a_block():
    for number in range(1, 60):
        counted = Counter(dealt(number))
        assert abs(counted["rule"] - counted["reasons"]) <= PLAN.block // 2


def test_the_same_seed_deals_the_same_and_another_seed_study_or_stratum_does_not():
    assert dealt(40) == dealt(40)
    assert dealt(40) != dealt(40, seed=bytes(32))
    assert dealt(40) != dealt(40, study="other")
    assert dealt(40) != dealt(40, stratum="noord")


def test_all_orders_of_a_block_are_about_equally_frequent():
    plan = ArmPlan(("a", "b", "c"), 3)
    orders = Counter(
        "".join(arm_of(plan, SEED, "study", str(n), at) for at in range(3)) for n in range(3000)
    )
    assert len(orders) == 6
    # 500 expected of each; the standard deviation is 20.
    assert all(400 < count < 600 for count in orders.values())


def test_a_commitment_names_one_seed():
    assert commitment(SEED) != commitment(bytes(32))
    assert len(commitment(SEED)) == 64


@pytest.mark.parametrize(
    ("arms", "block", "said"),
    [
        (("a", "b", "c"), 4, "multiple of 3"),
        (("a",), 4, "2 to 8 arms"),
        (("a", "a"), 4, "different names"),
        (("a", "b"), 0, "evenly"),
        (("a", "b"), 26, "at most 24"),
    ],
)
def test_arms_that_cannot_be_dealt_evenly_are_refused(arms, block, said):
    with pytest.raises(NotReady, match=said):
        ArmPlan(arms, block)


def test_a_short_seed_is_refused():
    with pytest.raises(DisclosureRefused):
        dealt(1, seed=b"short")
