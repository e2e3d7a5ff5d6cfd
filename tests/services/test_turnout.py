"""Turnout per area and channel: what is left out cannot be worked out from anything published."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from pb_engine.ballots import canonical_json
from pb_engine.disclosure import THRESHOLD, TOTAL, doubt, two_way
from pb_engine.services.shown_counts import shown_counts, shown_totals
from pb_engine.services.turnout import read_turnout
from tests.builders import a_round

WAYS = ("digital", "none", "paper")
COUNTS = st.one_of(st.integers(0, 15), st.integers(16, 400))
TABLES = st.lists(st.tuples(COUNTS, COUNTS, COUNTS), min_size=2, max_size=6)


def published(rows):
    """Return the counts, what the frozen rules told of each area, and the table after the vote."""
    names = [f"buurt{at}" for at in range(len(rows))]
    counts = {(name, way): n for name, row in zip(names, rows, strict=True)
              for way, n in zip(WAYS, row, strict=True)}  # fmt: skip
    before = shown_totals({name: sum(row) for name, row in zip(names, rows, strict=True)})
    told = [area for area, rights in before.items() if rights is not None]
    return counts, told, shown_counts(counts, names)


@given(TABLES)
@settings(max_examples=150, deadline=None)
def test_no_hidden_number_follows_from_margins_or_from_what_was_told_before(rows):
    counts, told, shown = published(rows)
    hidden = {(area, way) for area, row in shown.items() for way, n in row.items() if n is None}
    for area, row in shown.items():
        for way, number in row.items():
            assert number is None or number == counts[area, way] >= THRESHOLD
    # A reader has the sums of the channels, the rights of each area that the rules told at the
    # opening, and this table; what the rules did not tell may be anything.
    table = two_way(counts)
    unknown = hidden | {(area, TOTAL) for area, _ in counts if area not in told}
    for cell in hidden:
        could = doubt(table, unknown, cell, THRESHOLD)
        assert could.down + could.up >= THRESHOLD, (cell, could)


def test_a_page_shows_the_published_table_and_says_that_numbers_are_left_out():
    document = {
        "total": {"digital": 120, "paper": 14, "none": 400},
        "areas": {"mekkelholt": {"digital": None, "none": 200}, "": {"digital": 60, "none": 200}},
    }
    found = read_turnout(a_round(), canonical_json(document))
    assert [one.area for one in found.areas] == ["Mekkelholt", None]
    assert [one.total for one in found.areas] == [None, 260]
    assert found.hidden
    assert found.whole.total == 534


def test_a_round_without_rights_or_from_an_older_version_has_no_turnout():
    assert read_turnout(a_round(), None) is None
    nothing = json.dumps({"total": {"digital": 0, "paper": 0, "none": 0}, "areas": {}})
    assert read_turnout(a_round(), nothing.encode()) is None
