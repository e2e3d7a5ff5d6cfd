"""Noise with exactly the law that was promised, from uniform bits."""

from __future__ import annotations

from fractions import Fraction
from math import factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.disclosure import DisclosureRefused, Neighbours, discrete_laplace, laplace, noisy_sum
from pb_engine.disclosure.laplace import attempt, below, exponential_coin
from tests.disclosure.streams import seeded_bits

ALMOST = Fraction(1, 10**9)
scales = st.fractions(Fraction(1, 8), Fraction(40), max_denominator=60)


class MoreDrawsWantedError(Exception):
    pass


class Told:
    """Draws that were decided beforehand, as far as they go."""

    def __init__(self, told):
        self._told = iter(told)
        self.wanted = []

    def __call__(self, width):
        return self.below(1 << width)

    def below(self, limit):
        return 0 if limit == 1 else self.choose([Fraction(1, limit)] * limit)

    def coin(self, rate):
        return self.choose([1 - exp_minus(rate), exp_minus(rate)]) == 1

    def choose(self, chances):
        for number in self._told:
            return number
        self.wanted = chances
        raise MoreDrawsWantedError


def outcomes(draw, least_mass):
    """Return each outcome's exact chance over all draws, and the chance left undecided.

    A row of draws is followed as long as it is likelier than ``least_mass``.
    """
    known = {}
    undecided = Fraction(0)
    waiting = [((), Fraction(1))]
    while waiting:
        told, mass = waiting.pop()
        bits = Told(told)
        try:
            outcome = draw(bits)
        except MoreDrawsWantedError:
            if mass * max(bits.wanted) < least_mass:
                undecided += mass
            else:
                waiting.extend(
                    ((*told, number), mass * chance) for number, chance in enumerate(bits.wanted)
                )
        else:
            known[outcome] = known.get(outcome, Fraction(0)) + mass
    assert sum(known.values()) + undecided == 1
    return known, undecided


@pytest.fixture
def whole_numbers(monkeypatch):
    """Branch over numbers below a limit at once; that they are uniform has a test of its own."""
    monkeypatch.setattr(laplace, "below", lambda bits, limit: bits.below(limit))


@pytest.fixture
def coins(monkeypatch):
    """Branch over coins at once; that they fall as they should has a test of its own."""
    monkeypatch.setattr(laplace, "exponential_coin", lambda bits, rate: bits.coin(rate))


def exp_minus(rate):
    """Return exp(-rate) for a rate from 0 to 1, off by less than 1 / 14!, below 2e-11."""
    return sum(Fraction((-1) ** n) * rate**n / factorial(n) for n in range(14))


def law(value, decay):
    return (1 - decay) / (1 + decay) * decay ** abs(value)


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 8, 11])
def test_a_number_below_a_limit_is_uniform_by_enumeration(limit):
    known, undecided = outcomes(lambda bits: below(bits, limit), Fraction(1, 1 << 14))
    assert set(known) == set(range(limit))
    assert len(set(known.values())) == 1
    assert undecided < Fraction(1, 20)


@pytest.mark.usefixtures("whole_numbers")
@pytest.mark.parametrize("rate", [Fraction(0), Fraction(1, 3), Fraction(2, 5), Fraction(1)])
def test_the_coin_falls_with_the_exponential_chance_by_enumeration(rate):
    known, undecided = outcomes(lambda bits: exponential_coin(bits, rate), Fraction(1, 1 << 24))
    chance = exp_minus(rate)
    assert undecided < Fraction(1, 10**4)
    assert known.get(True, 0) - ALMOST <= chance <= known.get(True, 0) + undecided + ALMOST


