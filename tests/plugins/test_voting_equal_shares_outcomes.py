"""Whole outcomes of Equal Shares, name for name, checked with a pencil."""

from __future__ import annotations

from dataclasses import replace

from pb_engine.api import Ballot, BallotFormat, Profile
from pb_engine.plugins.equal_shares import pb_register_voting_methods, trail
from pb_engine.testing.builders import an_election

(METHOD,) = pb_register_voting_methods()
COSTS = {"z": 10, "f": 0, "a": 60, "b": 60, "c": 30, "d": 20, "g": 300, "h": 500, "i": 70}
BALLOTS = ["fabch", "abcdi", "abcdi", "cdi", "g", "g", ""]
LOT = ["z", "b", "a", "c", "d", "f", "g", "h", "i"]
PAID = [
    ("f", "free", 1, {}, ()),
    ("c", "shares", 4, {"step": 1, "price": "15/2", "paid_in_full": 4, "paid_the_rest": 0}, ()),
    (
        "b",
        "shares",
        3,
        {"step": 2, "price": 20, "paid_in_full": 3, "paid_the_rest": 0},
        ("a", "d", "i"),
    ),
    ("d", "shares", 3, {"step": 3, "price": "20/3", "paid_in_full": 3, "paid_the_rest": 0}, ()),
]
G_AND_H = [
    ("g", "supporters_short", 2, {"could_carry": "600/7"}, ()),
    ("h", "over_budget", 1, {}, ()),
]


def count(election, **given_settings):
    return METHOD.tally(election, METHOD.settings_schema().load(given_settings))


def lines(outcome):
    return [
        (one.project, one.reason, one.voters, dict(one.facts), one.tied_with)
        for one in outcome.decisions
    ]


def test_shares_leave_the_rest_and_say_where_the_money_went():
    outcome = count(an_election(COSTS, 300, BALLOTS, lot=LOT), completion="none")
    assert (outcome.method, outcome.version) == ("equal_shares", "1")
    assert outcome.selected == ("f", "c", "b", "d")
    assert outcome.facts == {"budget": 300, "endowment": "300/7", "left": 190, "share": "300/7"}
    spent_by_a = {"b": 60, "c": "45/2", "d": "40/3"}
    spent_by_i = {"b": 40, "c": "45/2", "d": 20}
    assert lines(outcome) == [
        *PAID,
        ("a", "supporters_short", 3, {"could_carry": "1375/42", **spent(spent_by_a)}, ()),
        ("i", "supporters_short", 3, {"could_carry": "645/14", **spent(spent_by_i)}, ()),
        *G_AND_H,
        ("z", "no_supporters", 0, {}, ()),
    ]
    assert [one.project for one in outcome.decisions if one.verdict == "funded"] == list("fcbd")


def spent(amounts):
    facts = {}
    for at, (project, amount) in enumerate(amounts.items(), start=1):
        facts |= {f"spent_on_{at}": project, f"spent_{at}": amount}
    return facts


def test_the_greedy_completion_says_what_was_left_each_time():
    outcome = count(an_election(COSTS, 300, BALLOTS, lot=LOT), completion="greedy")
    assert outcome.facts["left"] == 50
    assert lines(outcome) == [
        *PAID,
        ("a", "completion", 3, {"could_carry": "1375/42", "left": 190}, ()),
        ("i", "completion", 3, {"could_carry": "645/14", "left": 130}, ()),
        ("z", "completion", 0, {"could_carry": 0, "left": 60}, ()),
        *G_AND_H,
    ]


def test_a_greedy_outcome_that_was_kept_says_what_was_left_each_time():
    costs = {"a": 60, "x": 70, "b": 25, "c": 10, "f": 0, "e": 5, "h": 105, "k": 26}
    election = an_election(costs, 100, ["axf", "ax", "ax", "x", "b", "b", "c"])
    outcome = count(election, completion="none", comparison="exclusion")
    assert outcome.selected == ("f", "x", "b", "e")
    assert outcome.facts == {
        "budget": 100,
        "endowment": "100/7",
        "left": 0,
        "share": "100/7",
        "prefer_shares": 1,
        "prefer_greedy": 3,
        "kept": "greedy",
    }
    assert lines(outcome) == [
        ("f", "free", 1, {}, ()),
        ("x", "preferred", 4, {"score": 4, "left": 100}, ()),
        ("b", "preferred", 2, {"score": 2, "left": 30}, ()),
        ("e", "preferred", 0, {"score": 0, "left": 5}, ()),
        ("a", "no_room", 3, {"score": 3, "left": 30}, ()),
        ("c", "no_room", 1, {"score": 1, "left": 5}, ()),
        ("h", "over_budget", 0, {}, ()),
        ("k", "no_room", 0, {"score": 0, "left": 0}, ()),
    ]


def test_an_outcome_that_was_kept_is_told_as_without_a_comparison():
    election = an_election(COSTS, 300, BALLOTS, lot=LOT)
    plainly = count(election, completion="greedy")
    compared = count(election, completion="greedy", comparison="satisfaction")
    assert compared.facts["kept"] == "equal_shares"
    assert lines(compared) == lines(plainly)


def test_only_the_three_projects_that_took_most_are_named():
    costs = {"a": 10, "b": 20, "c": 30, "d": 40, "x": 200}
    outcome = count(an_election(costs, 300, ["abcdx", "abcd", ""]), completion="none")
    assert outcome.selected == ("a", "b", "c", "d")
    took = {"d": 20, "c": 15, "b": 10}
    assert outcome.decision("x").facts == {"could_carry": 50, **spent(took)}


def test_overspending_says_what_was_left_and_what_nobody_marked():
    election = an_election({"a": 100, "b": 10, "e": 0}, 110, ["a"] * 10 + ["b"])
    outcome = count(election, completion="overspending")
    assert lines(outcome)[-1] == ("e", "no_supporters", 0, {}, ())
    tight = an_election({"a": 100, "b": 10, "e": 0}, 100, ["a"] * 9 + ["b"])
    facts = {"step": 1, "price": "100/9", "paid_in_full": 0, "paid_the_rest": 9, "unpaid": 10}
    assert lines(count(tight, completion="overspending")) == [
        ("a", "shares", 9, facts, ()),
        ("b", "no_room", 1, {"could_carry": 10, "left": 0}, ()),
        ("e", "no_supporters", 0, {}, ()),
    ]


def test_without_ballots_only_the_budget_decides():
    outcome = count(an_election({"a": 100, "h": 101, "f": 0}, 100, []))
    assert outcome.selected == ()
    assert outcome.facts == {"budget": 100, "left": 100}
    assert lines(outcome) == [
        ("a", "no_supporters", 0, {}, ()),
        ("h", "over_budget", 0, {}, ()),
        ("f", "no_supporters", 0, {}, ()),
    ]


def test_only_elections_that_are_not_too_large_say_where_the_money_went(monkeypatch):
    """At most so many marks of different ballots, and a hundredth as many projects."""
    several = an_election({"a": 50, "b": 60, "c": 90}, 110, ["ab", "abc", "ac"])
    lists = [Ballot.weighing(BallotFormat.POINTS, {"a": at, "c": 1}) for at in range(1, 151)]
    many = replace(an_election({"a": 50, "c": 90}, 110, []), profile=Profile.of(lists))

    def told(election, limit):
        monkeypatch.setattr(trail, "TRAILED", limit)
        return "spent_1" in count(election, completion="none").decision("c").facts

    assert (told(several, 300), told(several, 299)) == (True, False)
    assert (told(many, 300), told(many, 299)) == (True, False)
