"""What holds for every stack of paper, whatever stands on it and however it is misread."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pb_engine.ballots import Defect
from pb_engine.errors import PaperRefused
from pb_engine.services.paper.accepting import balance_of
from pb_engine.services.paper.names import PaperKeys, Reading
from pb_engine.store.box import Sheet, Stack
from pb_engine.tallying.samples import chance_to_find, draw_sheets, sheets_to_draw
from pb_engine.units import RoundId
from tests.builders import a_round_in
from tests.paper import a_read_batch, accept, decide, differing

ROUND = RoundId("proef-2027")
KEYS = PaperKeys(ROUND, b"n" * 32, b"m" * 32)
defects = st.sampled_from(["", *map(str, Defect)])
told = st.sampled_from(["1", "2 3", "1 2 3", "4", "<blank>", "<unreadable>", "<late>"])


def sheet(number, defect):
    return Sheet(ROUND, 1, 1, number, "mark", defect, "", b"")


@given(found=st.lists(defects, min_size=1, max_size=40), missing=st.integers(-1, 1))
def test_handed_in_is_counted_and_spoilt_and_void_or_the_batch_is_refused(found, missing):
    sheets = [sheet(number, defect) for number, defect in enumerate(found, start=1)]
    stack = Stack(ROUND, 1, max(1, len(found) + missing))
    if stack.stated != len(found):
        with pytest.raises(PaperRefused, match="does not add up"):
            balance_of(stack, sheets)
        return
    balance = balance_of(stack, sheets)
    assert balance.counted + balance.spoilt + balance.void == len(found)
    assert balance.counted == found.count("")


@given(
    sheets=st.sets(st.tuples(st.integers(1, 9), st.integers(1, 50)), max_size=30),
    number=st.integers(0, 40),
    order=st.randoms(use_true_random=False),
)
def test_the_sample_is_the_same_in_whatever_order_the_sheets_come(sheets, number, order):
    listed = sorted(sheets)
    order.shuffle(listed)
    known = {"seed": "zaad", "digest": "d", "root": "r"}
    drawn = draw_sheets(listed, number, **known)
    assert drawn == draw_sheets(sorted(sheets), number, **known)
    assert len(drawn) == min(number, len(sheets))
    assert set(drawn) <= sheets
    assert set(draw_sheets(listed, max(0, number - 1), **known)) <= set(drawn)


@given(sheets=st.integers(1, 300), wrong=st.integers(1, 20))
def test_no_smaller_sample_would_do(sheets, wrong):
    wrong = min(wrong, sheets)
    drawn = sheets_to_draw(sheets, wrong)
    assert chance_to_find(sheets, wrong, drawn) * 100 >= 95
    assert drawn == 0 or chance_to_find(sheets, wrong, drawn - 1) * 100 < 95


@given(batch=st.integers(1, 9), one=st.integers(1, 50), other=st.integers(1, 50))
def test_marks_and_pseudonyms_belong_to_one_sheet(batch, one, other):
    blank = Reading(None, Defect.BLANK)
    same = one == other
    assert (KEYS.mark(batch, one, blank) == KEYS.mark(batch, other, blank)) is same
    assert (KEYS.pseudonym(batch, one) == KEYS.pseudonym(batch, other)) is same
    assert KEYS.mark(batch, one, blank) != KEYS.mark(batch, one, Reading(None, Defect.LATE))


@pytest.fixture(scope="module")
def staged(tmp_path_factory):
    return a_round_in(tmp_path_factory.mktemp("paper"))


@given(pairs=st.lists(st.tuples(told, told), min_size=1, max_size=4))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_difference_is_found_and_the_third_reading_is_what_counts(staged, pairs):
    first = {number: one for number, (one, _) in enumerate(pairs, start=1)}
    second = {number: other for number, (_, other) in enumerate(pairs, start=1)}
    batch = a_read_batch(staged, first, second)
    wanted = tuple(number for number in first if first[number] != second[number])
    assert differing(staged, batch) == wanted
    for number in wanted:
        decide(staged, batch, number, second[number])
    balance = accept(staged, batch)
    assert balance.counted == sum(not one.startswith("<") for one in second.values())
    assert balance.sheets == len(pairs)
