"""Count a file with pabutools and print what is selected; runs in pabutools' own environment."""

from __future__ import annotations

import json
import sys

import pabutools.fractions
from pabutools.election import Cardinality_Sat, Cost_Sat, parse_pabulib
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares
from pabutools.tiebreaking import TieBreakingRule


def main() -> None:
    """Arguments: file, rule, mode."""
    file, rule, mode = sys.argv[1:]
    if mode == "float":
        pabutools.fractions.FRACTION = "float"
    instance, profile = parse_pabulib(file)
    profile = profile.as_multiprofile()
    voters = dict.fromkeys(instance, 0)
    for ballot in profile:
        for project in ballot:
            voters[project] += profile.multiplicity(ballot)
    ties = TieBreakingRule(lambda _i, _p, one: (one.cost, -voters[one], one.name))
    common = {"tie_breaking": ties}
    if rule == "greedy":
        chosen = greedy_utilitarian_welfare(instance, profile, sat_class=Cost_Sat, **common)
    else:
        sat = Cardinality_Sat if rule == "mes_card" else Cost_Sat
        if rule.endswith("add1"):
            common["voter_budget_increment"] = 1
        chosen = method_of_equal_shares(instance, profile, sat_class=sat, **common)
    print(json.dumps({"selected": [project.name for project in chosen]}))


if __name__ == "__main__":
    main()
