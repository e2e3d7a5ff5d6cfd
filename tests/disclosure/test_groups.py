"""Small groups of ballots are merged, so that no subtraction leaves a few."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.disclosure import DisclosureRefused, GroupPlan, plan_groups

sizes = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 60))


@given(sizes, st.integers(2, 30))
def test_every_published_group_is_large_enough_and_every_ballot_is_in_one(drawn, least):
    plan = plan_groups(drawn, least)
    if plan.totals_only:
        assert sum(drawn.values()) < least
        assert plan == GroupPlan((), (), totals_only=True)
    else:
        assert sorted((*plan.apart, *plan.merged)) == sorted(drawn)
        assert all(drawn[name] >= least for name in plan.apart)
        assert not plan.merged or sum(drawn[name] for name in plan.merged) >= least


@given(sizes, st.integers(2, 30))
def test_no_group_is_merged_without_need(drawn, least):
    plan = plan_groups(drawn, least)
    large = [name for name in plan.merged if drawn[name] >= least]
    small = sum(drawn[name] for name in plan.merged if name not in large)
    assert len(large) <= 1
    assert not large or small < least


def test_a_small_rest_takes_the_smallest_other_group_with_it():
    plan = plan_groups({"a": 3, "b": 40, "c": 90, "d": 0})
    assert plan == GroupPlan(("c",), ("a", "b", "d"), totals_only=False)


def test_fewer_than_25_ballots_are_published_as_totals_only():
    assert plan_groups({"a": 12, "b": 12}).totals_only
    assert not plan_groups({"a": 12, "b": 13}).totals_only


@pytest.mark.parametrize("size", [-1, True, None])
def test_a_size_that_is_no_count_is_refused(size):
    with pytest.raises(DisclosureRefused, match="'a' has"):
        plan_groups({"a": size})
