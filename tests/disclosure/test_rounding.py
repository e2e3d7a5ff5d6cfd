"""Rounded counts: the same for ever, right on average, and never fresh."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.disclosure import (
    DisclosureRefused,
    Hidden,
    Shown,
    one_way,
    round_cells,
    round_count,
    suppress,
)

KEY = bytes(range(32))
keys = st.binary(min_size=32, max_size=64)
labels = st.lists(st.text(max_size=6), max_size=4).map(tuple)
counts = st.integers(0, 10_000)
bases = st.integers(2, 12)


def keys_of(number):
    return [hashlib.sha256(f"key {turn}".encode()).digest() for turn in range(number)]


@given(keys, labels, counts, bases)
def test_asking_twice_gives_the_same_multiple_less_than_a_base_away(key, label, count, base):
    rounded = round_count(key, label, count, base)
    assert rounded == round_count(key, label, count, base)
    assert rounded % base == 0
    assert abs(rounded - count) < base
    assert rounded >= 0


@given(keys, labels, st.integers(0, 2_000), bases)
def test_a_multiple_of_the_base_stays_itself(key, label, times, base):
    assert round_count(key, label, times * base, base) == times * base


@given(keys, labels, counts, bases)
def test_one_person_more_never_lowers_a_rounded_count(key, label, count, base):
    assert round_count(key, label, count, base) <= round_count(key, label, count + 1, base)


@given(keys, labels, counts)
def test_one_lot_decides_for_all_counts_between_two_multiples(key, label, count):
    start = count - count % 5
    raised = [round_count(key, label, start + rest) > start for rest in range(5)]
    assert raised == sorted(raised)  # there is one lot, and it does not look at the count
    assert not raised[0]


@pytest.mark.parametrize("rest", [1, 2, 3, 4])
def test_over_many_keys_a_count_is_raised_as_often_as_its_remainder_says(rest):
    number = 4_000
    raised = sum(round_count(key, ("cell",), 20 + rest) == 25 for key in keys_of(number))
    expected = number * rest // 5
    variance = number * rest * (5 - rest) // 25
    assert (raised - expected) ** 2 < 16 * variance


def test_two_cells_of_one_table_are_drawn_apart():
    number = 2_000
    pairs = [(round_count(k, ("a",), 22), round_count(k, ("b",), 22)) for k in keys_of(number)]
    both = pairs.count((25, 25))
    assert abs(both - number * 4 // 25) < 90  # five and a half spreads of 16.4


def test_asking_a_thousand_times_tells_no_more_than_asking_once():
    assert len({round_count(KEY, ("area", "p1"), 23) for _ in range(1_000)}) == 1


def test_the_lot_can_be_computed_again_with_hmac_alone():
    def part(text):
        return len(text.encode()).to_bytes(8, "big") + text.encode()

    message = b"".join(map(part, ["rounding", "0", "5", "area", "p1"]))
    drawn = int.from_bytes(hmac.new(KEY, message, hashlib.sha256).digest(), "big")
    for count in range(20, 25):
        raised = drawn % 5 < count % 5
        assert round_count(KEY, ("area", "p1"), count) == (25 if raised else 20)


def test_names_that_read_alike_when_joined_are_different_cells():
    apart = [
        round_count(key, ("ab", "c"), 23) != round_count(key, ("a", "bc"), 23)
        for key in keys_of(100)
    ]
    assert any(apart)


def test_totals_are_rounded_by_a_lot_of_their_own():
    table = one_way({"a": 11, "b": 12, "c": 13})
    sums = set()
    for key in keys_of(200):
        cells = round_cells(key, "t", suppress(table))
        parts = sum(cells[label,].count for label in "abc")
        sums.add(cells["*",].count - parts)
    assert len(sums) > 1


def test_a_hidden_cell_stays_hidden_and_a_shown_one_stays_above_the_threshold():
    cells = round_cells(KEY, "t", suppress(one_way({"a": 3, "b": 10, "c": 14, "d": 90})))
    assert cells["a",] == Hidden()
    assert all(cell.count >= 10 for cell in cells.values() if isinstance(cell, Shown))


def test_two_tables_with_equal_cells_are_drawn_apart():
    cells = {("a",): Shown(22)}
    apart = [round_cells(k, "one", cells) != round_cells(k, "two", cells) for k in keys_of(50)]
    assert any(apart)
    assert not all(apart)


@pytest.mark.parametrize("count", [-1, True, "3", None])
def test_what_is_no_count_is_refused(count):
    with pytest.raises(DisclosureRefused, match="0 or more"):
        round_count(KEY, ("a",), count)


def test_a_short_key_and_a_base_of_one_are_refused():
    with pytest.raises(DisclosureRefused, match="31 bytes"):
        round_count(bytes(31), ("a",), 3)
    with pytest.raises(DisclosureRefused, match="least base is 2"):
        round_count(KEY, ("a",), 3, 1)
