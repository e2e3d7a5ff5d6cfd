"""What the META section of a Pabulib file says about the rule that its city used."""

from __future__ import annotations

from tests.tallying.records import METHODS

SKIP = "Fund additional projects that fit within leftover budget ordered by score"
PARTLY = "Partially fund one additional project with highest score"

PASSED_OVER = {"poland_warszawa_2024_": ("1498", "1018")}
"""Projects that a city passed over: the file says that some projects exclude each other, and not
which.  Without these two, everything else is as published."""

NO_RULE = {
    "Hungary_Budapest_2023_VIII_Jozsefvaros": "about half of the votes were on paper",
    "Hungary_Budapest_2024": "a tenth of the votes were on paper",
    "Hungary_Budapest_2024_VIII_Jozsefvaros": "about half of the votes were on paper",
}
"""Files that say who won, but not by which rule, and that lack votes: with the reason."""


def declared(read):
    """Return the name of a method and its settings, or ``None`` where META names no rule."""
    rule, meta = read.meta["rule"], read.meta
    if rule.startswith("equalshares/add1"):
        return "equal_shares", {"completion": "add1", "variant": "official"}
    if not rule.startswith("greedy"):
        return None
    least = int(meta.get("min_project_score_threshold") or 0)
    # Poznań's own rule ends the list, and pays for one more project from other money (selected=2).
    skip = rule in {"greedy", "greedy-threshold"} and meta.get("leftover_budget") != PARTLY
    if read.vote_type == "cumulative":
        return "score_totals", {"minimum_points": least, "skip": skip}
    return "greedy", {"minimum_votes": least, "skip": skip, **amsterdam(read)}


def amsterdam(read):
    """Return ceilings by category and neighbourhood, and what happens to the rest."""
    rest, ceilings = read.meta.get("leftover_budget", ""), []
    for budgets, names, column in (
        ("budget_per_category", "categories", "category"),
        ("budget_per_neighborhood", "neighborhoods", "neighborhood"),
    ):
        if budgets in read.meta:
            amounts = [int(amount) for amount in read.meta[budgets].split(",")]
            for name, amount in zip(read.meta[names].split(","), amounts, strict=True):
                members = [p for p, row in read.projects.items() if row[column] == name]
                cents = amount * read.election.unit
                ceilings.append({"name": name, "projects": members, "at_most": cents})
    return {"ceilings": ceilings, "leftover": rest == SKIP, "partly": rest == PARTLY}


def count(read, election=None):
    """Count by the declared rule; return the outcome."""
    name, chosen = declared(read)
    method = METHODS[name]
    return method.tally(election or read.election, method.settings_schema().load(chosen))
