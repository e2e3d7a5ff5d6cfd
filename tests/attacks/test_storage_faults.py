"""T04, T05: the disk is full, the file is locked away, the line breaks: a sentence, and no half."""

import dataclasses
import sqlite3
import tempfile
from contextlib import contextmanager
from pathlib import Path
from random import Random  # noqa: TID251 - the choices of a campaign are drawn from a seed

import pytest
from sqlalchemy import event

from pb_engine.errors import StoreProblem
from pb_engine.services.voting import cast_ballot, new_attempt
from pb_engine.store import StoreUrls, close_stores, migrate
from tests.attacks.campaign import Campaign, kill, nursery, prepared, until
from tests.attacks.crash import judged
from tests.attacks.cutting import wire
from tests.attacks.staging import a_casting_engine, a_ticket, name_in, name_of, staged_on
from tests.store.raw import EVERY_BALLOT, raw_sql

LITTLE = 40_000


@pytest.fixture
def staged(tmp_path):
    urls = StoreUrls.in_folder(tmp_path)
    migrate(urls)
    with staged_on(urls, tmp_path) as staged:
        yield staged


def stored(store):
    return raw_sql(store, f"SELECT count(*) FROM {EVERY_BALLOT}")[0][0]


def cast(engine, staged, voter, attempt):
    ticket = a_ticket(staged.engine, staged.slug, voter)
    return cast_ballot(engine, staged.slug, ticket, [staged.ideas["AED"]], attempt)


def cast_many(staged):
    for number in range(200):
        cast(staged.engine, staged, f"voter {number}", new_attempt())


def test_a_disk_that_fills_up_refuses_in_a_sentence_and_goes_on_when_there_is_room(
    staged, tmp_path
):
    (caster,) = prepared(staged, StoreUrls.in_folder(tmp_path), tmp_path, 1, Random(1))
    full = max(path.stat().st_size for path in tmp_path.glob("box.sqlite3*")) + LITTLE
    caster.order = dataclasses.replace(caster.order, file_limit=full)
    with nursery() as mother:
        caster.live(mother)
        until(lambda: caster.refusals() or caster.broken(), "the disk never fills up")
        kill(caster.pid)
        before = caster.receipts()
        assert caster.refusals()[0].startswith("the box store ")
        assert stored(staged.engine.stores.box) == len(before)
        caster.order = dataclasses.replace(caster.order, file_limit=0)
        Path(caster.order.stop).touch()
        caster.pid = mother.start(caster.order)
        until(lambda: len(caster.receipts()) == len(caster.attempts()), "it does not go on")
    figures = judged(staged, Campaign([caster]))
    assert figures.acknowledged == figures.found > len(before)
    assert figures.clean, figures


@contextmanager
def every_connection(store, pragma):
    """Say this on every new connection; there are only new ones, here and afterwards."""

    def say(connection, _record):
        connection.execute(pragma).close()

    engine = store._database._engine
    engine.dispose()
    event.listen(engine, "connect", say)
    yield
    event.remove(engine, "connect", say)
    engine.dispose()


def test_a_database_without_room_refuses_in_a_sentence_and_keeps_what_it_had(staged):
    attempt, box = new_attempt(), staged.engine.stores.box
    first = cast(staged.engine, staged, "first", attempt)
    pages = raw_sql(box, "PRAGMA page_count")[0][0]
    with every_connection(box, f"PRAGMA max_page_count = {pages}"):
        with pytest.raises(StoreProblem, match="no room left; nothing was stored"):
            cast_many(staged)
        before = stored(box)
        assert cast(staged.engine, staged, "first", attempt) == first
    cast(staged.engine, staged, "another", new_attempt())
    assert stored(box) == before + 1


def test_a_box_that_may_not_be_written_refuses_in_a_sentence_and_still_gives_old_receipts(
    staged, tmp_path
):
    attempt, later = new_attempt(), new_attempt()
    first = cast(staged.engine, staged, "first", attempt)
    file = tmp_path / "box.sqlite3"
    urls = dataclasses.replace(
        StoreUrls.in_folder(tmp_path), box=f"sqlite:///file:{file}?mode=ro&uri=true"
    )
    engine = a_casting_engine(urls, tmp_path)
    with pytest.raises(StoreProblem, match="may not be written to; check the rights on its file"):
        cast(engine, staged, "second", later)
    close_stores(engine.stores)
    assert stored(staged.engine.stores.box) == 1
    assert cast(staged.engine, staged, "first", attempt) == first
    cast(staged.engine, staged, "second", later)
    assert stored(staged.engine.stores.box) == 2


