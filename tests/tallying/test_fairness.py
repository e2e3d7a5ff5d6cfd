"""How fair an outcome is to its voters."""

from __future__ import annotations

import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.ballots import Ballot, BallotFormat
from pb_engine.pluginhost import load, load_settings
from pb_engine.tallying import Decision, Election, Outcome, Profile, Project, Verdict
from pb_engine.tallying.fairness import (
    AXIOMS,
    Place,
    fairness_of,
    fairness_sentences,
    percent,
)
from pb_engine.tallying.fairness.gains import gini
from pb_engine.tallying.figures import voters_served
from pb_engine.tallying.pabulib import read_pabulib
from pb_engine.testing.builders import an_election
from tests.tallying import textbook_fairness as textbook
from tests.tallying.elections import drawn, elections, plain
from tests.tallying.real_files import FOLDER, needs_real_files


def funding(election, chosen):
    """An outcome that funds these projects; nobody asks here whether that is possible."""
    decisions = (
        Decision(p.id, Verdict.FUNDED if p.id in chosen else Verdict.NOT_FUNDED, "example", 0)
        for p in election.projects
    )
    return Outcome("example", "1", tuple(chosen), tuple(decisions))


@st.composite
def outcomes(draw):
    election = draw(elections(max_projects=5, max_ballots=7))
    chosen = draw(st.sets(st.sampled_from([p.id for p in election.projects])))
    return election, funding(election, sorted(chosen))


def supported(election):
    costs, budget, ballots, _ = plain(election)
    return costs, budget, [set(ballot) for ballot in ballots]


@given(outcomes())
def test_counts_and_money_equal_the_textbook(drawn):
    election, outcome = drawn
    costs, _, ballots = supported(election)
    fairness = fairness_of(election, outcome)
    amounts = [sum(costs[p] for p in ballot & set(outcome.selected)) for ballot in ballots]
    assert list(fairness.reached) == textbook.reached(ballots, set(outcome.selected))
    assert fairness.served == voters_served(election, outcome)
    assert fairness.served + fairness.excluded == fairness.voters == len(ballots)
    assert fairness.money == Fraction(sum(amounts), len(ballots) or 1)
    assert fairness.gini == textbook.gini(amounts)


@given(outcomes())
def test_a_claim_is_found_exactly_where_the_textbook_finds_a_group(drawn):
    election, outcome = drawn
    costs, budget, ballots = supported(election)
    if not ballots:
        assert fairness_of(election, outcome).checks == ()
        return
    for check in fairness_of(election, outcome).checks:
        groups = textbook.short_groups(costs, budget, ballots, set(outcome.selected), check.axiom)
        assert {claim.project for claim in check.claims} == {project for project, _ in groups}
        for claim in check.claims:
            sizes = {len(group) for project, group in groups if project == claim.project}
            assert claim.voters in sizes
            assert claim.share == Fraction(claim.voters * budget, len(ballots))


@given(outcomes())
def test_a_claim_can_be_checked_by_hand(drawn):
    election, outcome = drawn
    costs, _, ballots = supported(election)
    funded = set(outcome.selected)
    for check in fairness_of(election, outcome).checks:
        for claim in check.claims:
            fans = [ballot & funded for ballot in ballots if claim.project in ballot]
            have = [
                len(one) if check.axiom == "count" else sum(costs[p] for p in one) for one in fans
            ]
            group = [amount for amount in have if amount <= claim.most]
            assert (len(group), max(group)) == (claim.voters, claim.most)
            assert claim.most < claim.due


@given(outcomes())
def test_whoever_passes_the_hard_question_passes_the_easy_one(drawn):
    fairness = fairness_of(*drawn)
    if fairness.voters and fairness.check("cost").holds:
        assert fairness.check("cost_up_to_one").holds


RULES = {"cost": "cost_up_to_one", "cardinality": "count"}


@pytest.mark.parametrize(("utility", "axiom"), RULES.items())
@pytest.mark.parametrize("completion", ["none", "greedy", "add1"])
@drawn(25)
@given(election=elections())
def test_equal_shares_leaves_no_group_with_too_little(utility, axiom, completion, election):
    method = load(["equal_shares"]).voting_methods["equal_shares"]
    chosen = load_settings(method, {"utility": utility, "completion": completion})
    fairness = fairness_of(election, method.tally(election, chosen))
    if fairness.voters:
        assert fairness.check(axiom).holds, fairness.check(axiom).claims


def test_most_votes_first_leaves_a_minority_with_nothing():
    ballots = [["a", "b"]] * 6 + [["c"]] * 4
    election = an_election({"a": 500_00, "b": 500_00, "c": 400_00}, 1000_00, ballots)
    outcome = funding(election, ["a", "b"])
    fairness = fairness_of(election, outcome)
    assert fairness.exclusion_ratio == Fraction(2, 5)
    assert fairness.reached == (4, 0, 6)
    (claim,) = fairness.check("cost_up_to_one").claims
    assert (claim.project, claim.voters, claim.share, claim.most) == ("c", 4, 400_00, 0)
    served, money, group = fairness_sentences(election, fairness)
    assert served.nl == "6 van de 10 kiezers hebben minstens één idee dat geld krijgt (60,0%)."
    assert served.en == "6 of the 10 voters have at least one funded project (60.0%)."
    assert money.nl == "Gemiddeld gaat € 600 naar ideeën waarop een kiezer stemde."
    assert "4 kiezers steunen ‘Title c’" in group.nl
    assert "their share" in group.en.lower()


