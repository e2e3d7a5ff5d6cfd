"""``greedy`` in any mixture of its settings: against its textbook, and vote by vote."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.api import Ballot, BallotFormat, Profile, Project, TallyRefused
from pb_engine.api.counting import check_outcome
from pb_engine.plugins.greedy import pb_register_voting_methods
from pb_engine.plugins.greedy.conditions import Conditions
from pb_engine.testing.builders import an_election
from tests.plugins.textbook_greedy import Town
from tests.tallying.elections import drawn, elections, plain

(METHOD,) = pb_register_voting_methods()
IDS = [f"p{at}" for at in range(6)]
NEW = dict(zip(IDS, ["m", "z", "a", "q", "b", "y"], strict=True))
some = st.lists(st.sampled_from(IDS), unique=True, max_size=4)


def loaded(**chosen):
    return METHOD.settings_schema().load(chosen)


def count(election, **chosen):
    return check_outcome(election, METHOD.tally(election, loaded(**chosen)))


@st.composite
def mixtures(draw):
    """Settings that may all be on at once; pots fit into any budget that is not 0."""
    order = draw(st.permutations(IDS))
    cuts = draw(st.tuples(st.integers(0, 3), st.integers(3, 6)))
    pots = [("north", order[: cuts[0]]), ("south", order[cuts[0] : cuts[1]])]
    chain = draw(some)
    return {
        "per_euro": draw(st.booleans()),
        "skip": draw(st.booleans()),
        "minimum_votes": draw(st.sampled_from([0, 0, 1, 2])),
        "minimum_percent": draw(st.sampled_from([0, 0, 20, 50])),
        "first": [
            {"name": name, "projects": draw(some), "percent": draw(st.sampled_from([1, 30, 100]))}
            for name in draw(st.sampled_from([[], [], ["one"], ["one", "two"]]))
        ],
        "ceilings": [
            {"name": name, "projects": draw(some), "at_most": draw(st.sampled_from([0, 200, 500]))}
            for name in draw(st.sampled_from([[], ["green"], ["green", "play"]]))
        ],
        "pots": [
            {"name": name, "projects": projects, "amount": draw(st.sampled_from([0, 100, 300]))}
            for name, projects in (pots if draw(st.booleans()) else [])
        ],
        "leftover": draw(st.booleans()),
        "exclusive": draw(st.lists(some, max_size=2)),
        "smaller_versions": [
            {"plan": plan, "smaller": smaller}
            for plan, smaller in pairwise(chain)
            if draw(st.booleans())
        ],
        "conditions": [
            {"project": one, "needs": other}
            for one, other in draw(st.lists(st.tuples(*[st.sampled_from(IDS)] * 2), max_size=3))
        ],
        "partly": draw(st.booleans()),
    }


def affordable(election, chosen):
    """Pots never hold more than the budget; a smaller town has none."""
    if sum(pot["amount"] for pot in chosen["pots"]) <= election.budget:
        return chosen
    return {**chosen, "pots": []}


@drawn(200)
@given(st.one_of(elections(), elections(BallotFormat.POINTS)), mixtures())
def test_any_mixture_of_settings_gives_what_the_textbook_gives(election, chosen):
    chosen = affordable(election, chosen)
    outcome, town = count(election, **chosen), Town(*plain(election), chosen)
    assert list(outcome.selected) == town.funded
    offered = {d.project: d.facts["amount"] for d in outcome.decisions if "amount" in d.facts}
    assert offered == town.offered
    spent = sum(p.cost for p in election.projects if p.id in outcome.selected)
    assert spent + outcome.facts.get("offered", 0) + outcome.facts["left"] == election.budget


def with_marks(election, project, votes):
    """The same election after so many voters who had left a project out mark it too."""
    ballots = [ballot for ballot, times in election.profile.groups for _ in range(times)]
    chosen, left = [], votes
    for ballot in ballots:
        add = left > 0 and project not in ballot.projects
        left -= add
        marked = [*ballot.projects, project] if add else ballot.projects
        chosen.append(Ballot.choosing(ballot.format, marked))
    return None if left else replace(election, profile=Profile.of(chosen))


@drawn(70)
@given(elections(), mixtures())
def test_the_missing_votes_are_exactly_enough_in_any_mixture(election, chosen):
    chosen = affordable(election, chosen)
    for decision in count(election, **chosen).decisions:
        if decision.verdict == "funded" or decision.reason == "over_budget":
            continue
        short = decision.facts.get("votes_short", election.profile.voters + 1)
        for votes in range(min(short, election.profile.voters) + 1):
            higher = with_marks(election, decision.project, votes)
            if higher is not None:
                selected = count(higher, **chosen).selected
                assert (decision.project in selected) == (votes == short), votes


@drawn(70)
@given(elections(), mixtures(), st.integers(1, 3))
def test_more_votes_never_harm_where_the_count_relies_on_it(election, chosen, votes):
    chosen = affordable(election, chosen)
    rules = Conditions.of(election, loaded(**chosen))
    for project in filter(rules.higher_is_never_worse, count(election, **chosen).selected):
        higher = with_marks(election, project, votes)
        if higher is not None:
            assert project in count(higher, **chosen).selected


def renamed_settings(chosen):
    def new(projects):
        return [NEW[p] for p in projects]

    groups = {
        key: [{**group, "projects": new(group["projects"])} for group in chosen[key]]
        for key in ("first", "ceilings", "pots")
    }
    pairs = {
        key: [{side: NEW[p] for side, p in pair.items()} for pair in chosen[key]]
        for key in ("smaller_versions", "conditions")
    }
    return {**chosen, **groups, **pairs, "exclusive": [new(group) for group in chosen["exclusive"]]}


@given(elections(), mixtures(), st.randoms(use_true_random=False))
def test_neither_names_nor_the_order_of_ballots_and_projects_decide(election, chosen, chance):
    chosen = affordable(election, chosen)
    ballots = [
        Ballot.choosing(BallotFormat.APPROVAL, [NEW[p] for p in ballot.projects])
        for ballot, times in election.profile.groups
        for _ in range(times)
    ]
    chance.shuffle(ballots)
    projects = [Project(NEW[p.id], p.cost) for p in election.projects]
    chance.shuffle(projects)
    renamed = replace(
        election,
        projects=tuple(projects),
        profile=Profile.of(ballots),
        lot=tuple(NEW[p] for p in election.lot),
    )
    before, after = count(election, **chosen), count(renamed, **renamed_settings(chosen))
    assert [NEW[p] for p in before.selected] == list(after.selected)
    assert [d.reason for d in before.decisions] == [d.reason for d in after.decisions]


@given(elections(), mixtures())
def test_every_mixture_is_explained_in_both_languages(election, chosen):
    chosen = loaded(**affordable(election, chosen))
    outcome = METHOD.tally(election, chosen)
    for why in METHOD.explain(election, outcome, chosen).values():
        for said in (why.sentence, *why.steps):
            assert said.nl.endswith(".")
            assert said.en.endswith(".")


def test_the_example_on_the_page_can_be_loaded_and_frozen_with_a_round():
    page = (Path(__file__).parents[2] / "docs" / "reference" / "rules.md").read_text("utf-8")
    example = tomllib.loads(page.split("```toml")[1].split("```")[0])["voting_method"]
    chosen = loaded(**example["settings"])
    assert [pot["amount"] for pot in chosen["pots"]] == [2_500_000] * 2
    schema = METHOD.settings_schema()
    assert schema.load(json.loads(json.dumps(schema.dump(chosen)))) == chosen


def test_pots_above_the_budget_are_refused_in_a_sentence():
    pots = [{"name": "north", "projects": ["a"], "amount": 90_001}]
    with pytest.raises(TallyRefused, match="the pots hold €900"):
        count(an_election({"a": 1}, 90_000, []), pots=pots)
