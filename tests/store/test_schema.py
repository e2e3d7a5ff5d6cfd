"""What the box, the study and the register may not be able to hold, whatever the code does."""

import re

import pytest
from sqlalchemy import create_engine, inspect

from tests.store.test_migrations import SCHEMAS

FORBIDDEN = {
    *("time", "at", "since", "stamp", "timestamp", "created", "updated", "date", "hour"),
    *("ip", "address", "host", "agent", "session", "cookie", "login", "language", "locale"),
    *("person", "voter", "resident", "official", "name", "email", "phone", "birth", "bsn"),
    *("code", "tag", "entitlement", "uuid", "serial", "sequence", "rowid", "order"),
}
ALLOWED = {
    "box": {
        "boxes": {
            *("round", "open", "suite", "public_key", "manifest", "may_change"),
            *("receipt_key", "ticket_key"),
        },
        "papers": {"round", "style", "paper"},
        "placards": {"round", "document"},
        "inbox": {"round", "pseudonym", "number", "style", "attempt", "sealed"},
        "ballots": {"round", "pseudonym", "number", "style", "attempt", "sealed"},
        "openings": {"round", "document"},
        "log_keys": {"round", "public_key"},
        "log_entries": {"round", "position", "entry", "receipt", "pseudonym", "number"},
        "tree_heads": {"round", "size", "root", "signature"},
        "cosignatures": {"round", "size", "witness", "signature"},
        "paper_stacks": {"round", "stack", "stated", "stage", "leaver", "totals"},
        "paper_hands": {"round", "stack", "hand", "clerk", "finished"},
        "paper_sheets": {
            *("round", "stack", "hand", "sheet", "mark", "defect", "remark", "sealed"),
        },
        "paper_marks": {"round", "stack", "sheet", "mark"},
        "paper_checks": {"round", "stack", "sheet", "hand", "clerk", "mark"},
        "paper_ballots": {"round", "pseudonym"},
    },
    "study": {
        "answers": {"id", "round", "survey", "version", "moment", "day", "given", "sid"},
        "waiting_answers": {"id", "round", "survey", "version", "moment", "given", "sid"},
    },
    "register": {
        "entitlements": {"round", "id", "style", "area", "channel", "second", "seal"},
        "codes": {"round", "tag", "entitlement", "batch", "state", "seal"},
        "batches": {"round", "batch", "kind", "state", "area", "made", "by"},
        "rolls": {"round", "source", "residents", "digest", "counts"},
        "residents": {
            *("round", "id", "entitlement", "person", "name", "sought", "postcode", "house"),
            *("addition", "birth_year", "age_band", "email", "area", "secret", "state"),
        },
        "amendments": {
            *("round", "amendment", "kind", "change", "reason", "proposed_by", "decided_by"),
            *("state", "signed"),
        },
        "spent": {"round", "tag"},
        "proxies": {"round", "giver", "holder"},
    },
}
secret_stores = pytest.mark.parametrize("name", ALLOWED)


def words(column):
    return set(re.split(r"[_\W]+", column.lower()))


@pytest.fixture
def live(kind, migrated_url, name):
    url = migrated_url(name)
    engine = create_engine(url)
    yield inspect(engine)
    engine.dispose()


@secret_stores
def test_a_live_database_has_exactly_the_columns_that_are_allowed(live, name):
    found = {
        table: {column["name"] for column in live.get_columns(table)}
        for table in live.get_table_names()
        if table != "alembic_version"
    }
    assert found == ALLOWED[name]


@pytest.mark.parametrize("name", ["box", "study"])
def test_no_column_of_box_or_study_is_about_a_person_or_a_time(live, name):
    for table in live.get_table_names():
        for column in live.get_columns(table):
            assert not words(column["name"]) & FORBIDDEN - {"day"}, column["name"]


@secret_stores
def test_no_column_has_a_type_that_counts_or_tells_the_time(live, name):
    for table in live.get_table_names():
        for column in live.get_columns(table):
            kind = str(column["type"]).upper()
            assert kind in {"TEXT", "INTEGER", "BIGINT", "BLOB", "BYTEA", "VARCHAR(32)"}, column
            assert not column.get("identity"), column
            assert column["default"] is None, column


@secret_stores
def test_foreign_keys_stay_within_the_store(live, name):
    own = set(SCHEMAS[name].tables)
    for table in live.get_table_names():
        assert {key["referred_table"] for key in live.get_foreign_keys(table)} <= own


@secret_stores
def test_sqlite_keeps_no_order_of_arrival(name, sqlite_urls):
    engine = create_engine(getattr(sqlite_urls, name))
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("PRAGMA table_list").all()
    engine.dispose()
    listed = {row.name: (row.wr, row.strict) for row in rows if row.name in ALLOWED[name]}
    assert listed == dict.fromkeys(ALLOWED[name], (1, 1))


def test_a_column_about_time_would_be_noticed():
    assert words("created_at") & FORBIDDEN
    assert words("client_ip") & FORBIDDEN
    assert not words("receipt_key") & FORBIDDEN


def test_two_secret_stores_share_no_column_that_could_join_them():
    joining = {
        name: {column for columns in tables.values() for column in columns}
        for name, tables in ALLOWED.items()
    }
    harmless = {"round", "style"}
    assert joining["box"] & joining["register"] == harmless
    assert joining["box"] & joining["study"] == {"round"}
    assert joining["register"] & joining["study"] == {"round", "id"}
