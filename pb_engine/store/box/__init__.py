"""The ballot box: sealed ballots, ballot papers, close marks, and what came out at the count.

It never holds a person, a session, a machine's address, a time, or an order of arrival.
"""

from __future__ import annotations

from pb_engine.store.box.journal import Batch, Journal, Told
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
    "Cosignature",
    "Journal",
    "LoggedBallot",
    "Opening",
    "SignedHead",
    "StoredBallot",
    "Told",
    "sweep",
]
