"""Turnout per age: told once at publication, small numbers left out, and no choice in it."""

import io
import json

import pytest

from pb_engine.disclosure import THRESHOLD, Hierarchy, age_bands
from pb_engine.domain.eligibility import OLDEST
from pb_engine.domain.rounds import Eligibility
from pb_engine.services import dashboard as service
from pb_engine.services.age_turnout import (
    AGE_TURNOUT,
    LOWEST,
    _band,
    age_turnout,
    read_age_turnout,
)
from pb_engine.store.register import Channel, Resident, ResidentState
from tests.builders import CALENDAR, a_round, a_round_in, adopt_and_publish
from tests.registers import HEAD
from tests.web.desk_visitor import TEAM, desk_of

BORN = {2013: 4, 2005: 60, 1990: 90, 1970: 90, 1955: 60}
"""How many residents were born when; on the day of the round they are 14, 22, 37, 57 and 72."""


def a_register():
    years = [year for year, many in BORN.items() for _ in range(many)]
    rows = [f"{at};Naam {at};7523AB;{1 + at % 99};;{year}" for at, year in enumerate(years, 1)]
    return io.BytesIO("\n".join([HEAD, *rows]).encode())


@pytest.fixture(scope="module")
def voted(tmp_path_factory):
    """Every second resident voted, the thirty oldest on paper."""
    folder = tmp_path_factory.mktemp("leeftijd")
    closed = a_round_in(folder, "explained", register=a_register(), codes=6, votes={"Bankjes": 3})
    with closed.engine.stores.register.write() as work:
        residents = sorted(work.residents.each(closed.slug), key=lambda one: one.birth_year)
        for place, one in enumerate(residents):
            right = work.entitlements.get(closed.slug, one.entitlement)
            wanted = Channel.PAPER if place < 30 else Channel.DIGITAL if place % 2 else Channel.NONE
            if right.channel is not wanted:
                work.entitlements.move(closed.slug, right.id, (right.channel,), wanted)
        work.commit()
    return closed


def test_each_age_band_has_its_numbers_and_small_ones_are_left_out(voted):
    told = read_age_turnout(age_turnout(voted.engine, a_round()))
    rows = {one.band: one for one in told.rows}
    assert list(rows) == ["12-17", "18-24", "25-44", "45-64", "65-74"]
    assert (rows["25-44"].voted, rows["25-44"].unused) == (45, 45)
    assert (rows["12-17"].voted, rows["12-17"].unused) == (None, None)
    assert told.hidden
    for one in told.rows:
        for number in (one.voted, one.unused):
            assert number is None or number >= THRESHOLD
    assert told.whole.total == sum(BORN.values())


def test_what_is_left_out_does_not_follow_from_the_sums(voted):
    document = json.loads(age_turnout(voted.engine, a_round()))
    for use, total in document["total"].items():
        shown = [row.get(use, 0) for row in document["ages"].values()]
        hidden = shown.count(None)
        assert hidden != 1, (use, total, shown)


def test_it_is_told_when_the_result_is_and_later_changes_of_the_register_change_nothing(voted):
    assert service.dashboard(voted.engine, voted.slug).ages is None
    adopt_and_publish(voted.engine, voted.slug, "team")
    before = service.dashboard(voted.engine, voted.slug).ages
    with voted.engine.stores.register.write() as work:
        work.residents.forget(voted.slug)
        work.commit()
    assert service.dashboard(voted.engine, voted.slug).ages == before
    assert read_age_turnout(age_turnout(voted.engine, a_round())) is None
    page = desk_of(voted, TEAM).get("~/cijfers")
    assert "Stemrechten per leeftijd" in page.text
    assert 'aria-labelledby="leeftijd-title leeftijd-desc"' in page.html
    assert "Een punt (•)" in page.text, before
    assert "Bankjes" not in page.text


def test_a_round_without_a_register_tells_nothing_of_ages(tmp_path):
    published = a_round_in(tmp_path, "published", votes={"Bankjes": 3})
    with published.engine.stores.site.read() as work:
        assert read_age_turnout(work.counts.get(published.slug, AGE_TURNOUT)) is None
    assert "Stemrechten per leeftijd" not in desk_of(published, TEAM).get("~/cijfers").text


@pytest.mark.parametrize(
    ("year", "band", "wanted"),
    [
        (2015, None, "12-17"),
        (2013, None, "12-17"),
        (2009, None, "18-24"),
        (1952, None, "75+"),
        (1890, None, "75+"),
        (2026, None, "12-17"),
        (None, "25 t/m 44", "25-44"),
        (None, "40-50", ""),
        (None, "75+", "75+"),
        (None, "0-9", ""),
        (None, "8-14", "12-17"),
        (None, "?", ""),
        (None, None, ""),
    ],
)
def test_an_age_falls_in_one_band_or_nobody_knows_it(year, band, wanted):
    bands: Hierarchy = age_bands("age", {"band": LOWEST}, 12, OLDEST)
    one = Resident(
        *("r", "x", "e", None, "", "", "7523AB", 1, ""),
        *(year, band, None, None, False, ResidentState.ACTIVE),
    )
    voters = Eligibility(a_round().voters.areas, 12, CALENDAR.voting.opens)
    assert _band(a_round(voters=voters), bands, one) == wanted
