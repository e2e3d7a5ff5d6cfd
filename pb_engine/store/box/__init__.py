"""The ballot box: sealed ballots, ballot papers, close marks, and what came out at the count.

It never holds a person, a session, a machine's address, a time, or an order of arrival.
"""

from __future__ import annotations

from pb_engine.store.box.journal import Batch, Journal, Told
from pb_engine.store.box.paper_values import Checked, Hand, Sheet, Stack, Stage
from pb_engine.store.box.sweeping import sweep
from pb_engine.store.box.values import (
    BoxState,
    Cosignature,
    LoggedBallot,
    Opening,
    SignedHead,
    StoredBallot,
)
from pb_engine.store.box.work import BoxWork

__all__ = [
    "Batch",
    "BoxState",
    "BoxWork",
    "Checked",
    "Cosignature",
    "Hand",
    "Journal",
    "LoggedBallot",
    "Opening",
    "Sheet",
    "SignedHead",
    "Stack",
    "Stage",
    "StoredBallot",
    "Told",
    "sweep",
]
