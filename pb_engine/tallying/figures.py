"""Numbers about an outcome that belong to no rule."""

from __future__ import annotations

from pb_engine.tallying.election import Election
from pb_engine.tallying.fairness.gains import gains_of
from pb_engine.tallying.outcome import Outcome


def voters_served(election: Election, outcome: Outcome) -> int:
    """Return how many ballots support at least one funded project."""
    gains = gains_of(election, frozenset(outcome.selected))
    return int(gains.times[gains.number > 0].sum())
