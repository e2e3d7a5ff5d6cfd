"""A database remembers more than its rows say.  What it remembers must tell no order of arrival."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from pb_engine.errors import AlreadyVoted, StoreProblem
from pb_engine.store import Store, close_stores, open_stores
from pb_engine.store.box import BoxWork, LoggedBallot, sweep
from pb_engine.store.connect import open_database
from pb_engine.store.migrating import downgrade, upgrade
from tests.store.examples import OTHER, SLUG, a_ballot, a_box, a_paper
from tests.store.raw import raw_sql

ARRIVED = [f"p{number:02}" for number in (7, 3, 11, 1, 9, 5, 12, 2, 10, 4, 8, 6)]
LOGGED = [f"p{number:02}" for number in (4, 12, 1, 8, 10, 6, 2, 9, 5, 11, 7, 3)]


def entry(position, pseudonym, number=1):
    return LoggedBallot(position, f"{position:064x}", f"R{position}", pseudonym, number)


def arrive(box, pseudonyms=ARRIVED, slug=SLUG):
    with box.write() as work:
        if work.state(slug) is None:
            work.open_round(a_box(slug), {"all": a_paper()})
            work.log.keep_key(slug, b"k" * 32)
        work.commit()
    for pseudonym in pseudonyms:
        with box.write() as work:
            work.deposit(a_ballot(pseudonym, slug=slug))
            work.commit()


def move(box, pseudonyms=LOGGED):
    with box.write() as work:
        size = work.log.size(SLUG)
        work.log.append(SLUG, [entry(size + at, name) for at, name in enumerate(pseudonyms)])
        work.commit()


def test_ballots_that_enter_the_log_move_from_the_inbox_to_the_box_and_change_nothing(box):
    arrive(box)
    move(box, LOGGED[:5])
    assert {row[0] for row in raw_sql(box, "SELECT pseudonym FROM ballots")} == set(LOGGED[:5])
    with box.read() as work:
        assert work.log.waiting(SLUG) == 7
        assert work.stored(SLUG) == work.voters(SLUG) == 12
        assert sorted(work.places(SLUG)) == [(name, 1) for name in sorted(ARRIVED)]
        assert work.ballots_of(SLUG, LOGGED[0]) == (a_ballot(LOGGED[0]),)
        assert work.ballots_of(SLUG, LOGGED[-1]) == (a_ballot(LOGGED[-1]),)


def test_a_ballot_that_has_moved_still_holds_its_place_and_its_attempt(box):
    arrive(box)
    move(box)
    with box.write() as work, pytest.raises(AlreadyVoted):
        work.deposit(a_ballot(LOGGED[0]))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM inbox",
        "UPDATE inbox SET number = 2",
        "INSERT INTO ballots SELECT round, 'p99', number, style, attempt, sealed FROM inbox",
        "DELETE FROM ballots",
    ],
)
def test_no_console_takes_a_ballot_out_or_brings_one_in_past_the_inbox(box, statement):
    arrive(box)
    move(box, LOGGED[:5])
    with pytest.raises(DBAPIError, match=r"stays as it is|through the inbox only"):
        raw_sql(box, statement)


@pytest.mark.postgres
def test_what_has_moved_tells_no_order_of_arrival(postgres_urls):
    stores = open_stores(postgres_urls)
    arrive(stores.box)
    order = [row[0] for row in raw_sql(stores.box, "SELECT pseudonym FROM inbox ORDER BY ctid")]
    assert order == ARRIVED, "what waits has its order; else this test is for nothing"
    move(stores.box)
    rows = raw_sql(stores.box, "SELECT pseudonym, xmin::text FROM ballots ORDER BY ctid")
    assert [row[0] for row in rows] == LOGGED
    assert len({row[1] for row in rows}) == 1
    close_stores(stores)


@pytest.mark.postgres
def test_postgresql_gives_the_emptied_inbox_a_new_file(postgres_urls):
    stores = open_stores(postgres_urls)
    arrive(stores.box)
    move(stores.box)
    (before,) = raw_sql(stores.box, "SELECT pg_relation_filenode('inbox')")
    assert sweep(stores.box)
    (after,) = raw_sql(stores.box, "SELECT pg_relation_filenode('inbox')")
    (size,) = raw_sql(stores.box, "SELECT pg_relation_size('inbox')")
    assert before != after
    assert size == (0,)
    close_stores(stores)


@pytest.mark.postgres
def test_who_casts_at_the_moment_of_sweeping_is_not_disturbed(postgres_urls):
    stores = open_stores(postgres_urls)
    arrive(stores.box)
    move(stores.box)
    with stores.box.write() as work:
        work.lock_state(SLUG)
        work.deposit(a_ballot("p50"))
        with pytest.raises(StoreProblem, match="busy"):
            sweep(stores.box)
        work.commit()
    assert not sweep(stores.box)
    with stores.box.read() as reading:
        assert reading.ballots_of(SLUG, "p50") == (a_ballot("p50"),)
    close_stores(stores)


def test_sqlite_forgets_its_write_ahead_log_with_every_batch(stores, tmp_path):
    arrive(stores.box)
    (wal,) = tmp_path.rglob("box.sqlite3-wal")
    assert wal.stat().st_size > 0
    move(stores.box)
    assert sweep(stores.box)
    assert wal.stat().st_size == 0


def test_sqlite_sweeps_later_when_somebody_reads(stores):
    arrive(stores.box)
    with stores.box.read() as reading:
        assert reading.stored(SLUG) == 12
        move(stores.box)
        assert not sweep(stores.box)
    assert sweep(stores.box)


def test_ballots_that_wait_survive_the_way_to_the_old_schema_and_back(migrated_url):
    url = migrated_url("box")
    database = open_database(url)
    store = Store("box", database, BoxWork)
    arrive(store)
    arrive(store, ["p1"], slug=OTHER)
    move(store, LOGGED[:5])
    downgrade("box", database, "box_0002")
    (there,) = raw_sql(store, "SELECT count(*) FROM ballots")
    assert there == (13,)
    upgrade("box", database)
    with store.read() as work:
        assert (work.log.waiting(SLUG), work.log.size(SLUG), work.stored(SLUG)) == (7, 5, 12)
        assert (work.log.waiting(OTHER), work.stored(OTHER)) == (1, 1)
    move(store, LOGGED[5:])
    with pytest.raises(DBAPIError, match="stays as it is"):
        raw_sql(store, "DELETE FROM ballots")
    store.close()
