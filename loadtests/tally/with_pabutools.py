"""Count a file with pabutools and print what is selected; runs in pabutools' own environment."""

from __future__ import annotations

import json
import sys
import time

import pabutools.fractions
from pabutools.election import Cardinality_Sat, Cost_Sat, parse_pabulib
from pabutools.rules import (
    greedy_utilitarian_welfare,
    method_of_equal_shares,
    sequential_phragmen,
)
from pabutools.tiebreaking import TieBreakingRule


def main() -> None:
    """Arguments: file, rule, mode."""
    file, rule, mode = sys.argv[1:]
    if mode == "float":
        pabutools.fractions.FRACTION = "float"
    sys.setrecursionlimit(20_000)
    instance, profile = parse_pabulib(file)
    if mode != "ungrouped":
        profile = profile.as_multiprofile()
    voters = dict.fromkeys(instance, 0)
    for ballot in profile:
        for project in ballot:
            voters[project] += profile.multiplicity(ballot)
    ties = TieBreakingRule(lambda _i, _p, one: (one.cost, -voters[one], one.name))
    wall, cpu = time.perf_counter(), time.process_time()
    chosen = count(instance, profile, rule, ties)
    took = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    print(json.dumps({"selected": [project.name for project in chosen], **took}))


def count(instance, profile, rule, ties):
    """Return what pabutools selects."""
    if rule == "greedy":
        return greedy_utilitarian_welfare(instance, profile, sat_class=Cost_Sat, tie_breaking=ties)
    if rule == "phragmen":
        return sequential_phragmen(instance, profile, tie_breaking=ties)
    return method_of_equal_shares(
        instance,
        profile,
        sat_class=Cardinality_Sat if rule == "mes_card" else Cost_Sat,
        tie_breaking=ties,
        voter_budget_increment=1 if rule.endswith("add1") else None,
    )


if __name__ == "__main__":
    main()
