"""The rules that are compared, as options of `pb-engine tally` and in words of pabutools."""

from __future__ import annotations

NONE = ("--setting", "completion=none")
PABUTOOLS = ("--setting", "completion=add1", "--setting", "variant=pabutools")

COMPARED = {
    "greedy": ("--rule", "greedy", "--setting", "by=votes"),
    "mes_cost": ("--rule", "equal_shares", *NONE),
    "mes_card": ("--rule", "equal_shares", *NONE, "--setting", "utility=cardinality"),
    "mes_cost_add1": ("--rule", "equal_shares", *PABUTOOLS),
    "phragmen": ("--rule", "phragmen"),
}
"""What pabutools counts as well, by the same definition."""

OURS = {
    "greedy": ("--rule", "greedy"),
    "equal shares": ("--rule", "equal_shares", *NONE),
    "add1 and greedy": ("--rule", "equal_shares"),
    "overspending": ("--rule", "equal_shares", "--setting", "completion=overspending_greedy"),
    "phragmen": ("--rule", "phragmen"),
    "maximin support": ("--rule", "maximin_support"),
    "max welfare": ("--rule", "max_welfare"),
    "score totals": ("--rule", "score_totals"),
    "majority judgement": ("--rule", "majority_judgement"),
}
"""Every rule that a file of any kind can be counted by; a refusal is an answer too."""
