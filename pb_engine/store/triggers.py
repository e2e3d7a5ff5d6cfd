"""Rules that hold for everybody, also for somebody with a database console.

Called by migrations; a rule that changes gets a new function here, so that old migrations keep
doing what they did.
"""

from __future__ import annotations

from alembic import op

from pb_engine.store.complaints import OURS

_RULES = ("frozen", "stays", "one_way", "admission", "keys", "moved", "leaves")


def only_grows(table: str, keys: tuple[str, ...], sentence: str) -> None:
    """Refuse every UPDATE and DELETE on a table with ``sentence``.

    :param keys: the primary key.  SQLite's REPLACE deletes without asking a DELETE trigger, so
        there a row whose key exists is skipped before it comes to that.
    """
    no_delete(table, sentence)
    no_update(table, keys, sentence)


def no_update(table: str, keys: tuple[str, ...], sentence: str) -> None:
    """Refuse every UPDATE on a table with ``sentence``, and on SQLite what replaces rows.

    :param keys: the primary key, as for ``only_grows``.
    """
    if _on_postgresql():
        _refusal(f"{table}_frozen", sentence)
        op.execute(
            f"CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_frozen()"
        )
        return
    op.execute(
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    )
    _skip_existing(table, keys)


def no_delete(table: str, sentence: str) -> None:
    """Refuse every DELETE on a table with ``sentence``, and on PostgreSQL every TRUNCATE."""
    if _on_postgresql():
        _refusal(f"{table}_stays", sentence)
        op.execute(
            f"CREATE TRIGGER {table}_stays BEFORE DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_stays()"
        )
        return
    op.execute(
        f"CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    )


def one_way(table: str, keys: tuple[str, ...], allowed: str, sentence: str) -> None:
    """Refuse every UPDATE unless ``allowed``, a condition on OLD and NEW, holds."""
    no_delete(table, sentence)
    if _on_postgresql():
        _refusal(f"{table}_one_way", sentence)
        op.execute(
            f"CREATE TRIGGER {table}_one_way BEFORE UPDATE ON {table} "
            f"FOR EACH ROW WHEN (NOT ({allowed})) EXECUTE FUNCTION {table}_one_way()"
        )
        return
    op.execute(
        f"CREATE TRIGGER {table}_one_way BEFORE UPDATE ON {table} "
        f"WHEN NOT ({allowed}) BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    )
    _skip_existing(table, keys)


def insert_needs(table: str, row: str, sentence: str) -> None:
    """Refuse every INSERT unless the query ``row`` (on NEW) finds a row.

    On PostgreSQL that row is locked, so it stays true until the INSERT is committed.
    """
    if _on_postgresql():
        op.execute(
            f"CREATE FUNCTION {table}_admission() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"PERFORM {row} FOR SHARE; IF NOT FOUND THEN "
            f"RAISE EXCEPTION '{sentence}' USING ERRCODE = '{OURS}'; END IF; "
            "RETURN NEW; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_admission BEFORE INSERT ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_admission()"
        )
        return
    op.execute(
        f"CREATE TRIGGER {table}_admission BEFORE INSERT ON {table} "
        f"WHEN NOT EXISTS (SELECT {row}) BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    )


def skip_those_in(home: str, table: str, keys: tuple[str, ...]) -> None:
    """Skip every INSERT of a row that ``home`` has already, as a conflict would."""
    there = _row_in(home, keys, "NEW")
    if _on_postgresql():
        op.execute(
            f"CREATE FUNCTION {table}_moved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF EXISTS ({there}) THEN RETURN NULL; END IF; RETURN NEW; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_moved BEFORE INSERT ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_moved()"
        )
        return
    op.execute(
        f"CREATE TRIGGER {table}_moved BEFORE INSERT ON {table} "
        f"WHEN EXISTS ({there}) BEGIN SELECT RAISE(IGNORE); END"
    )


def leaves_only_for(home: str, table: str, keys: tuple[str, ...], sentence: str) -> None:
    """Refuse every DELETE of a row that ``home`` has not, and on PostgreSQL such a TRUNCATE."""
    there = _row_in(home, keys, "OLD")
    if _on_postgresql():
        refused = f"RAISE EXCEPTION '{sentence}' USING ERRCODE = '{OURS}'"
        left = f"SELECT 1 FROM {table}"  # noqa: S608 - a name of our own schema
        op.execute(
            f"CREATE FUNCTION {table}_leaves() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF NOT EXISTS ({there}) THEN {refused}; END IF; RETURN OLD; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_leaves BEFORE DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_leaves()"
        )
        op.execute(
            f"CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF EXISTS ({left}) THEN {refused}; END IF; RETURN NULL; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_stays BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_stays()"
        )
        return
    op.execute(
        f"CREATE TRIGGER {table}_leaves BEFORE DELETE ON {table} "
        f"WHEN NOT EXISTS ({there}) BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    )


def drop_rules(table: str) -> None:
    """Drop the triggers of a table, and the functions behind them; the table stays."""
    for rule in _RULES:
        if _on_postgresql():
            op.execute(f"DROP FUNCTION IF EXISTS {table}_{rule}() CASCADE")
        else:
            op.execute(f"DROP TRIGGER IF EXISTS {table}_{rule}")


def drop_with_rules(*tables: str) -> None:
    """Drop tables, in this order, with their triggers and the functions behind those."""
    for table in tables:
        op.drop_table(table)
        if _on_postgresql():
            for rule in _RULES:
                op.execute(f"DROP FUNCTION IF EXISTS {table}_{rule}()")


def _on_postgresql() -> bool:
    return bool(op.get_bind().dialect.name == "postgresql")


def _refusal(name: str, sentence: str) -> None:
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{sentence}' USING ERRCODE = '{OURS}'; END $$"
    )


def _row_in(table: str, keys: tuple[str, ...], row: str) -> str:
    same = " AND ".join(f"{table}.{key} = {row}.{key}" for key in keys)
    return f"SELECT 1 FROM {table} WHERE {same}"  # noqa: S608 - names of our own schema


def _skip_existing(table: str, keys: tuple[str, ...]) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_keys BEFORE INSERT ON {table} "
        f"WHEN EXISTS ({_row_in(table, keys, 'NEW')}) BEGIN SELECT RAISE(IGNORE); END"
    )
