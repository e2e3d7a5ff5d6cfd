"""What a reader of a table can find out, by trying every table that fits."""

from __future__ import annotations

from itertools import product

import numpy as np

from pb_engine.disclosure import TOTAL, Shown


def leaves_below(parents, area):
    parts = [part for part, whole in parents.items() if whole == area]
    return [leaf for part in parts for leaf in leaves_below(parents, part)] or [area]


def tree_cover(parents):
    """Return which smallest areas every label sums, without looking at the engine's own sums."""
    areas = set(parents) | set(parents.values())
    return {(area,): [(leaf,) for leaf in leaves_below(parents, area)] for area in areas}


def crossed_cover(parents, columns):
    areas = set(parents) | set(parents.values())
    return {
        (area, column): [
            (leaf, one)
            for leaf in leaves_below(parents, area)
            for one in (columns if column == TOTAL else [column])
        ]
        for area in areas
        for column in [*columns, TOTAL]
    }


def possible_counts(cover, counts, cells, window):
    """Return for every label the counts it has in all tables with the same shown cells.

    Only tables whose smallest cells stay within ``window`` of the truth are tried: moving one
    cell by so much never needs a larger move elsewhere.
    """
    leaves = sorted({leaf for part in cover.values() for leaf in part})
    truth = [counts.get(leaf if len(leaf) > 1 else leaf[0], 0) for leaf in leaves]
    spans = [
        [count]
        if isinstance(cells[leaf], Shown)
        else range(max(0, count - window), count + window + 1)
        for leaf, count in zip(leaves, truth, strict=True)
    ]
    tried = np.array(list(product(*spans)))
    labels = sorted(cover)
    sums = np.array([[leaf in cover[label] for leaf in leaves] for label in labels], dtype=int)
    seen = tried @ sums.T
    for place, label in enumerate(labels):
        if isinstance(cells[label], Shown):
            seen = seen[seen[:, place] == cells[label].count]
    return {label: set(seen[:, place].tolist()) for place, label in enumerate(labels)}
