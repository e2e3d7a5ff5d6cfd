"""Numbers about an outcome that belong to no rule."""

from __future__ import annotations

import numpy as np

from pb_engine.tallying.election import Election
from pb_engine.tallying.outcome import Outcome


def voters_served(election: Election, outcome: Outcome) -> int:
    """Return how many ballots mark at least one funded project."""
    support = election.support
    funded = frozenset(outcome.selected)
    served = np.zeros(len(support.times), dtype=bool)
    for project, rows in zip(election.projects, support.rows, strict=True):
        if project.id in funded:
            served[rows] = True
    return int(support.times[served].sum())