@pytest.mark.usefixtures("whole_numbers", "coins")
@pytest.mark.parametrize(
    ("scale", "decay"),
    [
        (Fraction(1), exp_minus(Fraction(1))),
        (Fraction(3), exp_minus(Fraction(1, 3))),
        (Fraction(1, 2), exp_minus(Fraction(1)) ** 2),
        (Fraction(2, 3), exp_minus(Fraction(1)) * exp_minus(Fraction(1, 2))),
    ],
)
def test_the_noise_has_the_discrete_laplace_law_by_enumeration(scale, decay):
    known, undecided = outcomes(lambda bits: attempt(bits, scale), Fraction(1, 1 << 20))
    again = known.pop(None, Fraction(0))
    assert undecided < Fraction(1, 10**4)
    for value in range(-8, 9):
        # An attempt that is made again until it gives something has the law of what it gives.
        least, most = known.get(value, Fraction(0)), known.get(value, Fraction(0)) + undecided
        wanted = law(value, decay)
        assert least - ALMOST <= wanted * (1 - again)
        assert wanted * (1 - again - undecided) <= most + ALMOST


@pytest.mark.parametrize("scale", [Fraction(8), Fraction(7, 3)])
def test_ten_thousand_draws_fit_the_law_by_chi_square(scale):
    number, edge = 10_000, 3 * int(scale)
    bits = seeded_bits(f"laplace {scale}")
    drawn = [discrete_laplace(bits, scale) for _ in range(number)]
    decay = exp_minus(1 / scale)
    square = Fraction(0)
    for value in range(-edge, edge + 1):
        expected = number * law(value, decay)
        square += (drawn.count(value) - expected) ** 2 / expected
    tails = number * 2 * decay ** (edge + 1) / (1 + decay)
    square += (sum(abs(value) > edge for value in drawn) - tails) ** 2 / tails
    freedom = 2 * edge + 1
    assert (square - freedom) ** 2 < 16 * 2 * freedom  # four spreads either way: too good is wrong


@given(scales, st.text(max_size=8))
def test_equal_bits_give_equal_noise(scale, seed):
    first, second = (discrete_laplace(seeded_bits(seed), scale) for _ in range(2))
    assert first == second


@given(
    st.lists(st.integers(-30, 30)),
    st.integers(-10, 10),
    st.integers(1, 10),
    st.fractions(Fraction(1, 4), Fraction(3), max_denominator=8),
    st.sampled_from(Neighbours),
)
def test_a_noisy_sum_is_the_sum_within_bounds_plus_noise_of_its_scale(
    answers, low, width, epsilon, neighbours
):
    found = noisy_sum(seeded_bits("sum"), answers, low, low + width, epsilon, neighbours)
    reach = width if neighbours is Neighbours.ONE_OTHER else max(abs(low), abs(low + width))
    assert found.scale == Fraction(reach) / epsilon
    noise = discrete_laplace(seeded_bits("sum"), found.scale)
    assert found.total - noise == sum(sorted((low, one, low + width))[1] for one in answers)


@given(st.lists(st.integers(-50, 50)), st.integers(-50, 50))
def test_one_person_more_moves_the_sum_by_no_more_than_the_noise_is_made_for(answers, one):
    epsilon = Fraction(1)
    without = noisy_sum(seeded_bits("s"), answers, 0, 10, epsilon)
    with_one = noisy_sum(seeded_bits("s"), [*answers, one], 0, 10, epsilon)
    assert abs(with_one.total - without.total) <= without.scale * epsilon


@pytest.mark.parametrize("amount", [0, -1, 0.5, True, "1", None, Fraction(-1, 2)])
def test_a_scale_or_epsilon_that_is_not_exact_and_above_zero_is_refused(amount):
    with pytest.raises(DisclosureRefused, match="exact number above 0"):
        discrete_laplace(seeded_bits("x"), amount)
    with pytest.raises(DisclosureRefused, match="exact number above 0"):
        noisy_sum(seeded_bits("x"), [1], 0, 10, amount)


@pytest.mark.parametrize("low", [10, 11])
def test_bounds_that_leave_no_choice_are_refused(low):
    with pytest.raises(DisclosureRefused, match="cannot lie between"):
        noisy_sum(seeded_bits("x"), [1], low, 10, Fraction(1))
