"""Dividing costs in whole parts of a cent: nothing is lost, also where a float errs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.plugins.maximin_support.division import Division, portions

HUGE = 2**61
amounts = st.one_of(st.integers(0, 50), st.integers(0, 2**57))
values = st.lists(amounts, min_size=1, max_size=8).filter(lambda found: sum(found) > 0)
types = pytest.mark.parametrize("kind", [np.int64, object])


@types
@given(given_values=values, share=st.fractions(0, 1))
def test_what_is_taken_adds_up_and_nobody_pays_more_than_they_have(kind, given_values, share):
    whole = np.array(given_values, dtype=kind)
    total = sum(given_values)
    amount = int(total * share)
    taken = portions(whole, amount, total)
    assert sum(int(one) for one in taken) == amount
    assert all(0 <= one <= had for one, had in zip(taken.tolist(), given_values, strict=True))


@pytest.mark.parametrize("amount", [HUGE - 1, HUGE - 127, HUGE // 3 * 2 + 1])
def test_a_float_that_suggests_too_much_is_corrected(amount):
    whole = np.array([HUGE], dtype=np.int64)
    suggested = int((whole * (amount / HUGE)).astype(np.int64)[0])
    assert suggested != amount  # or this would ask nothing
    assert portions(whole, amount, HUGE).tolist() == [amount]


@types
@given(
    paid=st.lists(st.integers(0, 10**6), min_size=1, max_size=6),
    before=st.integers(1, 500),
    after=st.integers(1, 500),
)
def test_payments_in_other_parts_are_rounded_down_exactly(kind, paid, before, after):
    division = Division(before, {0: np.array(paid, dtype=kind)})
    found = division.in_parts(after)[0].tolist()
    assert found == [one * after // before for one in paid]
