from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta, timezone

import pytest
from sqlalchemy.exc import DBAPIError

from pb_engine.domain.events import FIRST, Event, check_chain
from pb_engine.store import close_stores, open_stores
from tests.store.examples import NOW, OTHER, SLUG
from tests.store.raw import raw_sql


def an_event(ideas=3, round_id=SLUG):
    return Event("review_started", round_id, "clock", {"ideas": ideas})


def test_entries_are_chained_from_the_first(site):
    with site.write() as work:
        assert work.log.last() is None
        first = work.log.append(an_event(1), NOW)
        second = work.log.append(an_event(2, None), NOW)
        work.commit()
    assert (first.number, first.previous) == (1, FIRST)
    assert (second.number, second.previous) == (2, first.hash)
    with site.read() as work:
        assert work.log.entries() == (first, second)
        assert work.log.last() == second
        assert check_chain(work.log.entries()) == 2


def test_an_entry_reads_back_as_it_was_returned_whatever_the_time_zone(site):
    local = NOW.astimezone(timezone(timedelta(hours=2)))
    with site.write() as work:
        entry = work.log.append(an_event(), local)
        work.commit()
    with site.read() as work:
        assert work.log.entries() == (entry,)
    assert entry.at == NOW.replace(microsecond=0)


def test_numbers_and_texts_in_facts_stay_what_they_are(site):
    facts = {"batch": "7", "number": 7}
    with site.write() as work:
        work.log.append(Event("codes_issued", SLUG, "team", facts), NOW)
        kept = work.log.last()
    assert kept is not None
    assert kept.event.facts == facts


def test_entries_can_be_read_in_parts_and_per_round(site):
    with site.write() as work:
        for number in range(1, 7):
            work.log.append(an_event(number, SLUG if number % 2 else OTHER), NOW)
        work.commit()
    with site.read() as work:
        assert [entry.number for entry in work.log.entries(after=2, limit=3)] == [3, 4, 5]
        assert [entry.number for entry in work.log.entries(round_id=OTHER)] == [2, 4, 6]
        assert work.log.entries(after=6) == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET by_whom = 'iemand anders'",
        "DELETE FROM log",
        "DELETE FROM log WHERE number = 1",
    ],
)
def test_nobody_changes_or_removes_an_entry(site, statement):
    with site.write() as work:
        entry = work.log.append(an_event(), NOW)
        work.commit()
    with pytest.raises(DBAPIError, match="the event log only grows"):
        raw_sql(site, statement)
    with site.read() as work:
        assert work.log.entries() == (entry,)


def test_sqlite_replaces_no_entry_either(stores):
    with stores.site.write() as work:
        entry = work.log.append(an_event(), NOW)
        work.commit()
    raw_sql(
        stores.site,
        "INSERT OR REPLACE INTO log (number, name, by_whom, facts, at, previous, hash) "
        "VALUES (1, 'x', 'x', '{}', 'x', 'x', 'x')",
    )
    with stores.site.read() as work:
        assert work.log.entries() == (entry,)


@pytest.mark.postgres
def test_postgresql_truncates_no_log(postgres_urls):
    stores = open_stores(postgres_urls)
    with pytest.raises(DBAPIError, match="the event log only grows"):
        raw_sql(stores.site, "TRUNCATE log")
    close_stores(stores)


def test_many_writers_make_one_chain(site):
    def write(number):
        with site.write() as work:
            work.log.append(an_event(number), NOW)
            work.commit()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(write, range(40)))
    with site.read() as work:
        assert check_chain(work.log.entries()) == 40
        assert {entry.event.facts["ideas"] for entry in work.log.entries()} == set(range(40))


def test_an_entry_that_is_not_committed_leaves_no_gap(site):
    with site.write() as work:
        work.log.append(an_event(1), NOW)
    with site.write() as work:
        assert work.log.append(an_event(2), NOW).number == 1


def test_a_listener_starts_at_zero_and_keeps_its_place(site):
    with site.write() as work:
        assert work.cursors.get("mail") == 0
        work.cursors.set("mail", 4)
        work.cursors.set("mail", 9)
        work.cursors.set("ander", 1)
        work.commit()
    with site.read() as work:
        assert (work.cursors.get("mail"), work.cursors.get("ander")) == (9, 1)
