"""Many threads at one ballot box: the database decides, and the close is one moment for all."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from pb_engine.errors import AlreadyVoted
from pb_engine.store import close_stores, open_stores
from tests.store.examples import SLUG, a_ballot, a_box, a_paper
from tests.store.raw import raw_sql

THREADS = 50


def open_box(box):
    with box.write() as work:
        work.open_round(a_box(), {"all": a_paper()})
        work.commit()


def test_of_fifty_ballots_with_one_number_exactly_one_is_stored(box):
    open_box(box)
    start = threading.Barrier(THREADS)

    def cast(number):
        start.wait()
        try:
            with box.write() as work:
                work.lock_state(SLUG)
                work.deposit(a_ballot("p1", 1, attempt=f"{number:032x}"))
                work.commit()
        except AlreadyVoted:
            return None
        return number

    with ThreadPoolExecutor(THREADS) as pool:
        won = [number for number in pool.map(cast, range(THREADS)) if number is not None]
    with box.read() as work:
        stored = work.ballots_of(SLUG, "p1")
    assert [ballot.attempt for ballot in stored] == [f"{number:032x}" for number in won]
    assert len(won) == 1


def test_whoever_comes_second_can_read_the_ballot_that_came_first(box):
    # So that a ballot sent twice at the same instant gets the one receipt twice.
    open_box(box)
    start = threading.Barrier(THREADS)

    def cast(number):
        start.wait()
        with box.write() as work:
            work.lock_state(SLUG)
            try:
                work.deposit(a_ballot("p1", 1, sealed=f"{number}".encode()))
            except AlreadyVoted:
                return work.ballots_of(SLUG, "p1")
            work.commit()
        return (a_ballot("p1", 1, sealed=f"{number}".encode()),)

    with ThreadPoolExecutor(THREADS) as pool:
        assert len(set(pool.map(cast, range(THREADS)))) == 1


def test_no_ballot_is_stored_after_the_close_and_none_before_it_is_lost(box):
    open_box(box)
    closed_at = []
    casters = 24
    start = threading.Barrier(casters + 1)
    some_in = threading.Semaphore(0)

    def cast(number):
        start.wait()
        # Far more than anyone gets to, so that a box that never closes fails and does not hang.
        for accepted in range(1000):
            with box.write() as work:
                state = work.lock_state(SLUG)
                if state is None or not state.open:
                    return accepted
                work.deposit(a_ballot(f"p{number}", accepted + 1))
                work.commit()
            some_in.release()
        raise AssertionError("the box never closed")

    def close():
        start.wait()
        for _ in range(casters):
            some_in.acquire()
        with box.write() as work:
            work.lock_to_close(SLUG)
            closed_at.append(work.stored(SLUG))
            work.close_round(SLUG)
            work.commit()

    with ThreadPoolExecutor(casters + 1) as pool:
        closing = pool.submit(close)
        accepted = sum(pool.map(cast, range(casters)))
        closing.result()
    with box.read() as work:
        assert work.stored(SLUG) == accepted == closed_at[0]
    assert accepted >= casters


@pytest.mark.postgres
def test_who_closes_waits_for_nobody_who_comes_later(postgres_urls):
    # With row locks alone, PostgreSQL lets new sharers pass the one who waits to close: under
    # load the box would never close.
    stores = open_stores(postgres_urls)
    open_box(stores.box)
    closed = []

    def close():
        with stores.box.write() as work:
            work.lock_to_close(SLUG)
            work.close_round(SLUG)
            closed.append(True)
            work.commit()

    def cast_later():
        with stores.box.write() as work:
            state = work.lock_state(SLUG)
        assert state is not None
        return closed, state.open

    with ThreadPoolExecutor(2) as pool:
        with stores.box.write() as earlier:
            earlier.lock_state(SLUG)
            closing = pool.submit(close)
            until_waiting(stores.box, 1)
            later = pool.submit(cast_later)
            until_waiting(stores.box, 2)
            earlier.deposit(a_ballot())
            earlier.commit()
        closing.result()
        assert later.result() == ([True], False)
    with stores.box.read() as work:
        assert work.stored(SLUG) == 1
    close_stores(stores)


def until_waiting(store, number):
    query = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    for _ in range(2000):
        if raw_sql(store, query) == [(number,)]:
            return
    raise AssertionError(f"{number} units never waited at the same time")
