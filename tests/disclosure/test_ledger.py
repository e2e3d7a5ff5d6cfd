"""A study never gives away more than it said it would."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.disclosure import DisclosureRefused, EpsilonLedger, Spent

amounts = st.fractions(Fraction(1, 20), Fraction(3, 2), max_denominator=20)


@given(
    st.fractions(Fraction(1, 2), Fraction(5), max_denominator=10),
    st.fractions(Fraction(1, 4), Fraction(2), max_denominator=10),
    st.lists(st.tuples(st.sampled_from("abcdefghij"), amounts), max_size=20),
)
def test_a_ledger_never_overspends_and_refuses_nothing_that_fits(limit, per_release, asked):
    ledger = EpsilonLedger(limit, per_release)
    spent = {}
    for release, epsilon in asked:
        fits = (
            release not in spent
            and epsilon <= per_release
            and sum(spent.values(), epsilon) <= limit
        )
        try:
            ledger = ledger.spend(release, epsilon)
        except DisclosureRefused:
            assert not fits
        else:
            assert fits
            spent[release] = epsilon
        assert ledger.left == limit - sum(spent.values())
        assert ledger.left >= 0
        assert {entry.release: entry.epsilon for entry in ledger.entries} == spent


def test_thirds_add_up_to_one_exactly():
    ledger = EpsilonLedger(Fraction(1))
    for release in "abc":
        ledger = ledger.spend(release, Fraction(1, 3))
    assert ledger.left == 0
    with pytest.raises(DisclosureRefused, match="the study has 0 left"):
        ledger.spend("d", Fraction(1, 10**12))


def test_a_fifth_left_does_not_pay_for_one():
    ledger = EpsilonLedger(entries=tuple(Spent(name, Fraction(14, 15)) for name in "abc"))
    assert ledger.left == Fraction(1, 5)
    with pytest.raises(DisclosureRefused, match="'d' asks epsilon 1; the study has 1/5 left"):
        ledger.spend("d", Fraction(1))


def test_a_release_is_never_drawn_twice():
    ledger = EpsilonLedger().spend("trust", Fraction(1, 2))
    with pytest.raises(DisclosureRefused, match="'trust' was drawn before"):
        ledger.spend("trust", Fraction(1, 2))


def test_a_refused_spend_leaves_the_ledger_as_it_was():
    ledger = EpsilonLedger().spend("trust", Fraction(1))
    with pytest.raises(DisclosureRefused, match="one may have 1"):
        ledger.spend("more", Fraction(2))
    assert ledger == EpsilonLedger().spend("trust", Fraction(1))


def test_a_ledger_read_back_from_a_store_is_held_to_its_limits():
    entries = tuple(Spent(str(n), Fraction(1)) for n in range(4))
    with pytest.raises(DisclosureRefused, match="has 0 left"):
        EpsilonLedger(entries=entries)
    with pytest.raises(DisclosureRefused, match="drawn before"):
        EpsilonLedger(entries=(entries[0], entries[0]))


@pytest.mark.parametrize("amount", [0, -1, 0.5, True, "1", None])
def test_an_amount_that_is_not_exact_and_above_zero_is_refused(amount):
    with pytest.raises(DisclosureRefused, match="exact number above 0"):
        EpsilonLedger().spend("a", amount)
    with pytest.raises(DisclosureRefused, match="exact number above 0"):
        EpsilonLedger(limit=amount)
    with pytest.raises(DisclosureRefused, match="exact number above 0"):
        EpsilonLedger(entries=(Spent("a", amount),))


def test_nobody_can_write_in_a_ledger():
    with pytest.raises(FrozenInstanceError):
        EpsilonLedger().limit = Fraction(100)
