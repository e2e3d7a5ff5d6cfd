"""What somebody with a database console can do, past all our own code."""

from __future__ import annotations

EVERY_BALLOT = "(SELECT * FROM inbox UNION ALL SELECT * FROM ballots) AS either"
"""What stands after FROM to see all ballots, those that wait included."""


def raw_sql(store, *statements):
    """Do statements in one transaction and return the rows of the last one, if it has any."""
    with store._database._engine.begin() as connection:
        for statement in statements:
            result = connection.exec_driver_sql(statement)
        return result.all() if result.returns_rows else []
