"""The voting method ``dutch_greedy``."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.api import Ballot, BallotFormat, Profile, Project, TallyRefused
from pb_engine.api.counting import check_outcome
from pb_engine.plugins.dutch_rules import pb_register_voting_methods
from pb_engine.tallying.pabulib import read_pabulib
from pb_engine.testing.builders import an_election
from pb_engine.testing.voting import VotingMethodContract
from tests.tallying.elections import elections, plain
from tests.tallying.real_files import FOLDER, names, reference
from tests.tallying.textbook import greedy

(METHOD,) = pb_register_voting_methods()
IDS = [f"p{at}" for at in range(6)]


def count(election, **given_settings):
    settings = METHOD.settings_schema().load(given_settings)
    return check_outcome(election, METHOD.tally(election, settings))


def tables(values):
    return st.dictionaries(st.sampled_from(IDS), values, max_size=6)


any_settings = st.fixed_dictionaries(
    {
        "order": st.sampled_from(["votes", "votes_per_euro"]),
        "minimum_votes": st.integers(0, 2),
        "minimum_percent": st.sampled_from([0, 0, 20, 50]),
        "groups": tables(st.sampled_from(["north", "south"])),
        "first_group": st.sampled_from(["", "north", "nowhere"]),
        "first_percent": st.sampled_from([0, 30, 100]),
        "pots": st.dictionaries(
            st.sampled_from(["north", "south"]), st.sampled_from([0, 200, 500, 1000])
        ),
        "leftover": st.booleans(),
        "exclusive": tables(st.sampled_from(["square", "park"])),
        "needs": tables(st.sampled_from(IDS)),
        "ending": st.sampled_from(["skip", "stop"]),
        "partial_next": st.booleans(),
    }
)


def standing_higher(election, project, votes):
    """The same election after so many voters who had left a project out mark it too."""
    ballots = [ballot for ballot, times in election.profile.groups for _ in range(times)]
    chosen, left = [], votes
    for ballot in ballots:
        add = left > 0 and project not in ballot.projects
        left -= add
        marked = [*ballot.projects, project] if add else ballot.projects
        chosen.append(Ballot.choosing(ballot.format, marked))
    return None if left else replace(election, profile=Profile.of(chosen))


class TestDutchGreedyKeepsTheContract(VotingMethodContract):
    method = METHOD


class TestDutchGreedyWithConditionsKeepsTheContract(VotingMethodContract):
    method = METHOD
    settings: ClassVar = {
        "order": "votes_per_euro",
        "ending": "stop",
        "partial_next": True,
        "minimum_percent": 20,
    }


@given(elections())
def test_without_settings_it_is_the_textbook_greedy_rule(election):
    assert list(count(election).selected) == greedy(*plain(election))


@given(elections(), any_settings)
def test_every_promise_holds_in_any_mixture_of_settings(election, given_settings):
    outcome = count(election, **given_settings)
    selected = set(outcome.selected)
    costs = {project.id: project.cost for project in election.projects}
    least = given_settings["minimum_percent"] * election.profile.voters
    for decision in outcome.decisions:
        if decision.project in selected:
            assert decision.voters >= given_settings["minimum_votes"]
            assert decision.voters * 100 >= least
            assert given_settings["needs"].get(decision.project, decision.project) in selected
    for name in ("square", "park"):
        rivals = [p for p in selected if given_settings["exclusive"].get(p) == name]
        assert len(rivals) <= 1
    for group, pot in given_settings["pots"].items():
        paid = [p for p in selected if given_settings["groups"].get(p) == group]
        if not given_settings["leftover"]:
            assert sum(costs[p] for p in paid) <= pot
    spent = sum(costs[p] for p in selected)
    assert spent + outcome.facts["offered"] + outcome.facts["left"] == election.budget
    assert outcome.facts["left"] >= 0


@given(elections(), any_settings)
def test_the_missing_votes_are_exactly_enough(election, given_settings):
    for decision in count(election, **given_settings).decisions:
        if decision.reason in {"funded", "over_budget"}:
            continue
        short = decision.facts.get("votes_short", election.profile.voters + 1)
        for votes in range(1, election.profile.voters + 1):
            higher = standing_higher(election, decision.project, votes)
            if higher is not None:
                selected = count(higher, **given_settings).selected
                assert (decision.project in selected) == (votes >= short), votes


@given(elections(), any_settings)
def test_names_do_not_decide_when_the_settings_are_renamed_too(election, given_settings):
    new = dict(zip(IDS, ["m", "z", "a", "q", "b", "y"], strict=True))
    ballots = [
        Ballot.choosing(BallotFormat.APPROVAL, [new[p] for p in ballot.projects])
        for ballot, times in election.profile.groups
        for _ in range(times)
    ]
    renamed = replace(
        election,
        projects=tuple(Project(new[p.id], p.cost) for p in election.projects),
        profile=Profile.of(ballots),
        lot=tuple(new[p] for p in election.lot),
    )
    changed = dict(given_settings)
    for name in ("groups", "exclusive"):
        changed[name] = {new[p]: value for p, value in given_settings[name].items()}
    changed["needs"] = {new[p]: new[q] for p, q in given_settings["needs"].items()}
    expected = [new[p] for p in count(election, **given_settings).selected]
    assert list(count(renamed, **changed).selected) == expected


@pytest.mark.parametrize("name", names(40_000))
def test_real_elections_come_out_as_in_the_reference(name):
    election = read_pabulib((FOLDER / f"{name}.pb").read_bytes()).election
    outcomes = reference(name)
    if election.profile.format is BallotFormat.RANKING:
        assert ("independent_exact", "greedy_points") not in outcomes
    elif election.profile.format is BallotFormat.POINTS:
        expected = outcomes["independent_exact", "greedy_points"]
        assert sorted(count(election).selected) == sorted(expected["selected"])
    else:
        expected = outcomes["pabutools_exact", "greedy_votes"]
        assert sorted(count(election).selected) == sorted(expected["selected"])


COSTS = {"a": 600, "b": 500, "c": 300}
VOTES = ["abc", "ab", "a"]


def test_the_next_project_is_offered_what_is_left_and_is_not_funded():
    outcome = count(an_election(COSTS, 1000, ["abc", "ab", "ac", "b"]), partial_next=True)
    assert outcome.selected == ("a", "c")
    decision = outcome.decision("b")
    assert decision.reason == "partly_funded"
    assert decision.verdict == "not_funded"
    assert decision.facts["amount"] == 100
    assert (outcome.facts["offered"], outcome.facts["left"]) == (100, 0)


def test_a_rival_of_a_funded_project_is_not_offered_the_rest():
    outcome = count(
        an_election(COSTS, 1000, ["abc", "ab", "ac", "b"]),
        partial_next=True,
        exclusive={"b": "square", "c": "square"},
    )
    assert outcome.selected == ("a", "c")
    assert outcome.decision("b").reason == "does_not_fit"
    assert outcome.facts["left"] == 100


def test_of_two_projects_that_exclude_each_other_the_higher_one_is_funded():
    outcome = count(an_election(COSTS, 2000, VOTES), exclusive={"a": "square", "c": "square"})
    assert outcome.selected == ("a", "b")
    assert outcome.decision("c").facts["rival"] == "a"
    assert outcome.decision("c").facts["votes_short"] == 3


def test_a_project_waits_for_the_one_that_it_needs_and_then_comes_at_once():
    outcome = count(an_election(COSTS, 900, VOTES), needs={"a": "c"}, ending="stop")
    assert outcome.selected == ("b", "c")
    assert count(an_election(COSTS, 2000, VOTES), needs={"a": "b"}).selected == ("b", "a", "c")


def test_a_project_that_needs_a_withdrawn_one_is_not_funded_and_no_vote_could_help():
    decision = count(an_election(COSTS, 2000, VOTES), needs={"a": "gone"}).decision("a")
    assert decision.reason == "needs_another"
    assert "votes_short" not in decision.facts


def test_a_pot_is_the_most_that_a_group_gets_until_what_is_left_is_shared_out():
    election = an_election(COSTS, 1400, VOTES)
    pots = {"groups": {"a": "north", "b": "north"}, "pots": {"north": 800}}
    outcome = count(election, **pots)
    assert outcome.selected == ("a", "c")
    assert outcome.decision("b").facts["pot_left"] == 200
    later = count(election, **pots, leftover=True)
    assert later.selected == ("a", "c", "b")
    assert later.decision("b").facts["round"] == "leftover"


def test_a_group_goes_first_until_it_has_its_share():
    election = an_election(COSTS, 800, VOTES)
    assert count(election).selected == ("a",)
    first = {"groups": {"b": "north", "c": "north"}, "first_group": "north"}
    assert count(election, **first, first_percent=60).selected == ("b", "c")
    assert count(an_election(COSTS, 1000, VOTES), **first, first_percent=10).selected == ("b", "c")


def test_a_percentage_is_counted_over_all_ballots_exactly():
    election = an_election({"a": 100, "b": 100}, 1000, ["ab", "a", "a", ""])
    assert count(election, minimum_percent=25).selected == ("a", "b")
    outcome = count(election, minimum_percent=26)
    assert outcome.selected == ("a",)
    assert outcome.decision("b").facts["least"] == 2
    assert outcome.decision("b").facts["votes_short"] == 1


def test_votes_per_euro_put_the_cheap_project_first():
    election = an_election({"a": 600, "b": 200}, 700, ["a", "a", "b"])
    assert count(election).selected == ("a",)
    assert count(election, order="votes_per_euro").selected == ("b",)


def test_tables_may_be_written_as_json_on_a_command_line():
    loaded = METHOD.settings_schema().load({"pots": '{"north": 5000}', "groups": '{"a": "north"}'})
    assert loaded["pots"] == {"north": 5000}
    assert loaded["groups"] == {"a": "north"}


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("pots", "north=5000", "Not a table, and not one in JSON."),
        ("pots", "[" * 100_000, "Not a table, and not one in JSON."),
        ("groups", "[1]", "Not a valid mapping type."),
        ("minimum_percent", 101, "Must be greater than or equal to 0 and less than or equal to"),
    ],
)
def test_a_wrong_setting_is_refused_in_words(name, value, sentence):
    errors = METHOD.settings_schema().validate({name: value})
    assert errors[name][0].startswith(sentence)


def test_a_pot_is_a_whole_number_of_cents():
    errors = METHOD.settings_schema().validate({"pots": {"north": 10.5}})
    assert errors == {"pots": {"north": {"value": ["Not a whole number."]}}}


def test_rankings_are_refused_in_a_sentence():
    election = an_election({"a": 100}, 100, ["a"], ballot_format=BallotFormat.RANKING)
    with pytest.raises(TallyRefused, match="not ranking ballots"):
        count(election)


def test_a_tie_that_mattered_is_named():
    outcome = count(an_election({"a": 100, "b": 100}, 100, ["ab"], lot=["b", "a"]))
    assert outcome.selected == ("b",)
    assert outcome.decision("a").tied_with == ("b",)


@given(elections(), any_settings)
def test_every_mixture_is_explained_in_both_languages(election, given_settings):
    settings = METHOD.settings_schema().load(given_settings)
    outcome = METHOD.tally(election, settings)
    for why in METHOD.explain(election, outcome, settings).values():
        for said in (why.sentence, *why.steps):
            assert said.nl.strip()
            assert said.en.strip()


def test_the_explanation_names_the_pot():
    election = an_election({"a": 80_000, "b": 60_000}, 200_000, ["ab", "a", "b", "a"])
    settings = METHOD.settings_schema().load(
        {"groups": {"a": "Zuid", "b": "Zuid"}, "pots": {"Zuid": 100_000}}
    )
    why = METHOD.explain(election, METHOD.tally(election, settings), settings)["b"]
    assert why.sentence.nl == (
        "Dit idee krijgt geen geld: het kost € 600 en in de pot voor ‘Zuid’ zat nog € 200. "
        "Het kwam 2 stemmen tekort."
    )
    assert why.sentence.en == (
        "This project is not funded: it costs €600 and the pot for ‘Zuid’ still held €200. "
        "It was 2 votes short."
    )
