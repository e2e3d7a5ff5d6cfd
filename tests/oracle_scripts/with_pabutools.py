"""Counts with pabutools, in exact mode."""

from __future__ import annotations

from pabutools.election import (
    Additive_Borda_Sat,
    Additive_Cardinal_Sat,
    ApprovalBallot,
    ApprovalProfile,
    CardinalBallot,
    Cardinality_Sat,
    CardinalProfile,
    Cost_Sat,
    Instance,
    OrdinalBallot,
    OrdinalProfile,
    Project,
)
from pabutools.fractions import FRACTION, GMPY_FRAC
from pabutools.rules import (
    completion_by_rule_combination,
    greedy_utilitarian_welfare,
    max_additive_utilitarian_welfare,
    maximin_support,
    method_of_equal_shares,
    sequential_phragmen,
)
from pabutools.tiebreaking import TieBreakingRule

SATISFACTIONS = {
    "cost": Cost_Sat,
    "cardinality": Cardinality_Sat,
    "points": Additive_Cardinal_Sat,
    "borda": Additive_Borda_Sat,
}


def answer(question):
    """Return the selected projects, in the order in which the rule chose them."""
    assert FRACTION == GMPY_FRAC
    projects = {name: Project(name, cost) for name, cost in question["costs"].items()}
    instance = Instance(projects.values(), budget_limit=question["budget"])
    profile = _profile(question["ballots"], question["kind"], projects)
    place = {name: at for at, name in enumerate(question["lot"])}
    ties = TieBreakingRule(lambda _instance, _profile, project: place[project.name])
    rule = RULES[question["rule"]]
    sat = SATISFACTIONS.get(question.get("satisfaction"))
    return [project.name for project in rule(instance, profile, sat, ties)]


def _profile(ballots, kind, projects):
    if kind == "points":
        made = [CardinalBallot({projects[p]: w for p, w in ballot.items()}) for ballot in ballots]
        return CardinalProfile(made)
    if kind == "ranking":
        # By place: the first place is the smallest weight.
        orders = [sorted(ballot, key=ballot.get) for ballot in ballots]
        return OrdinalProfile([OrdinalBallot([projects[p] for p in order]) for order in orders])
    return ApprovalProfile([ApprovalBallot([projects[p] for p in ballot]) for ballot in ballots])


def _greedy(instance, profile, sat, ties):
    return greedy_utilitarian_welfare(instance, profile, sat_class=sat, tie_breaking=ties)


def _shares(instance, profile, sat, ties, **more):
    # Not its default for approvals, which takes for granted that all supporters gain alike.
    more.setdefault("binary_sat", False)
    return method_of_equal_shares(instance, profile, sat_class=sat, tie_breaking=ties, **more)


def _shares_then_greedy(instance, profile, sat, ties, **more):
    votes = {"sat_class": Cost_Sat, "tie_breaking": ties}
    shares = {"sat_class": sat, "tie_breaking": ties, "binary_sat": False, **more}
    return completion_by_rule_combination(
        instance, profile, [method_of_equal_shares, greedy_utilitarian_welfare], [shares, votes]
    )


def _phragmen(instance, profile, _sat, ties):
    return sequential_phragmen(instance, profile, tie_breaking=ties)


def _maximin(instance, profile, _sat, ties):
    return maximin_support(instance, profile, tie_breaking=ties)


def _welfare(instance, profile, sat, _ties):
    return max_additive_utilitarian_welfare(instance, profile, sat_class=sat)


RULES = {
    "greedy": _greedy,
    "shares": _shares,
    "shares_greedy": _shares_then_greedy,
    "shares_add1": lambda *given: _shares(*given, voter_budget_increment=1),
    "shares_add1_greedy": lambda *given: _shares_then_greedy(*given, voter_budget_increment=1),
    "phragmen": _phragmen,
    "maximin_support": _maximin,
    "max_welfare": _welfare,
}
