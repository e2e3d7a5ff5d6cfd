"""Taking away what a database keeps besides its rows, and what would tell who came when."""

from __future__ import annotations

from pb_engine.store.box.work import BoxWork
from pb_engine.store.connect import Store


def sweep(store: Store[BoxWork]) -> bool:
    """Empty what is left of ballots that moved out of the inbox; tell whether all of it is gone.

    SQLite's write-ahead log holds pages in the order in which they were written.  PostgreSQL keeps
    rows that were deleted, with the transactions that brought them, until their space is given
    free; an empty inbox gets a new file.  Never waits long: the next sweep does what this one
    could not.

    :raises StoreProblem: the store is busy or cannot be reached.
    """
    if store.database_kind == "sqlite":
        return store.empty_write_ahead_log()
    store.outside_transactions("VACUUM inbox")
    with store.write() as work:
        gone = work.renew_inbox()
        work.commit()
    return gone
