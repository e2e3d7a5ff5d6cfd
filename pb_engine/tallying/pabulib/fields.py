"""The fields of the format, in its own order, and what became of old ones."""

from __future__ import annotations

META = (
    "description", "country", "unit", "district", "subunit", "instance", "num_projects",
    "num_votes", "budget", "vote_type", "rule", "date_begin", "date_end", "min_length",
    "max_length", "min_sum_cost", "max_sum_cost", "min_points", "max_points", "min_sum_points",
    "max_sum_points", "default_score", "scoring_fn", "min_project_cost", "max_project_cost",
    "min_project_score_threshold", "neighborhoods", "subdistricts", "categories", "edition",
    "language", "currency", "fully_funded", "experimental", "comment", "acknowledgments",
)  # fmt: skip

RENAMED = {"target": "beneficiaries"}
"""Columns of PROJECTS by their old names; renamed in April 2026."""


def in_order(keys: list[str]) -> list[str]:
    """Return keys of META in the order of the format; others follow as they stand."""
    place = {key: at for at, key in enumerate(META)}
    return sorted(keys, key=lambda key: place.get(key, len(place)))
