"""Our outcomes on real elections against those of two other programs.

Both used exact fractions and the same tie order.  Every exception is listed with its reason.
"""

from __future__ import annotations

from itertools import product

import pytest

from pb_engine.tallying import check_outcome
from pb_engine.tallying.pabulib import read_pabulib
from tests.tallying.real_files import FOLDER, names, needs_real_files, reference
from tests.tallying.records import METHODS

QUICK = 30_000
VOTES = {"by": "votes"}
SHARES = {
    f"{prefix}{suffix}": ("equal_shares", {"utility": utility, **completion})
    for (prefix, utility), (suffix, completion) in product(
        (("mes_cost", "cost"), ("mes_card", "cardinality")),
        [
            ("", {"completion": "none"}),
            ("_greedy", {"completion": "greedy"}),
            ("_add1", {"completion": "add1", "variant": "pabutools"}),
            *(
                (f"_{short}_{variant}", {"completion": completion, "variant": variant})
                for short, completion in (("add1", "add1"), ("add1u", "add1_greedy"))
                for variant in ("official", "pabutools", "equalshares")
            ),
        ],
    )
}
RULES = {
    **SHARES,
    "greedy_votes": ("greedy", VOTES),
    "greedy_points": ("greedy", {}),
    "greedy_borda1": ("greedy", {}),
    "mes_points": ("equal_shares", {"utility": "points", "completion": "none"}),
    "mes_points_x1": ("equal_shares", {"utility": "points", "completion": "none"}),
    "mes_points_xcost": ("equal_shares", {"by": "score", "completion": "none"}),
    "mes_points_add1": (
        "equal_shares",
        {"utility": "points", "completion": "add1", "variant": "pabutools"},
    ),
    "mes_borda1_x1": ("equal_shares", {"utility": "borda", "completion": "none"}),
    "mes_borda1_xcost": ("equal_shares", {"by": "score", "completion": "none"}),
}


def known_difference(name, rule, read):
    """Say why a reference outcome is not to be expected, or ``None``."""
    if "borda1" in rule and "max_length" not in read.meta:
        return "the file names no longest ranking; the reference then took 0 places"
    if "SF_Tenderloin" in name and rule in {"mes_cost_add1_pabutools", "mes_cost_add1_equalshares"}:
        return "the reference scan stopped early: its next endowment still costs less than B"
    return None


def differences(name):
    """Compare every reference outcome of a file; return sentences, and how many agreed."""
    with (FOLDER / f"{name}.pb").open("rb") as stream:
        read = read_pabulib(stream)
    counted, wrong, agreed = {}, [], 0
    for (source, rule), expected in reference(name).items():
        if rule not in RULES or known_difference(name, rule, read):
            continue
        method, given = RULES[rule]
        key = (method, *sorted(given.items()))
        if key not in counted:
            settings = METHODS[method].settings_schema().load(given)
            counted[key] = check_outcome(
                read.election, METHODS[method].tally(read.election, settings)
            )
        selected = list(counted[key].selected)
        if sorted(selected) != expected["selected"]:
            wrong.append(f"{source} {rule}: {sorted(set(selected) ^ set(expected['selected']))}")
        elif "order" in expected and rule.startswith("mes") and selected != expected["order"]:
            wrong.append(f"{source} {rule}: bought in another order")
        agreed += 1
    return wrong, agreed


@needs_real_files
@pytest.mark.parametrize("name", names(QUICK))
def test_a_small_real_election_has_the_reference_outcome(name):
    wrong, agreed = differences(name)
    assert not wrong
    assert agreed


@needs_real_files
@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in names() if name not in set(names(QUICK))])
def test_a_large_real_election_has_the_reference_outcome(name):
    wrong, agreed = differences(name)
    assert not wrong
    assert agreed


@needs_real_files
@pytest.mark.parametrize(
    "name", ["Netherlands_Assen_2024", "Netherlands_Assen_2025", "Poland_Swiecie_2023"]
)
def test_a_city_that_used_equal_shares_gets_its_official_outcome(name):
    with (FOLDER / f"{name}.pb").open("rb") as stream:
        read = read_pabulib(stream)
    assert read.meta["rule"].startswith("equalshares/add1")
    settings = METHODS["equal_shares"].settings_schema().load({"completion": "add1"})
    outcome = METHODS["equal_shares"].tally(read.election, settings)
    assert set(outcome.selected) == read.selected
