"""No error and no log may carry what somebody typed, chose or is called."""

import logging
import traceback

import pytest

from pb_engine.errors import StoreProblem
from pb_engine.store import StoreUrls, close_stores, open_stores
from pb_engine.store.connect import Store, open_database
from pb_engine.store.register import Channel, Code, CodeState, Entitlement
from pb_engine.store.site import SiteWork
from tests.store.examples import SLUG, add_round, an_idea
from tests.store.raw import raw_sql

SECRET = "geheim-4711"


def everything_told(problem):
    """All that a log could get hold of: the chain of causes, whatever is suppressed."""
    told, seen = [], problem
    while seen is not None:
        told.append(f"{seen!r} {seen} {getattr(seen, 'details', '')}")
        seen = seen.__cause__ or seen.__context__
    return " ".join(told) + "".join(traceback.format_exception(problem))


def refuse_a_duplicate(register):
    right = Entitlement(SECRET, SLUG, "all", None, Channel.NONE)
    code = Code(SLUG, SECRET, SECRET, 1, CodeState.CREATED)
    with register.write() as work:
        work.entitlements.add_many([right])
        work.codes.add_many([code])
        with pytest.raises(StoreProblem) as refused:
            work.codes.add_many([code])
    return refused.value


def test_a_refused_row_names_the_rule_and_no_value(register):
    problem = refuse_a_duplicate(register)
    assert "the register store refused a row that breaks a rule" in str(problem)
    assert "codes" in str(problem)
    assert problem.details == {"store": "register", "problem": "rule"}
    assert SECRET not in everything_told(problem)
    assert "INSERT" not in everything_told(problem)


def test_nothing_is_logged_that_somebody_typed(register, caplog):
    caplog.set_level(logging.DEBUG)
    refuse_a_duplicate(register)
    assert SECRET not in caplog.text
    assert "INSERT" not in caplog.text


@pytest.mark.parametrize(
    "changes", [{"title": f"{SECRET}\ud800"}, {"cost_cents": 2**70}, {"number": SECRET}]
)
def test_a_value_that_does_not_fit_is_refused_and_not_repeated(site, changes):
    with site.write() as work:
        add_round(work)
        with pytest.raises(StoreProblem) as refused:
            work.ideas.add(an_idea(**changes), "tag")
    assert SECRET not in everything_told(refused.value)


def test_a_store_without_tables_says_to_migrate(empty_url):
    store = Store("site", open_database(empty_url), SiteWork)
    with store.read() as work, pytest.raises(StoreProblem, match="run pb-engine migrate"):
        work.rounds.all()
    store.close()


def test_a_file_that_is_no_database_is_told(tmp_path):
    file = tmp_path / "site.sqlite3"
    file.write_bytes(b"dit is geen database" * 400)
    stores = open_stores(StoreUrls.in_folder(tmp_path))
    with pytest.raises(StoreProblem, match="damaged or is no database"), stores.site.read():
        pass
    close_stores(stores)


def test_a_full_disk_is_told_and_nothing_is_half_done(stores):
    with stores.site.write() as work:
        add_round(work)
        work.commit()
    with stores.site._database._engine.connect() as mine:
        pages = mine.exec_driver_sql("PRAGMA page_count").scalar()
        mine.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    def fill(work):
        for number in range(1, 500):
            work.ideas.add(an_idea(number, description="x" * 2000), "tag")

    with stores.site.write() as work, pytest.raises(StoreProblem, match="no room left"):
        fill(work)
    assert raw_sql(stores.site, "SELECT count(*) FROM ideas") == [(0,)]
