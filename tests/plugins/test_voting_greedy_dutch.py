"""What Dutch cities add to ``greedy``: ceilings, parts, rivals, conditions, thresholds."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import pytest
from hypothesis import given

from pb_engine.api import Ballot, BallotFormat, Profile
from pb_engine.plugins.greedy.conditions import least_votes
from pb_engine.testing.builders import an_election
from pb_engine.testing.voting import VotingMethodContract
from tests.plugins.test_voting_greedy import METHOD, count, with_votes
from tests.tallying.elections import drawn, elections

GREEN = {"name": "green", "projects": ["p0", "p1", "p2"], "at_most": 400}
EVERYTHING = {
    "ceilings": [GREEN, {"name": "play", "projects": ["p2", "p3"], "at_most": 500}],
    "exclusive": [["p0", "p3"], ["p1", "p4"]],
    "conditions": [{"project": "p4", "needs": "p3"}],
}


class TestEverythingAtOnceKeepsTheContract(VotingMethodContract):
    method = METHOD
    settings: ClassVar = {"leftover": True, "partly": True, "minimum_percent": 10}


class TestValueForMoneyKeepsTheContract(VotingMethodContract):
    method = METHOD
    settings: ClassVar = {"per_euro": True}


def reasons(outcome):
    return {decision.project: decision.reason for decision in outcome.decisions}


def test_value_for_money_ranks_by_votes_per_euro():
    election = an_election({"a": 800, "b": 100, "c": 0}, 850, ["a", "a", "a", "ab", "c"])
    assert count(election).selected == ("a", "c")
    assert count(election, per_euro=True).selected == ("c", "b")


def test_a_group_may_cost_no_more_than_its_ceiling():
    costs = {"p0": 300, "p1": 300, "x": 300}
    election = an_election(costs, 900, [["p0", "p1", "x"], ["p0", "p1"], ["p0"]])
    outcome = count(election, ceilings=[GREEN])
    assert outcome.selected == ("p0", "x")
    assert outcome.decision("p1").reason == "ceiling"
    assert outcome.decision("p1").facts["because"] == "green"
    assert outcome.decision("p1").facts["left"] == 100
    twice = {**GREEN, "projects": [*GREEN["projects"], "p0"]}
    assert count(election, ceilings=[twice]) == outcome


def test_what_is_left_may_be_spent_without_the_ceilings():
    costs = {"p0": 300, "p1": 300, "x": 300}
    election = an_election(costs, 900, [["p0", "p1", "x"], ["p0", "p1"], ["p0"]])
    outcome = count(election, ceilings=[GREEN], leftover=True)
    assert set(outcome.selected) == {"p0", "p1", "x"}
    assert outcome.decision("p1").reason == "leftover"


def test_the_next_project_may_get_what_is_left():
    election = an_election({"a": 700, "b": 700, "c": 700}, 1000, ["abc", "ab", "a"])
    outcome = count(election, partly=True)
    assert outcome.selected == ("a",)
    assert reasons(outcome) == {"a": "funded", "b": "partly_funded", "c": "does_not_fit"}
    assert outcome.decision("b").verdict == "not_funded"
    assert outcome.decision("b").facts["amount"] == 300
    assert (outcome.facts["offered"], outcome.facts["left"]) == (300, 0)


def test_a_rival_of_a_funded_project_is_not_offered_the_rest():
    election = an_election({"a": 600, "b": 500, "c": 300}, 1000, ["abc", "ab", "ac", "b"])
    outcome = count(election, partly=True, exclusive=[["b", "c"]])
    assert outcome.selected == ("a", "c")
    assert outcome.decision("b").reason == "does_not_fit"
    assert outcome.facts["left"] == 100


def test_of_rivals_only_the_strongest_is_funded():
    election = an_election({"large": 800, "small": 300}, 2000, [["large"], ["large", "small"]])
    outcome = count(election, exclusive=[["large", "small"]])
    assert outcome.selected == ("large",)
    assert outcome.decision("small").reason == "excluded"
    assert outcome.decision("small").facts == {
        "score": 1, "place": 2, "left": 1200, "because": "large", "votes_short": 2,
    }  # fmt: skip


def test_a_smaller_version_takes_the_place_of_a_larger_one_that_does_not_fit():
    election = an_election({"large": 800, "small": 300}, 500, [["large"], ["large", "small"]])
    assert count(election, exclusive=[["large", "small"]]).selected == ("small",)


def test_a_project_with_a_condition_waits_for_the_other_and_then_comes_at_once():
    costs = {"path": 100, "lamp": 100, "seat": 100}
    election = an_election(costs, 200, [["lamp", "path"], ["lamp", "path"], ["lamp", "seat"]])
    needs = [{"project": "lamp", "needs": "path"}]
    assert count(election, conditions=needs).selected == ("path", "lamp")


@pytest.mark.parametrize("needed", ["path", "gone"])
def test_a_project_that_needs_an_unfunded_or_withdrawn_one_is_not_funded(needed):
    election = an_election({"path": 900, "lamp": 100}, 500, [["lamp"], ["lamp", "path"]])
    outcome = count(election, conditions=[{"project": "lamp", "needs": needed}])
    assert outcome.selected == ()
    assert outcome.decision("lamp").facts["because"] == needed
    assert "votes_short" not in outcome.decision("lamp").facts


SQUARE = [{"plan": "large", "smaller": "small"}]


def test_when_a_plan_does_not_fit_its_smaller_version_gets_its_turn_there_and_then():
    costs = {"large": 800, "seat": 400, "small": 300}
    ballots = [["large", "seat"], ["large", "seat"], ["large"], ["small"]]
    election = an_election(costs, 500, ballots)
    outcome = count(election, smaller_versions=SQUARE)
    assert outcome.selected == ("small",)
    assert outcome.decision("small").facts["instead_of"] == "large"
    assert reasons(outcome)["large"] == "over_budget"
    assert count(election, exclusive=[["large", "small"]]).selected == ("seat",)


def test_a_plan_and_its_smaller_version_are_never_both_funded():
    election = an_election({"large": 800, "small": 300}, 2000, [["large"], ["large", "small"]])
    outcome = count(election, smaller_versions=SQUARE)
    assert outcome.selected == ("large",)
    assert reasons(outcome)["small"] == "excluded"


def test_a_plan_whose_smaller_version_goes_ahead_does_not_end_the_list():
    costs = {"large": 800, "small": 300, "seat": 100}
    election = an_election(costs, 500, [["large", "seat"], ["large"]])
    assert count(election, skip=False).selected == ()
    assert count(election, skip=False, smaller_versions=SQUARE).selected == ("small", "seat")


def test_the_explanation_names_the_plan_that_did_not_fit():
    election = an_election({"large": 80_000, "small": 30_000}, 50_000, [["large"]])
    chosen = METHOD.settings_schema().load({"smaller_versions": SQUARE})
    why = METHOD.explain(election, METHOD.tally(election, chosen), chosen)["small"]
    assert why.sentence.nl == (
        "Dit idee krijgt geld: het is een kleinere versie van ‘Title large’, dat niet paste. "
        "€ 300 paste wel in het budget."
    )


def test_a_pot_is_kept_for_its_group_and_what_is_left_is_poured_together_in_the_end():
    costs = {"a": 600, "b": 500, "c": 300}
    election = an_election(costs, 1000, [["a", "b", "c"], ["a", "b"], ["a"]])
    pots = [{"name": "north", "projects": ["c", "b"], "amount": 450}]
    outcome = count(election, pots=pots)
    assert outcome.selected == ("c",)
    assert reasons(outcome) == {"a": "does_not_fit", "b": "pot_empty", "c": "funded"}
    assert outcome.decision("a").facts["left"] == 550
    chosen = METHOD.settings_schema().load({"pots": pots})
    why = {p: one.sentence.nl for p, one in METHOD.explain(election, outcome, chosen).items()}
    assert why["b"] == (
        "Dit idee krijgt geen geld: het kost € 5 en in de pot voor ‘north’ zat nog € 4,50. "
        "Meer stemmen hadden dat niet veranderd."
    )
    assert why["c"].endswith("€ 3 paste in de pot voor ‘north’.")
    poured = count(election, pots=pots, leftover=True)
    assert poured.selected == ("c", "a")
    assert reasons(poured)["a"] == "leftover"


def test_a_group_goes_first_until_it_has_its_share():
    election = an_election({"a": 600, "b": 500, "c": 300}, 800, ["abc", "ab", "a"])
    first = {"name": "north", "projects": ["b", "c"], "percent": 60}
    assert count(election).selected == ("a",)
    outcome = count(election, first=[first])
    assert outcome.selected == ("b", "c")
    assert reasons(outcome)["b"] == "first_group"
    assert count(election, first=[{**first, "percent": 10}]).selected == ("b", "c")
    assert count(election, first=[{**first, "projects": ["c"]}]).selected == ("c", "b")


def test_a_share_of_the_voters_may_be_asked():
    election = an_election({"a": 100, "b": 100}, 500, ["a", "a", "b", "a", "a", "", ""])
    outcome = count(election, minimum_percent=15)
    assert outcome.facts["least_votes"] == 2
    assert outcome.selected == ("a",)
    assert outcome.decision("b").facts["votes_short"] == 1


@pytest.mark.parametrize("further", [{}, {"leftover": True}, {"skip": False}, {"per_euro": True}])
@drawn(25)
@given(election=elections(max_ballots=6))
def test_the_missing_votes_are_exactly_enough_under_every_constraint(further, election):
    chosen = {**EVERYTHING, **further}
    for decision in count(election, **chosen).decisions:
        short = decision.facts.get("votes_short")
        if short is None:
            continue
        enough = count(with_votes(election, decision.project, short), **chosen)
        assert decision.project in enough.selected
        for fewer in range(short):
            less = count(with_votes(election, decision.project, fewer), **chosen)
            assert decision.project not in less.selected


def test_lists_are_written_as_json_on_a_command_line():
    loaded = METHOD.settings_schema().load({"exclusive": '[["a", "b"]]'})
    assert loaded["exclusive"] == [["a", "b"]]


@pytest.mark.parametrize("text", ["a,b", "[", "7"])
def test_what_is_no_list_is_refused(text):
    assert "exclusive" in METHOD.settings_schema().validate({"exclusive": text})


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("pots", [{"name": "n", "projects": ["a"], "amount": 1}] * 2, "two groups named 'n'"),
        (
            "pots",
            [{"name": name, "projects": ["a"], "amount": 1} for name in "no"],
            "Project 'a' is in two pots",
        ),
        ("smaller_versions", [{"plan": "a", "smaller": "a"}], "a smaller version of itself"),
        (
            "smaller_versions",
            [{"plan": "a", "smaller": "b"}, {"plan": "b", "smaller": "a"}],
            "a smaller version of itself",
        ),
        ("smaller_versions", [{"plan": p, "smaller": "c"} for p in "ab"], "twice as 'smaller'"),
        ("channel_percent", {"paper": 50, "internet": 49}, "must add to 100"),
        ("channel_percent", "[" * 100_000, "Not a table, and not one in JSON"),
        ("minimum_percent", 101, "Must be greater than or equal to 0 and less than or equal to"),
    ],
)
def test_settings_that_contradict_themselves_are_refused_in_words(key, value, sentence):
    (problem,) = METHOD.settings_schema().validate({key: value})[key]
    assert sentence in problem


def test_a_pot_is_a_whole_number_of_cents():
    pots = [{"name": "north", "projects": [], "amount": 10.5}]
    errors = METHOD.settings_schema().validate({"pots": pots})
    assert errors == {"pots": {0: {"amount": ["Not a whole number."]}}}


def test_every_reason_is_explained():
    costs = {"p0": 300, "p1": 300, "p2": 9000, "p3": 300, "p4": 100, "x": 500, "y": 500}
    ballots = [["p0", "p1", "x"], ["p0", "p1", "p3"], ["p0", "p2", "p4"], ["x", "y", "p4"]]
    election = an_election(costs, 1000, ballots)
    chosen = METHOD.settings_schema().load({**EVERYTHING, "partly": True})
    outcome = METHOD.tally(election, chosen)
    explained = METHOD.explain(election, outcome, chosen)
    assert set(reasons(outcome).values()) >= {
        "funded", "ceiling", "excluded", "needs_another", "over_budget", "partly_funded",
    }  # fmt: skip
    assert explained["p3"].sentence.nl == (
        "Dit idee krijgt geen geld: ‘Title p0’ gaat door en ze kunnen niet allebei. "
        "Het kwam 3 stemmen tekort."
    )


def test_more_votes_may_harm_a_plan_with_a_smaller_version_and_the_least_number_is_still_found():
    """Above b, the plan brings up its smaller version while the pot still holds enough for it."""
    costs = {"large": 500, "small": 200, "b": 200}
    chosen = {
        "minimum_votes": 3,
        "leftover": True,
        "pots": [{"name": "north", "projects": ["large", "small", "b"], "amount": 300}],
        "smaller_versions": SQUARE,
    }
    ballots = [["b", "small"]] * 3 + [["b"]] * 2 + [["large"]]
    election = an_election(costs, 1000, ballots)
    assert count(election, **chosen).decision("large").facts["votes_short"] == 2
    assert "large" in count(with_votes(election, "large", 2), **chosen).selected
    assert "large" not in count(with_votes(election, "large", 6), **chosen).selected


def test_a_free_project_behind_the_end_of_the_list_needs_one_vote_where_costs_divide():
    election = an_election({"a": 100, "b": 300, "free": 0}, 200, [["a", "b"], ["b"]])
    outcome = count(election, per_euro=True, skip=False)
    assert reasons(outcome)["free"] == "after_the_end"
    assert outcome.decision("free").facts["votes_short"] == 1


def test_behind_a_project_that_is_offered_the_rest_the_list_has_ended():
    election = an_election({"a": 700, "b": 700, "c": 100}, 1000, ["abc", "ab", "a"])
    outcome = count(election, partly=True, skip=False)
    assert reasons(outcome) == {"a": "funded", "b": "partly_funded", "c": "after_the_end"}
    assert outcome.decision("c").facts["votes_short"] == 2


def test_a_group_that_has_exactly_its_share_waits_for_its_turn_again():
    election = an_election({"a": 500, "b": 500, "c": 500}, 1000, ["abc", "ab", "a"])
    first = {"name": "north", "projects": ["b", "c"], "percent": 50}
    assert count(election, first=[first]).selected == ("b", "a")


def test_a_group_one_cent_below_its_share_still_goes_first_and_is_named():
    election = an_election({"a": 400, "b": 499, "c": 100}, 1000, ["abc", "ab", "a"])
    first = {"name": "north", "projects": ["b", "c"], "percent": 50}
    outcome = count(election, first=[first])
    assert outcome.selected == ("b", "c", "a")
    assert reasons(outcome) == {"b": "first_group", "c": "first_group", "a": "funded"}
    assert outcome.decision("c").facts["because"] == "north"


@pytest.mark.parametrize(("at_most", "amount"), [(400, 100), (301, 1), (300, None)])
def test_the_rest_is_offered_no_further_than_the_ceiling_of_the_group(at_most, amount):
    election = an_election({"p0": 300, "p1": 700}, 900, [["p0", "p1"], ["p0"]])
    outcome = count(election, ceilings=[{**GREEN, "at_most": at_most}], partly=True)
    assert outcome.decision("p1").facts.get("amount") == amount
    assert outcome.facts["left"] == 600 - (amount or 0)


def test_a_plan_whose_smaller_version_was_funded_keeps_the_reason_why_it_failed():
    election = an_election({"large": 300, "small": 100}, 500, [["large"]])
    pots = [{"name": "north", "projects": ["large", "small"], "amount": 200}]
    outcome = count(election, pots=pots, smaller_versions=SQUARE, leftover=True)
    assert outcome.selected == ("small",)
    assert reasons(outcome)["large"] == "pot_empty"


def test_two_projects_that_wait_for_different_ones_both_get_their_turn():
    """w waits for a and v for b; that a frees w leaves v where it waits."""
    costs = dict.fromkeys("wvab", 100)
    ballots = ["wvab", "wvab", "wva", "wv", "w"]
    waits = [{"project": "w", "needs": "a"}, {"project": "v", "needs": "b"}]
    outcome = count(an_election(costs, 400, ballots), conditions=waits)
    assert outcome.selected == ("a", "w", "b", "v")


def test_whoever_waits_keeps_its_turn_when_one_that_waited_frees_another():
    """a frees w and v; w frees u, and v still has its turn before u."""
    costs = dict.fromkeys("wvua", 100)
    ballots = ["wvua", "wvu", "wv", "w"]
    waits = [
        {"project": "w", "needs": "a"},
        {"project": "v", "needs": "a"},
        {"project": "u", "needs": "w"},
    ]
    outcome = count(an_election(costs, 300, ballots), conditions=waits)
    assert outcome.selected == ("a", "w", "v")
    assert outcome.decision("u").reason == "does_not_fit"


def test_of_two_ceilings_the_one_that_leaves_least_room_decides():
    roomy = {"name": "all", "projects": ["p0", "p1"], "at_most": 600}
    tight = {"name": "green", "projects": ["p1"], "at_most": 200}
    election = an_election({"p0": 300, "p1": 300}, 900, [["p0", "p1"], ["p0"]])
    outcome = count(election, ceilings=[roomy, tight])
    assert outcome.selected == ("p0",)
    assert outcome.decision("p1").facts["because"] == "green"
    assert outcome.decision("p1").facts["left"] == 200


def test_a_percentage_of_many_ballots_is_exact():
    chosen = METHOD.settings_schema().load({"minimum_percent": 50})
    assert [least_votes(chosen, ballots) for ballots in (299, 300, 301)] == [150, 150, 151]


def test_votes_count_every_mark_alike_where_the_settings_say_so():
    election = an_election({"a": 100, "b": 100}, 100, [], lot=["a", "b"])
    lists = [{"a": 9}, {"b": 1}, {"b": 1}]
    profile = Profile.of([Ballot.weighing(BallotFormat.POINTS, points) for points in lists])
    assert count(replace(election, profile=profile)).selected == ("a",)
    assert count(replace(election, profile=profile), by="votes").selected == ("b",)


def test_behind_the_end_of_the_list_nobody_stood_in_the_way():
    election = an_election({"a": 90, "b": 50, "c": 10}, 100, ["abc", "ab", "a"])
    decision = count(election, skip=False).decision("c")
    assert decision.reason == "after_the_end"
    assert "because" not in decision.facts


def test_a_smaller_version_that_goes_first_names_the_group():
    election = an_election({"a": 90, "b": 150, "s": 10}, 100, ["abs", "ab", "a"])
    group = {"name": "play", "projects": ["b", "s"], "percent": 10}
    outcome = count(election, first=[group], smaller_versions=[{"plan": "b", "smaller": "s"}])
    decision = outcome.decision("s")
    assert decision.reason == "first_group"
    assert decision.facts["because"] == "play"
    assert decision.facts["instead_of"] == "b"
