import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.domain.areas import Address, AddressRange, Area, AreaKind, AreaTree, Parity
from pb_engine.domain.eligibility import AgeBand, asks_age, is_young_enough, voting_area
from pb_engine.domain.round_document import read_round, round_document
from pb_engine.errors import InvalidRound, NotEligible
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


TEENS = dataclasses.replace(a_round(), voters=dataclasses.replace(a_round().voters, maximum_age=26))


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ({"birth_year": 2001}, None),
        # Born in 2000: 26 until the birthday, so there is a doubt to give.
        ({"birth_year": 2000}, None),
        ({"birth_year": 1999}, "too_old"),
        ({"birth_year": 2016}, "age"),
        ({"birth_year": None}, "age"),
        ({"birth_year": None, "age_reached": 18}, "too_old"),
    ],
)
def test_the_oldest_age_counts_on_the_reference_date_and_has_to_be_shown(facts, problem):
    if problem is None:
        assert voting_area(TEENS, address="7523AB 1", **facts) == "mekkelholt"
        return
    with pytest.raises(NotEligible) as refused:
        voting_area(TEENS, address="7523AB 1", **facts)
    assert refused.value.details["problem"] == problem
    assert refused.value.details["limit"] == (26 if problem == "too_old" else 12)


@pytest.mark.parametrize(
    ("band", "young"), [("20-29", True), ("26-40", True), ("27-40", False), ("75+", False)]
)
def test_a_band_that_begins_below_the_oldest_age_has_the_benefit_of_the_doubt(band, young):
    read = AgeBand.read(band)
    assert is_young_enough(TEENS, birth_year=None, band=read) is young
    assert is_young_enough(a_round(), birth_year=None, band=read)


def test_a_round_file_cannot_ask_an_oldest_age_below_the_least_and_says_nothing_without_one():
    document = round_document(TEENS)
    assert document["voters"]["maximum_age"] == 26
    assert read_round(document, "file") == TEENS
    assert "maximum_age" not in round_document(a_round())["voters"]
    document["voters"]["maximum_age"] = 11
    with pytest.raises(InvalidRound, match="maximum_age"):
        read_round(document, "file")


@pytest.mark.parametrize(
    ("least", "oldest", "asked"), [(0, None, False), (12, None, True), (0, 26, True)]
)
def test_an_age_is_asked_where_a_least_or_an_oldest_one_plays_a_part(least, oldest, asked):
    voters = dataclasses.replace(a_round().voters, minimum_age=least, maximum_age=oldest)
    assert asks_age(a_round(voters=voters)) is asked
