import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, create_engine, inspect

from pb_engine.errors import StoreProblem
from pb_engine.store import Migration, StoreUrls, behind, migrate, migrating, open_stores, triggers
from pb_engine.store.box.tables import METADATA as BOX
from pb_engine.store.connect import open_database
from pb_engine.store.register.tables import METADATA as REGISTER
from pb_engine.store.site.delivery_tables import METADATA as SITE
from pb_engine.store.site.idea_search import INDEX as IDEA_WORDS_INDEX
from pb_engine.store.study.tables import METADATA as STUDY

SCHEMAS = {"site": SITE, "register": REGISTER, "box": BOX, "study": STUDY}
each_store = pytest.mark.parametrize("name", SCHEMAS)


@pytest.fixture
def database(empty_url):
    opened = open_database(empty_url)
    yield opened
    opened.close()


def tables(database):
    return set(inspect(database._engine).get_table_names())


@each_store
def test_a_tree_has_one_head_and_its_own_revisions(name):
    script = ScriptDirectory.from_config(migrating._config(name))
    assert len(script.get_heads()) == 1
    assert all(found.revision.startswith(f"{name}_") for found in script.walk_revisions())


@each_store
def test_a_migrated_schema_equals_the_tables_in_the_code(name, database):
    migrating.upgrade(name, database)
    with database.connection(name, writes=False) as connection:
        opts = {"compare_type": True, "include_name": _declared}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, SCHEMAS[name]) == []


def _declared(name, kind, _parents):
    # What finds words is of one kind of database only: FTS5 keeps tables of its own behind it.
    return not (kind in {"table", "index"} and (name or "").startswith(IDEA_WORDS_INDEX))


@each_store
def test_a_migrated_schema_has_the_same_checks_and_keys(name, database):
    migrating.upgrade(name, database)
    found = inspect(database._engine)
    for table in SCHEMAS[name].sorted_tables:
        checks = {check["name"] for check in found.get_check_constraints(table.name)}
        wanted = {str(one.name) for one in table.constraints if isinstance(one, CheckConstraint)}
        assert checks == wanted
        key = found.get_pk_constraint(table.name)["constrained_columns"]
        assert key == [column.name for column in table.primary_key]


@each_store
def test_sqlite_gets_exactly_the_tables_in_the_code(name, sqlite_urls):
    # What no inspector compares: STRICT, WITHOUT ROWID, checks, the order of columns.
    file = getattr(sqlite_urls, name)
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%alembic%'"

    def written(engine):
        with engine.connect() as connection:
            rows = connection.exec_driver_sql(query).all()
        engine.dispose()
        return {name: _tidy(sql) for name, sql in rows if _declared(name, "table", {})}

    ours = create_engine("sqlite://")
    SCHEMAS[name].create_all(ours)
    assert written(create_engine(file)) == written(ours)


def _tidy(sql):
    # The order in which constraints and later columns are listed means nothing.
    parts = re.split(r"\n|,(?![^()]*\))", sql)
    return sorted(part.strip(" ,\t()") for part in parts if part.strip(" ,\t()"))


def test_migrating_twice_changes_nothing_the_second_time(tmp_path):
    urls = StoreUrls.in_folder(tmp_path)
    first, second = migrate(urls), migrate(urls)
    assert [one.store for one in first] == list(SCHEMAS)
    assert all(one.before is None and one.changed for one in first)
    assert second == tuple(Migration(one.store, one.after, one.after) for one in first)
    assert not any(one.changed for one in second)


def test_what_is_behind_is_told_without_making_a_file(tmp_path):
    urls = StoreUrls.in_folder(tmp_path)
    assert behind(urls) == ("site", "register", "box", "study")
    assert list(tmp_path.iterdir()) == []
    migrate(urls)
    assert behind(urls) == ()


@pytest.mark.postgres
def test_all_four_stores_migrate_on_postgresql(postgres_server):
    urls = StoreUrls(*(postgres_server.empty() for _ in SCHEMAS))
    assert behind(urls) == tuple(SCHEMAS)
    assert all(one.changed for one in migrate(urls))
    assert behind(urls) == ()


@each_store
def test_a_schema_goes_down_to_nothing_and_up_again(name, database):
    migrating.upgrade(name, database)
    there = tables(database)
    migrating.downgrade(name, database)
    assert tables(database) == {"alembic_version"}
    assert migrating.revision(name, database) is None
    assert migrating.upgrade(name, database).before is None
    assert tables(database) == there


def test_going_down_to_an_unknown_revision_is_refused(database):
    migrating.upgrade("box", database)
    with pytest.raises(StoreProblem, match="no revision"):
        migrating.downgrade("box", database, "box_9999")


