"""What a scoring ballot says of projects that it does not list."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pb_engine.tallying.columns import Columns
from pb_engine.tallying.gathering import joined
from pb_engine.tallying.pabulib.lines import refuse
from pb_engine.tallying.pabulib.sections import Meta

MOST_GRADES = 50_000_000
KEY = "default_score"


def with_default_score(columns: Columns, meta: Meta) -> Columns:
    """Return ballots on which unlisted projects bear the grade that META names, unless it is 0.

    :raises InvalidElectionFile: that would be more grades than fit into memory.
    """
    grade = meta.whole(KEY) or 0
    shape = (len(columns.times), len(columns.projects))
    if not grade or columns.format is None:
        return columns
    if shape[0] * shape[1] > MOST_GRADES:
        raise refuse(meta.lines[KEY], KEY, f"more than {MOST_GRADES} grades would follow from this")
    grades = np.full(shape, grade, dtype=np.int64)
    listed = 1 if columns.weights is None else columns.weights
    grades[np.repeat(np.arange(shape[0]), columns.lengths), columns.marks] = listed
    graded = replace(
        columns,
        lengths=np.full(shape[0], shape[1], dtype=np.int64),
        marks=np.tile(np.arange(shape[1]), shape[0]),
        weights=grades.ravel(),
    )
    return joined(columns.format, columns.projects, [graded])
