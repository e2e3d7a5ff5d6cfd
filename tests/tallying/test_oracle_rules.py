"""Elections full of ties, counted by us and by pabutools in exact mode, with the same lot.

Where the two define a rule differently, the test stays on common ground and says so.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from pb_engine.ballots import BallotFormat
from pb_engine.tallying import check_outcome
from tests.oracles import ask, needs_oracles
from tests.tallying.elections import plain
from tests.tallying.rules import METHODS
from tests.tallying.tied import COSTS, dearest_first, question, supported, tied_elections

pytestmark = [needs_oracles, pytest.mark.xdist_group("oracles")]
FREE_TOO = (0, *COSTS)


def ours(election, rule, given_settings):
    loaded = METHODS[rule].settings_schema().load(given_settings)
    return list(check_outcome(election, METHODS[rule].tally(election, loaded)).selected)


def theirs(election, rule, satisfaction=None):
    return ask("with_pabutools", question(election, rule, satisfaction))


def assert_same(election, selected, expected):
    """Free projects may come in any order: they take no money from anybody."""
    priced = {project.id for project in election.projects if project.cost}
    assert set(selected) == set(expected)
    assert [p for p in selected if p in priced] == [p for p in expected if p in priced]


@given(tied_elections(costs=FREE_TOO))
def test_greedy_by_votes(election):
    """Its utility is the cost, and what counts is utility per cost: votes."""
    assert_same(election, ours(election, "greedy", {}), theirs(election, "greedy", "cost"))


@given(tied_elections(costs=FREE_TOO))
def test_greedy_by_votes_per_cost(election):
    expected = theirs(election, "greedy", "cardinality")
    assert_same(election, ours(election, "greedy", {"per_euro": True}), expected)


@given(tied_elections(BallotFormat.POINTS, costs=FREE_TOO))
def test_greedy_by_points_per_cost(election):
    expected = theirs(election, "greedy", "points")
    assert_same(election, ours(election, "greedy", {"per_euro": True}), expected)
    assert_same(election, ours(election, "score_totals", {"order": "total_per_cost"}), expected)


@given(tied_elections(BallotFormat.RANKING, costs=FREE_TOO))
def test_greedy_by_borda_points_per_cost(election):
    """It gives the last place of a ballot 0 points, and the place before it 1."""
    expected = theirs(election, "greedy", "borda")
    chosen = {"order": "total_per_cost", "length": "own", "last": 0}
    assert_same(election, ours(election, "score_totals", chosen), expected)


NONE = {"completion": "none"}
GREEDY = {"completion": "greedy"}
ADD1 = {"completion": "add1", "variant": "pabutools"}
ADD1_GREEDY = {"completion": "add1_greedy", "variant": "pabutools"}


@pytest.mark.parametrize(
    ("rule", "completion"),
    [("", NONE), ("_greedy", GREEDY), ("_add1", ADD1), ("_add1_greedy", ADD1_GREEDY)],
)
@pytest.mark.parametrize("utility", ["cost", "cardinality"])
@given(election=tied_elections())
def test_equal_shares(rule, completion, utility, election):
    """Everything costs something: its cost utility makes a free project worthless to everybody."""
    expected = theirs(election, f"shares{rule}", utility)
    assert ours(election, "equal_shares", {"utility": utility, **completion}) == expected


@pytest.mark.parametrize(("rule", "completion"), [("", NONE), ("_add1", ADD1)])
@given(election=tied_elections(BallotFormat.POINTS, costs=FREE_TOO))
def test_equal_shares_by_points(rule, completion, election):
    """Without the greedy completion: there it goes by points per cost, and ours by points."""
    selected = ours(election, "equal_shares", {"utility": "points", **completion})
    assert_same(election, selected, theirs(election, f"shares{rule}", "points"))


@pytest.mark.parametrize(("rule", "completion"), [("", NONE), ("_add1", ADD1)])
@given(election=tied_elections(BallotFormat.RANKING))
def test_equal_shares_by_borda_points(rule, completion, election):
    """Its last place is worth nothing, so ours counts one place less."""
    places = len(election.projects) - 1
    chosen = {"utility": "borda", "places": places, **completion}
    assert ours(election, "equal_shares", chosen) == theirs(election, f"shares{rule}", "borda")


@given(tied_elections(costs=FREE_TOO).map(supported).map(dearest_first))
def test_phragmen(election):
    """It also buys what nobody wants, and stops when any of the tied projects does not fit.

    So every project has a supporter here, and the lot puts the dearest of tied ones first.
    """
    assert set(ours(election, "phragmen", {})) == set(theirs(election, "phragmen"))


@settings(max_examples=40)
@given(tied_elections(max_projects=4).map(supported))
def test_maximin_support(election):
    """It passes over what does not fit, and also buys what nobody wants."""
    expected = theirs(election, "maximin_support")
    assert ours(election, "maximin_support", {"ending": "skip"}) == expected


@pytest.mark.parametrize("utility", ["cost", "cardinality"])
@given(election=tied_elections())
def test_maximum_welfare(utility, election):
    """It lets its solver choose between lists that are worth the same: the worth is compared."""
    costs, _, ballots, _ = plain(election)

    def welfare(projects):
        worth = {one: costs[one] if utility == "cost" else 1 for one in projects}
        return sum(worth[one] for one in projects for ballot in ballots if one in ballot)

    expected = theirs(election, "max_welfare", utility)
    assert welfare(ours(election, "max_welfare", {"utility": utility})) == welfare(expected)