def test_a_database_of_something_else_is_not_touched(database):
    with database._engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE klanten (naam TEXT)")
    for attempt in (migrating.upgrade, migrating.revision):
        with pytest.raises(StoreProblem, match="klanten"):
            attempt("site", database)
    assert tables(database) == {"klanten"}


def test_the_database_of_another_store_is_not_touched(database):
    migrating.upgrade("box", database)
    there = tables(database)
    with pytest.raises(StoreProblem, match="another store, or newer"):
        migrating.upgrade("site", database)
    assert tables(database) == there


def test_a_migration_that_fails_leaves_nothing_behind(database, monkeypatch):
    # SQLite has no transactional DDL by default in Alembic; our runner makes it so.
    def fail(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(triggers, "insert_needs", fail)
    with pytest.raises(ZeroDivisionError):
        migrating.upgrade("box", database)
    assert tables(database) == set()


def test_two_stores_never_share_a_database(tmp_path):
    urls = StoreUrls.in_folder(tmp_path)
    twice = StoreUrls(urls.site, f"sqlite:///{tmp_path}/./site.sqlite3", urls.box, urls.study)
    for attempt in (open_stores, migrate, behind):
        with pytest.raises(StoreProblem, match="site store and the register store have one"):
            attempt(twice)
    assert list(tmp_path.iterdir()) == []


def test_another_account_on_one_database_is_still_one_database(tmp_path):
    urls = StoreUrls.in_folder(tmp_path)
    twice = StoreUrls(
        urls.site,
        urls.register,
        "postgresql://anna@db.example.org/pb",
        "postgresql+psycopg://bert@db.example.org:5432/pb?connect_timeout=3",
    )
    with pytest.raises(StoreProblem, match="box store and the study store"):
        open_stores(twice)


def test_a_folder_with_odd_characters_can_be_migrated(tmp_path):
    folder = tmp_path / "100% Wijk & ë"
    folder.mkdir()
    migrate(StoreUrls.in_folder(folder))
    assert behind(StoreUrls.in_folder(folder)) == ()


def test_every_migration_travels_with_the_package():
    room = Path(migrating.__file__).parent
    assert {file.relative_to(room).parts[0] for file in room.glob("*/migrations/env.py")} == set(
        SCHEMAS
    )


def test_codes_that_were_given_out_before_there_were_batches_go_on_opening_doors(database):
    migrating.upgrade("register", database)
    migrating.downgrade("register", database, "register_0001")
    with database._engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO entitlements (round, id, style, channel) VALUES ('r', 'e', 's', 'none')"
        )
        for tag, state in (("t1", "created"), ("t2", "void")):
            connection.exec_driver_sql(
                f"INSERT INTO codes (round, tag, entitlement, batch, state) "
                f"VALUES ('r', '{tag}', 'e', 3, '{state}')"
            )
    migrating.upgrade("register", database)
    with database._engine.begin() as connection:
        codes = connection.exec_driver_sql("SELECT tag, state FROM codes ORDER BY tag").all()
        batches = connection.exec_driver_sql("SELECT batch, state, made FROM batches").all()
    assert [tuple(row) for row in codes] == [("t1", "exported"), ("t2", "void")]
    assert [tuple(row) for row in batches] == [(3, "exported", 2)]


OLD_WORK = {
    "rounds": {"slug": "r", "document": "{}", "phase": "published", "since": "2027-06-01T10:00:00"},
    "ideas": {
        **dict.fromkeys(("title", "description", "motivation", "place", "theme", "own_effort"), ""),
        "id": "i",
        "round": "r",
        "number": 1,
        "cost_cents": 1,
        "recurrence": "once",
        "state": "on_ballot",
        "submitted_on": "2027-01-01",
        "version": 1,
        "manage_tag": "t",
    },
    "works": {
        "round": "r",
        "idea": "i",
        "state": "ready",
        "owner": "",
        "version": 1,
        "spent_cents": 2_950_50,
    },
}


def test_the_amount_that_was_spent_before_there_were_payments_stays_to_the_cent(database):
    migrating.upgrade("site", database)
    migrating.downgrade("site", database, "site_0012")
    with database._engine.begin() as connection:
        for table, row in OLD_WORK.items():
            written = tuple(row.values())
            connection.exec_driver_sql(f"INSERT INTO {table} ({', '.join(row)}) VALUES {written}")
    migrating.upgrade("site", database)
    with database._engine.begin() as connection:
        paid = connection.exec_driver_sql("SELECT idea, paid_on, cents FROM payments").all()
    assert [tuple(row) for row in paid] == [("i", "2027-06-01", 295050)]
    migrating.downgrade("site", database, "site_0012")
    with database._engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT spent_cents FROM works").scalar() == 295050