def test_ballots_with_weights_are_counted_but_not_asked_about_their_share():
    election = an_election(
        {"a": 10, "b": 10}, 10, [["a", "b"], ["b"]], ballot_format=BallotFormat.POINTS
    )
    fairness = fairness_of(election, funding(election, ["a"]))
    assert (fairness.served, fairness.checks) == (1, ())


def test_a_grade_of_zero_is_no_support():
    ballots = [Ballot.weighing(BallotFormat.SCORE, {"a": 0}), Ballot.weighing("score", {"a": 2})]
    election = Election(10, (Project("a", 10),), Profile.of(ballots), ("a",))
    outcome = funding(election, ["a"])
    assert fairness_of(election, outcome).served == voters_served(election, outcome) == 1


def test_money_per_place_stands_beside_residents_and_votes():
    election = an_election({"a": 300, "b": 100, "c": 200}, 500, [["a"], ["a", "c"], ["b"], ["c"]])
    places = [
        Place("Noord", frozenset({"a", "c"}), residents=100),
        Place("Zuid", frozenset({"b", "c"}), residents=300),
    ]
    north, south = fairness_of(election, funding(election, ["a", "c"]), places).areas
    assert (north.money, south.money) == (400, 100)
    assert (north.money_part, south.money_part) == (Fraction(4, 5), Fraction(1, 5))
    assert (north.residents_part, south.residents_part) == (Fraction(1, 4), Fraction(3, 4))
    assert (north.votes_part, south.votes_part) == (Fraction(3, 5), Fraction(2, 5))
    assert (north.projects, north.funded, south.projects, south.funded) == (2, 2, 2, 1)


def test_a_place_whose_residents_nobody_counted_leaves_residents_out():
    election = an_election({"a": 300}, 500, [["a"]])
    places = [Place("Noord", frozenset({"a"}), 100), Place("Zuid", frozenset())]
    areas = fairness_of(election, funding(election, ["a"]), places).areas
    assert [area.residents_part for area in areas] == [None, None]


@given(outcomes())
def test_the_document_is_plain_and_names_every_question(drawn):
    document = fairness_of(*drawn).document()
    assert json.loads(json.dumps(document)) == document
    assert set(document["ejr_plus"]) in (set(AXIOMS), set())


def test_an_empty_box_is_fair_in_words_too():
    election = an_election({"a": 300}, 500, [])
    fairness = fairness_of(election, funding(election, []))
    assert (fairness.exclusion_ratio, fairness.money, fairness.gini) == (0, 0, 0)
    (only,) = fairness_sentences(election, fairness)
    assert only.nl == "Er zijn geen stembiljetten."


def test_amounts_beyond_the_machine_are_exact():
    huge = 10**25
    election = an_election({"a": huge, "b": huge}, 2 * huge, [["a"], ["b"], ["b"]])
    fairness = fairness_of(election, funding(election, ["a"]))
    assert fairness.money == Fraction(huge, 3)
    (claim,) = fairness.check("cost_up_to_one").claims
    assert (claim.project, claim.share) == ("b", Fraction(4 * huge, 3))


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 3)), min_size=1, max_size=6))
def test_ballots_that_were_grouped_have_the_same_gini(pairs):
    values, times = (np.array(column, dtype=np.int64) for column in zip(*pairs, strict=True))
    assert gini(values, times) == textbook.gini(np.repeat(values, times).tolist())


def test_a_percentage_has_one_decimal_and_rounds_up_from_the_middle():
    assert percent(Fraction(813, 1000)).nl == "81,3%"
    assert percent(Fraction(1, 3)).en == "33.3%"
    assert percent(Fraction(1, 2000)).nl == "0,1%"
    assert percent(Fraction(1)).nl == "100,0%"


@needs_real_files
@pytest.mark.parametrize(
    "name", ["Netherlands_Assen_2024", "Netherlands_Assen_2025", "Netherlands_Amsterdam_522"]
)
def test_real_rounds_under_equal_shares_leave_no_group_with_too_little(name):
    with (FOLDER / f"{name}.pb").open("rb") as stream:
        election = read_pabulib(stream).election
    method = load(["equal_shares"]).voting_methods["equal_shares"]
    fairness = fairness_of(election, method.tally(election, load_settings(method, {})))
    assert fairness.check("cost_up_to_one").holds


@needs_real_files
def test_warsaw_by_most_votes_leaves_a_group_with_too_little():
    with (FOLDER / "poland_warszawa_2024_.pb").open("rb") as stream:
        election = read_pabulib(stream).election
    method = load(["greedy"]).voting_methods["greedy"]
    fairness = fairness_of(election, method.tally(election, load_settings(method, {})))
    assert (fairness.served, fairness.voters) == (67_508, 75_255)
    claim = fairness.check("cost_up_to_one").claims[0]
    assert (claim.project, claim.voters, claim.most) == ("1241", 744, 32_000_00)
