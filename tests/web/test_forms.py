"""What people type becomes values, or is refused."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from pb_engine.units import euros
from web.forms.ballot import read_ballot
from web.forms.filters import read_filters
from web.forms.money import cents


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1500", 150_000),
        ("1.500", 150_000),
        ("1,500", 150_000),
        ("1.500,50", 150_050),
        ("1500,5", 150_050),
        ("1500.50", 150_050),
        ("€ 1.500", 150_000),
        ("€1500,-", 150_000),
        (" 1500 euro ", 150_000),
        ("EUR 20", 2_000),
        ("0", 0),
    ],
)
def test_money_is_read_as_people_write_it(typed, amount):
    assert cents(typed) == amount


@pytest.mark.parametrize(
    "typed",
    ["", "-5", "1.5.0", "1.50,000", "1e3", "NaN", "inf", "15 00 0", "½", "٣٠٠", "1,5000", "9" * 30],
)
def test_what_is_no_amount_is_not_guessed(typed):
    assert cents(typed) is None


@given(st.integers(min_value=0, max_value=99_999_999_99))
def test_money_that_we_write_can_be_read_back(amount):
    assert cents(euros(amount, "nl")) == amount
    assert cents(euros(amount, "en")) == amount


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_money(typed):
    found = cents(typed)
    assert found is None or found >= 0


@given(st.dictionaries(st.text(max_size=12), st.text(max_size=200), max_size=6))
def test_no_address_breaks_the_filters(arguments):
    read = read_filters(arguments)
    assert set(read) == {
        *("thema", "buurt", "stand", "zoek", "volgorde"),
        *("van", "tot", "mix", "blad"),
    }
    assert all(len(value) <= 80 for value in read.values())


def test_a_ballot_form_keeps_doubles_and_drops_empty_boxes():
    page = SimpleNamespace(paper=SimpleNamespace(format="approval"), projects=())
    sent = MultiDict([("choices", "a"), ("choices", ""), ("choices", "a")])
    filled = read_ballot(sent, page, {})
    assert filled.choices == ("a", "a")
    assert filled.next == "on"
