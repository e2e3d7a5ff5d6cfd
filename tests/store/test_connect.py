import stat
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from pb_engine.domain.events import Event
from pb_engine.errors import StoreProblem
from pb_engine.store import StoreUrls, close_stores, open_stores
from pb_engine.store import connect as connecting
from pb_engine.store.connect import open_database
from tests.store.examples import NOW, SLUG, a_ballot, a_box
from tests.store.raw import raw_sql


def an_event():
    return Event("review_started", SLUG, "clock", {"ideas": 1})


def test_leaving_without_a_commit_keeps_nothing(site):
    with site.write() as work:
        work.log.append(an_event(), NOW)
    with site.read() as work:
        assert work.log.last() is None


def test_an_exception_undoes_everything_and_passes_through(site):
    def stumble():
        with site.write() as work:
            work.log.append(an_event(), NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stumble()
    with site.read() as work:
        assert work.log.last() is None


def test_work_after_the_commit_is_refused(site):
    with site.write() as work:
        work.log.append(an_event(), NOW)
        work.commit()
        for more in (work.commit, work.log.last, lambda: work.log.append(an_event(), NOW)):
            with pytest.raises(StoreProblem, match="is over"):
                more()
    with site.read() as reading:
        assert len(reading.log.entries()) == 1


def test_work_outside_its_block_is_refused(site):
    with site.read() as work:
        pass
    with pytest.raises(StoreProblem, match="is over"):
        work.log.last()


def test_an_iterator_ends_with_its_unit_of_work(box):
    with box.write() as work:
        work.open_round(a_box(), {})
        for number in range(1, 4):
            work.deposit(a_ballot("p", number))
        work.close_round(SLUG)
        work.commit()
    with box.read() as reading:
        ballots = reading.every(SLUG)
        next(ballots)
    with pytest.raises(StoreProblem, match="is over"):
        list(ballots)


def test_a_reader_changes_and_locks_nothing(site):
    with site.read() as work:
        for change in (
            work.commit,
            lambda: work.log.append(an_event(), NOW),
            lambda: work.cursors.set("mail", 1),
            lambda: work.rounds.lock(SLUG),
        ):
            with pytest.raises(StoreProblem, match="only reads"):
                change()


def test_a_reader_sees_one_moment_while_others_write(site):
    with site.read() as reading:
        assert reading.log.last() is None
        with site.write() as work:
            work.log.append(an_event(), NOW)
            work.commit()
        assert reading.log.last() is None
    with site.read() as reading:
        assert reading.log.last() is not None


def test_a_second_writer_waits_for_the_first(site):
    first_in, order = threading.Event(), []

    def second():
        first_in.wait()
        with site.write() as work:
            work.log.append(an_event(), NOW)
            order.append("second")
            work.commit()

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(second)
        with site.write() as work:
            work.log.append(an_event(), NOW)
            first_in.set()
            order.append("first")
            work.commit()
        waiting.result()
    assert order == ["first", "second"]


def test_a_writer_that_would_wait_for_itself_is_told_so(stores, monkeypatch):
    monkeypatch.setattr(connecting, "PATIENCE", 0.05)
    with (
        stores.site.write(),
        pytest.raises(StoreProblem, match="site store is busy") as refused,
        stores.site.write(),
    ):
        pass
    assert refused.value.details["problem"] == "busy"


def test_a_file_locked_by_another_program_is_busy_and_not_an_accident(stores, tmp_path):
    other = open_database(f"sqlite:///{tmp_path / 'stores' / 'site.sqlite3'}")
    with other.connection("site", writes=True) as connection:
        connection.begin()
        with stores.site._database._engine.connect() as mine:
            mine.exec_driver_sql("PRAGMA busy_timeout = 20")
        with pytest.raises(StoreProblem, match="busy"), stores.site.write():
            pass
    other.close()


def test_sqlite_is_set_up_to_lose_nothing_and_to_leave_no_trace(stores):
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "busy_timeout": 15_000,
    }
    for store in (stores.site, stores.register, stores.box, stores.study):
        for pragma, value in wanted.items():
            assert raw_sql(store, f"PRAGMA {pragma}")[0][0] == value


@pytest.mark.postgres
def test_postgresql_waits_for_the_disk_and_not_for_ever(postgres_urls):
    stores = open_stores(postgres_urls)
    for setting, value in {
        "synchronous_commit": "on",
        "lock_timeout": "15s",
        "timezone": "UTC",
        "transaction_isolation": "read committed",
    }.items():
        assert raw_sql(stores.box, f"SHOW {setting}")[0][0] == value
    close_stores(stores)


@pytest.mark.postgres
def test_after_a_lost_connection_the_next_work_succeeds(postgres_urls, postgres_server):
    stores = open_stores(postgres_urls)
    with stores.site.write() as work:
        work.log.append(an_event(), NOW)
        postgres_server.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        )
        with pytest.raises(StoreProblem, match="cannot be reached"):
            work.commit()
    with stores.site.read() as work:
        assert work.log.last() is None
    close_stores(stores)


def test_a_new_file_is_for_its_owner_only(tmp_path):
    file = tmp_path / "new.sqlite3"
    open_database(f"sqlite:///{file}").close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_wal_beside_a_file_is_for_its_owner_only_too(stores, tmp_path):
    with stores.site.write() as work:
        work.log.append(an_event(), NOW)
        work.commit()
    for name in ("site.sqlite3-wal", "site.sqlite3-shm"):
        assert stat.S_IMODE((tmp_path / "stores" / name).stat().st_mode) == 0o600


def test_a_store_in_memory_serves_all_threads():
    stores = open_stores(StoreUrls("sqlite://", "sqlite://", "sqlite://", "sqlite://"))

    def write(_):
        with stores.site.write() as work:
            work.log.append(an_event(), NOW)
            work.commit()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(write, range(30)))
    with stores.site.read() as work:
        assert len(work.log.entries()) == 30
    with stores.box.read() as work:
        assert work.state(SLUG) is None
    close_stores(stores)


def test_a_store_tells_its_kind_and_its_address_without_the_password():
    database = open_database("postgresql://anna:geheim@db.example.org/site")
    store = connecting.Store("site", database, lambda unit: unit)
    assert store.database_kind == "postgresql"
    assert "geheim" not in store.url
    assert "db.example.org" in store.url
    store.close()


@pytest.mark.parametrize(
    "url",
    [
        "mysql://root:geheim@x/y",
        "geheim",
        "",
        "postgresql",
        "sqlite+x:///x",
        "postgresql+psycopg2://x/y",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_repeating_it(url):
    with pytest.raises(StoreProblem) as refused:
        open_database(url)
    assert "geheim" not in str(refused.value)


def test_a_folder_that_is_not_there_is_told(tmp_path):
    urls = StoreUrls.in_folder(tmp_path / "nergens")
    stores = open_stores(urls)
    with pytest.raises(StoreProblem, match="cannot be reached"), stores.site.read():
        pass
    close_stores(stores)


@pytest.mark.postgres
def test_a_server_that_is_not_there_is_told(tmp_path):
    database = open_database(f"postgresql://anna:geheim@/site?host={tmp_path}")
    store = connecting.Store("site", database, lambda unit: unit)
    with pytest.raises(StoreProblem, match="cannot be reached") as refused, store.read():
        pass
    assert "geheim" not in str(refused.value)
    store.close()