@pytest.fixture
def line(postgres_urls, tmp_path):
    """Two ways to one round on PostgreSQL: straight, and over a wire that can be cut."""
    server = Path(postgres_urls.box.partition("host=")[2])
    with (
        tempfile.TemporaryDirectory(prefix="pbwire", dir="/tmp") as name,
        staged_on(postgres_urls, tmp_path) as staged,
        wire(Path(name), server) as laid,
    ):
        box = postgres_urls.box.replace(str(server), name)
        engine = a_casting_engine(dataclasses.replace(postgres_urls, box=box), tmp_path)
        yield staged, engine, laid
        close_stores(engine.stores)


@pytest.mark.postgres
@pytest.mark.parametrize(("moment", "kept"), [("before", 0), ("after", 1)])
def test_a_line_that_breaks_at_the_commit_leaves_all_or_nothing_and_a_retry_gets_the_receipt(
    line, moment, kept
):
    staged, engine, laid = line
    attempt, ticket = new_attempt(), a_ticket(staged.engine, staged.slug, "a voter")

    def send():
        return cast_ballot(engine, staged.slug, ticket, [staged.ideas["AED"]], attempt)

    laid.cut = moment
    with pytest.raises(StoreProblem, match="cannot be reached"):
        send()
    assert laid.cuts == 1
    assert stored(staged.engine.stores.box) == kept
    receipt = send()
    assert not receipt.replaced
    assert send() == receipt
    assert stored(staged.engine.stores.box) == 1


@pytest.mark.postgres
def test_backends_that_are_ended_after_the_commit_cost_the_retry_nothing(postgres_urls, tmp_path):
    with staged_on(postgres_urls, tmp_path) as staged:
        engine, attempt = a_casting_engine(postgres_urls, tmp_path), new_attempt()
        receipt = cast(engine, staged, "a voter", attempt)
        others = "pid <> pg_backend_pid() AND datname = current_database()"
        raw_sql(
            staged.engine.stores.box,
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}",
        )
        assert cast(engine, staged, "a voter", attempt) == receipt
        assert stored(staged.engine.stores.box) == 1
        close_stores(engine.stores)


def test_a_torn_write_ahead_log_loses_no_ballot_that_was_on_the_disk(staged, tmp_path):
    # T06: what the power cut leaves is some beginning of the last transaction.
    box, names = staged.engine.stores.box, []
    for voter in ("one", "two"):
        attempt, ticket = new_attempt(), a_ticket(staged.engine, staged.slug, voter)
        cast(staged.engine, staged, voter, attempt)
        choices = [staged.ideas["AED"]]
        names.append(name_of(staged.engine, staged.slug, ticket, choices, attempt))
    kept = [(tmp_path / f"box.sqlite3{end}").read_bytes() for end in ("", "-wal")]
    cast(staged.engine, staged, "three", new_attempt())
    after = [(tmp_path / f"box.sqlite3{end}").read_bytes() for end in ("", "-wal")]
    assert after[0] == kept[0]
    assert after[1].startswith(kept[1])
    assert stored(box) == 3
    step = max((len(after[1]) - len(kept[1])) // 40, 1)
    for length in range(len(kept[1]), len(after[1]), step):
        found = reopened(tmp_path / "torn", after[0], after[1][:length])
        assert found == sorted(names)
    assert len(reopened(tmp_path / "torn", *after)) == 3


def reopened(folder, main, log):
    """The attempts that lie in a box with these bytes on its disk."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    (folder / "box.sqlite3").write_bytes(main)
    (folder / "box.sqlite3-wal").write_bytes(log)
    raw = sqlite3.connect(folder / "box.sqlite3")
    try:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return sorted(
            name_in(kept) for (kept,) in raw.execute(f"SELECT attempt FROM {EVERY_BALLOT}")
        )
    finally:
        raw.close()
