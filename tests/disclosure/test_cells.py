"""Small counts are hidden, and stay hidden from whoever can add and subtract."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pb_engine.disclosure import (
    TOTAL,
    DisclosureRefused,
    Hidden,
    Shown,
    area_table,
    doubt,
    one_way,
    suppress,
    tree_table,
    two_way,
)
from pb_engine.disclosure.doubt import company
from tests.disclosure.oracle import crossed_cover, possible_counts, tree_cover
from tests.disclosure.streams import numbers

ROWS = {"north": TOTAL, "south": TOTAL}
TREES = [
    {"a": TOTAL, "b": TOTAL, "c": TOTAL, "d": TOTAL},
    {"a": "left", "b": "left", "c": "right", "d": "right", "left": TOTAL, "right": TOTAL},
    {"a": "left", "b": "left", "left": TOTAL, "c": "alone", "alone": TOTAL},
    {"a": "small", "small": "large", "b": "large", "large": TOTAL, "c": TOTAL},
]
DISTRICTS = {"a": "left", "b": "left", "left": TOTAL, "c": TOTAL}
few = st.integers(0, 5)


def hidden_in(cells):
    return {label for label, cell in cells.items() if isinstance(cell, Hidden)}


def assert_nothing_is_given_away(cover, counts, cells, threshold, public=frozenset()):
    possible = possible_counts(cover, counts, cells, threshold)
    keyed = {(key,) if isinstance(key, str) else key: count for key, count in counts.items()}
    for label, cell in cells.items():
        true_count = sum(keyed.get(leaf, 0) for leaf in cover[label])
        assert true_count in possible[label]
        if isinstance(cell, Shown):
            assert cell.count == true_count
            assert true_count >= threshold or label in public
        else:
            assert len(possible[label]) > 1
            if true_count < threshold:
                assert max(possible[label]) - min(possible[label]) >= threshold


@settings(max_examples=60, deadline=None)
@given(st.fixed_dictionaries({(r, c): few for r in ROWS for c in "xyz"}), st.integers(2, 3))
def test_no_cell_of_a_two_way_table_can_be_worked_out_from_its_totals(counts, threshold):
    cells = suppress(two_way(counts), threshold=threshold)
    assert_nothing_is_given_away(crossed_cover(ROWS, "xyz"), counts, cells, threshold)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(TREES), st.fixed_dictionaries(dict.fromkeys("abcd", few)), st.integers(2, 4))
def test_no_area_of_a_tree_can_be_worked_out_from_its_totals(parents, drawn, threshold):
    counts = {area: count for area, count in drawn.items() if area in parents}
    cells = suppress(tree_table(parents, counts), threshold=threshold)
    assert_nothing_is_given_away(tree_cover(parents), counts, cells, threshold)


@settings(max_examples=60, deadline=None)
@given(st.fixed_dictionaries({(a, c): few for a in "abc" for c in "xy"}), st.integers(2, 3))
def test_no_cell_of_areas_by_category_can_be_worked_out_from_its_totals(counts, threshold):
    cells = suppress(area_table(DISTRICTS, counts), threshold=threshold)
    assert_nothing_is_given_away(crossed_cover(DISTRICTS, "xy"), counts, cells, threshold)


@settings(max_examples=60, deadline=None)
@given(st.fixed_dictionaries({(r, c): few for r in ROWS for c in "xyz"}), st.integers(2, 3))
def test_a_table_beside_public_totals_is_safe_or_refused(counts, threshold):
    public = frozenset({(TOTAL, TOTAL), *((TOTAL, column) for column in "xyz")})
    try:
        cells = suppress(two_way(counts), threshold=threshold, public=public)
    except DisclosureRefused:
        return
    assert hidden_in(cells).isdisjoint(public)
    assert_nothing_is_given_away(crossed_cover(ROWS, "xyz"), counts, cells, threshold, public)


@settings(max_examples=60, deadline=None)
@given(st.fixed_dictionaries({(r, c): few for r in ROWS for c in "xyz"}))
def test_public_totals_are_refused_only_when_hiding_all_else_would_not_help(counts):
    public = frozenset({(TOTAL, TOTAL), *((TOTAL, column) for column in "xyz")})
    table = two_way(counts)
    everything = {cell.label for cell in table.cells} - public
    small = [c.label for c in table.cells if c.count < 3 and c.label in everything]
    left = [doubt(table, everything, label, 3) for label in small]
    hopeless = any(one.down + one.up < 3 for one in left)
    try:
        suppress(table, threshold=3, public=public)
    except DisclosureRefused:
        assert hopeless
    else:
        assert not hopeless


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), min_size=1), st.randoms())
def test_the_order_in_which_counts_are_given_plays_no_part(counts, shuffler):
    names = list(counts)
    shuffler.shuffle(names)
    assert suppress(one_way(counts)) == suppress(one_way({name: counts[name] for name in names}))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TREES), st.fixed_dictionaries(dict.fromkeys("abcd", few)))
def test_doubt_is_the_range_that_trying_every_table_gives(parents, drawn):
    counts = {area: count for area, count in drawn.items() if area in parents}
    table = tree_table(parents, counts)
    hidden = {("a",), ("b",), ("c",)}
    cells = {c.label: Hidden() if c.label in hidden else Shown(c.count) for c in table.cells}
    possible = possible_counts(tree_cover(parents), counts, cells, 4)
    for label in hidden:
        left = doubt(table, hidden, label, 4)
        true_count = table.find(label).count
        assert true_count - left.down == max(min(possible[label]), true_count - 4)
        assert true_count + left.up == min(max(possible[label]), true_count + 4)


@settings(max_examples=200, deadline=None)
@given(
    st.fixed_dictionaries({(r, c): few for r in ROWS for c in "xyz"}),
    st.sets(st.sampled_from([(r, c) for r in (*ROWS, TOTAL) for c in "xyz*"])),
    st.sets(st.sampled_from([(r, c) for r in ROWS for c in "xyz"]), min_size=1),
    st.integers(1, 4),
)
def test_company_brings_the_doubt_it_was_asked_for_and_can_itself_move(
    counts, known, hidden, least
):
    table = two_way(counts)
    public, label = known - hidden, min(hidden)
    try:
        more = company(table, hidden, public, label, least)
    except DisclosureRefused:
        everything = {cell.label for cell in table.cells} - public
        left = doubt(table, everything, label, least)
        assert left.down + left.up < least
        return
    assert more.isdisjoint(public | hidden)
    for one in (label, *more):
        left = doubt(table, hidden | more, one, least)
        assert left.down + left.up >= (least if one == label else 1)


def test_a_single_small_count_takes_company_from_the_smallest_other():
    cells = suppress(one_way({"a": 3, "b": 50, "c": 60}))
    assert cells == {
        (TOTAL,): Shown(113),
        ("a",): Hidden(),
        ("b",): Hidden(),
        ("c",): Shown(60),
    }


def test_small_counts_that_are_few_even_together_take_company_too():
    cells = suppress(one_way({"a": 2, "b": 3, "c": 40, "d": 60}))
    assert hidden_in(cells) == {("a",), ("b",), ("c",)}


def test_hidden_zeros_are_not_given_away_by_a_total_that_leaves_nothing():
    assert hidden_in(suppress(one_way({"a": 0, "b": 0, "c": 30}))) == {("a",), ("b",), ("c",)}


def test_an_area_with_one_part_hides_with_it():
    cells = suppress(tree_table({"part": "whole", "whole": "all", "rest": "all"}, {"rest": 90}))
    assert {("part",), ("whole",)} <= hidden_in(cells)


def test_a_table_without_small_counts_is_shown_whole():
    counts = {(row, column): 10 for row in "ab" for column in "xy"}
    assert hidden_in(suppress(two_way(counts))) == set()


@pytest.mark.parametrize("persons", [0, 1, 9])
def test_a_table_of_fewer_persons_than_the_threshold_shows_nothing(persons):
    assert hidden_in(suppress(one_way({"a": persons}))) == {("a",), (TOTAL,)}


def test_a_public_total_that_is_small_itself_refuses_the_table():
    with pytest.raises(DisclosureRefused, match="give away"):
        suppress(one_way({"a": 4, "b": 3}), public={(TOTAL,)})


def test_a_table_as_large_as_a_round_keeps_most_of_its_cells():
    areas = {f"b{n}": f"w{n % 3}" for n in range(10)} | {f"w{n}": TOTAL for n in range(3)}
    drawn = numbers("table", 60)
    counts = {(f"b{n}", f"p{p:02}"): next(drawn) for n in range(10) for p in range(40)}
    table = area_table(areas, counts)
    public = frozenset((TOTAL, f"p{p:02}") for p in range(40))
    cells = suppress(table, public=public)
    hidden = hidden_in(cells)
    small = {cell.label for cell in table.cells if cell.count < 10}
    assert small <= hidden
    assert len(hidden) <= 2 * len(small)
    for label in small:
        left = doubt(table, hidden, label, 10)
        assert left.down + left.up >= 10


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: one_way({}), "at least one category"),
        (lambda: one_way({"a": -1}), "0 or more"),
        (lambda: one_way({"a": True}), "0 or more"),
        (lambda: one_way({TOTAL: 4}), "stands for the total"),
        (lambda: two_way({}), "at least one category"),
        (lambda: tree_table({}, {}), "one whole"),
        (lambda: tree_table({"a": "x", "b": "y"}, {}), "one whole"),
        (lambda: tree_table({"a": "all", "b": "c", "c": "b"}, {}), "lie in each other"),
        (lambda: tree_table({"a": "all"}, {"all": 3}), "no smallest area"),
        (lambda: tree_table({"a": "all"}, {"elsewhere": 3}), "no smallest area"),
        (lambda: area_table({"a": "all"}, {("a", TOTAL): 3}), "stands for the total"),
        (lambda: suppress(one_way({"a": 1}), threshold=1), "protects nobody"),
        (lambda: suppress(one_way({"a": 1}), public={("b",)}), "no cell"),
    ],
)
def test_what_is_no_table_is_refused(make, sentence):
    with pytest.raises(DisclosureRefused, match=sentence):
        make()
