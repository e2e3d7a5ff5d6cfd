import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.domain.areas import Address, AddressRange, Area, AreaKind, AreaTree, Parity
from pb_engine.domain.eligibility import voting_area
from pb_engine.errors import NotEligible
from pb_engine.units import AreaId
from tests.builders import AREAS, a_round


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("7523ab 12", "7523AB 12"),
        (" 7523 AB 12a ", "7523AB 12A"),
        ("7523AB 12-3", "7523AB 12-3"),
        ("7523AB 12 3", "7523AB 12-3"),
        ("7523AB 12-b", "7523AB 12B"),
    ],
)
def test_an_address_is_read_however_it_is_spaced(typed, read):
    assert str(Address.read(typed)) == read


@pytest.mark.parametrize(
    "typed", ["", "7523", "0523AB 1", "7523AB", "7523AB 0", "7523AB -1", "7523AB 1" * 9]
)
def test_what_is_no_address_is_not_read(typed):
    assert Address.read(typed) is None


@given(st.text(max_size=40))
def test_reading_an_address_never_fails_and_is_stable(text):
    address = Address.read(text)
    if address is not None:
        assert Address.read(str(address)) == address


def test_the_same_four_digits_lie_in_two_areas():
    assert AREAS.locate(Address("7523AB", 5)) == "mekkelholt"
    assert AREAS.locate(Address("7523XY", 5)) == "roombeek"
    assert AREAS.locate(Address("7523ZZ", 5)) is None


def test_a_roombeek_address_gives_no_voting_right_in_mekkelholt():
    with pytest.raises(NotEligible) as refused:
        voting_area(a_round(), address="7523XY 5", birth_year=1980)
    assert refused.value.details["problem"] == "area"


def test_odd_and_even_sides_of_a_street_may_lie_in_different_areas():
    odd = AddressRange(AreaId("a"), "7523AB", 1, 99, Parity.ODD)
    even = AddressRange(AreaId("b"), "7523AB", 2, 98, Parity.EVEN)
    tree = AreaTree(
        (
            Area(AreaId("a"), AreaKind.SUB_NEIGHBOURHOOD, "A"),
            Area(AreaId("b"), AreaKind.SUB_NEIGHBOURHOOD, "B"),
        ),
        (odd, even),
    )
    assert tree.flaw() is None
    assert tree.locate(Address("7523AB", 7)) == "a"
    assert tree.locate(Address("7523AB", 8)) == "b"


def test_ranges_that_put_one_address_in_two_areas_are_refused():
    tree = AreaTree(
        AREAS.areas, (*AREAS.addresses, AddressRange(AreaId("roombeek"), "7523AB", 90, 120))
    )
    assert "overlap" in (tree.flaw() or "")


def test_an_area_lies_in_every_area_above_it():
    assert AREAS.lies_in(AreaId("mekkelholt"), [AreaId("GM0153")])
    assert not AREAS.lies_in(AreaId("roombeek"), [AreaId("mekkelholt")])


@pytest.mark.parametrize(("year", "allowed"), [(2015, True), (2016, False), (None, False)])
def test_the_minimum_age_is_reached_in_the_year_of_the_reference_date(year, allowed):
    if allowed:
        assert voting_area(a_round(), address="7523AB 1", birth_year=year) == "mekkelholt"
    else:
        with pytest.raises(NotEligible) as refused:
            voting_area(a_round(), address="7523AB 1", birth_year=year)
        assert refused.value.details["problem"] == "age"
