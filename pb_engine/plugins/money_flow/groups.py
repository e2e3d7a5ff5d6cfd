"""Voters in groups: every ballot stands with the most popular project that it marks."""

from __future__ import annotations

import numpy as np

from pb_engine.api import Election
from pb_engine.api.counting import Whole

NO_GROUP = -1
"""The group of a ballot that marks nothing."""


def groups_of(election: Election) -> Whole:
    """Return, for each distinct ballot, the place of its most popular project, or ``NO_GROUP``.

    Of equally popular projects the one that stands earlier in the lot counts.
    """
    support, lot = election.support, election.lot_places()
    places = range(len(election.projects))
    groups = np.full(len(support.times), NO_GROUP, dtype=np.int64)
    for at in sorted(places, key=lambda place: (support.voters[place], -lot[place])):
        groups[support.rows[at]] = at
    return groups
