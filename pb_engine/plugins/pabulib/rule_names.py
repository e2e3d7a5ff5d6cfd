"""What Pabulib calls the rules: a closed list, in which most rules have no name."""

from __future__ import annotations

from collections.abc import Mapping


def pabulib_rule(method: str, settings: Mapping[str, object]) -> tuple[str, dict[str, str]]:
    """Return the word for a rule, and the keys of META that belong to it."""
    if method == "greedy":
        return _greedy(settings)
    if method == "equal_shares" and settings.get("utility") == "cost":
        return _equal_shares(settings), {}
    return "unknown", {}


FURTHER = (
    "per_euro",
    "channel_percent",
    "minimum_percent",
    "first",
    "ceilings",
    "pots",
    "smaller_versions",
    "conditions",
    "partly",
)
"""Settings of ``greedy`` for which Pabulib has no word but *custom*."""


def _greedy(settings: Mapping[str, object]) -> tuple[str, dict[str, str]]:
    if any(settings.get(key) for key in FURTHER):
        return "greedy-custom", {}
    if settings.get("exclusive"):
        plain = settings.get("skip", True) and not settings.get("minimum_votes")
        return ("greedy-exclusive" if plain else "greedy-custom"), {}
    least = settings.get("minimum_votes", 0)
    skip = settings.get("skip", True)
    if least and skip:
        return "greedy-threshold", {"min_project_score_threshold": str(least)}
    if least:
        return "greedy-custom", {}
    return ("greedy" if skip else "greedy-no-skip"), {}


def _equal_shares(settings: Mapping[str, object]) -> str:
    if settings.get("completion") == "none":
        return "equalshares"
    official = settings.get("variant") == "official" and settings.get("step") == 1
    if settings.get("completion") == "add1" and official:
        return "equalshares/add1"
    return "unknown"
