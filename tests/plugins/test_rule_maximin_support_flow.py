"""How ``maximin_support`` divides costs, and what spares it from dividing them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pb_engine.plugins.maximin_support import balance, trail
from pb_engine.plugins.maximin_support.bounds import climb, lacking
from pb_engine.plugins.maximin_support.crowd import Crowd
from pb_engine.plugins.maximin_support.division import Division, portions
from pb_engine.plugins.maximin_support.flow import Flow
from pb_engine.plugins.maximin_support.rounds import rounds
from pb_engine.testing.builders import an_election
from tests.tallying.elections import elections

SKIP = {"ending": "skip"}
ENORMOUS = 10**30


@st.composite
def races(draw):
    """Elections with many overlaps, and some for which 64 bits are not enough."""
    election = draw(elections(max_projects=7, max_ballots=25))
    factor = draw(st.sampled_from([1, 1, ENORMOUS]))
    projects = tuple(replace(one, cost=one.cost * factor) for one in election.projects)
    return replace(election, projects=projects, budget=election.budget * factor)


def supported(crowd):
    return [at for at, voters in enumerate(crowd.voters) if voters]


def unpaid_for(crowd, projects):
    division = Division(1, {})
    for at in projects:
        division = division.choosing(crowd, at)
    return division


def most_lacking(crowd, projects, load):
    """What the worst of all sets of projects lacks, one by one."""
    return max(
        crowd.cost(some) - load * crowd.count(crowd.reach(some))
        for size in range(len(projects) + 1)
        for some in combinations(projects, size)
    )


@given(races())
def test_every_division_pays_every_cost_and_burdens_nobody_more_than_it_says(election):
    for step in rounds(election, SKIP):
        crowd, division = step.crowd, step.division
        carried = [0] * len(crowd.times)
        for at, paid in division.paid.items():
            assert sum(paid.tolist()) == crowd.costs[at] * division.parts
            assert min(paid.tolist()) >= 0
            for ballot, amount in zip(crowd.rows[at].tolist(), paid.tolist(), strict=True):
                carried[ballot] += amount
        for amount, times in zip(carried, crowd.times.tolist(), strict=True):
            assert amount <= step.before * division.parts * times


@given(races(), st.fractions(1, 400, max_denominator=20))
def test_a_flow_leaves_what_the_worst_set_of_projects_lacks(election, load):
    crowd = Crowd(election)
    projects = supported(crowd)
    worst = most_lacking(crowd, projects, load)
    flow = Flow(crowd, unpaid_for(crowd, projects), load)
    assert Fraction(flow.run(), load.denominator) == worst
    if worst:
        stuck = flow.stuck
        assert crowd.cost(stuck) - load * crowd.count(crowd.reach(stuck)) == worst


@given(races(), st.fractions(1, 400, max_denominator=20), st.integers(0, 2000))
def test_a_flow_that_may_end_early_is_exact_or_small_enough(election, load, enough):
    crowd = Crowd(election)
    start = unpaid_for(crowd, supported(crowd))
    exact = Flow(crowd, start, load).run()
    early = Flow(crowd, start, load).run(enough)
    assert exact == early or exact < early <= enough


@given(races(), st.fractions(1, 400, max_denominator=20), st.data())
def test_what_a_set_proves_is_never_too_much(election, load, data):
    crowd = Crowd(election)
    projects = supported(crowd)
    assume(projects)
    some = data.draw(st.sets(st.sampled_from(projects), min_size=1))
    lack = lacking(crowd, some, projects, load)
    begun = crowd.cost(some) - load * crowd.count(crowd.reach(some))
    assert begun <= lack <= most_lacking(crowd, projects, load)
    density, proof = climb(crowd, some, projects)
    assert crowd.density(some) <= density == crowd.density(proof)
    assert not most_lacking(crowd, projects, density) < 0


@given(st.lists(st.integers(0, 2**40), min_size=1, max_size=20), st.fractions(0, 1))
@pytest.mark.parametrize("kind", ["int64", "object"])
def test_portions_are_whole_and_never_more_than_there_is(kind, values, part):
    amount = int(sum(values) * part)
    taken = portions(np.array(values, dtype=kind), amount, sum(values)).tolist()
    assert sum(taken) == amount
    assert all(0 <= one <= value for one, value in zip(taken, values, strict=True))


def chain(length):
    """Every ballot supports two neighbours, so that relief has to go from hand to hand."""
    names = [chr(ord("a") + at) for at in range(length)]
    ballots = [[*pair] for pair in pairwise(names)]
    return an_election(dict.fromkeys(names, 100), 100 * length, [["a"], *ballots])


def test_relief_goes_from_hand_to_hand_along_a_chain():
    """Everybody pays for their second project, and the last one has nobody left but them."""
    crowd = Crowd(chain(9))
    division = unpaid_for(crowd, range(9))
    for at in range(8):
        _, places = crowd.shared(at + 1, at)
        division.paid[at][places] = 100
    flow = Flow(crowd, division, Fraction(100))
    assert flow.owed[8] == 100
    assert flow.run() == 0


def count_flows(monkeypatch):
    flows = []

    class Counted(Flow):
        def run(self, enough=0):
            flows.append(self)
            return super().run(enough)

    monkeypatch.setattr(balance, "Flow", Counted)
    return flows


def overlapping(budget):
    """Twelve projects in a row, with supporters that reach over three of them."""
    names = [chr(ord("a") + at) for at in range(12)]
    ballots = [names[at : at + 3] for at in range(12) for _ in range(5 + at)]
    return an_election({p: 1000 + 70 * at for at, p in enumerate(names)}, budget, ballots)


def test_only_the_project_that_comes_up_needs_a_flow(monkeypatch):
    """Supporters overlap everywhere, and the rivals are out by what sets of projects prove."""
    election = overlapping(20_000)
    flows = count_flows(monkeypatch)
    assert len(list(rounds(election, SKIP))) == 12
    assert 12 <= len(flows) < 20, "a flow for everybody in every round would make 78"


def test_most_steps_are_no_easier_for_a_loser_and_need_no_flow(monkeypatch):
    election = overlapping(9_000)
    steps = list(rounds(election, {"ending": "stop"}))
    losers = [at for at in range(12) if at not in {step.at for step in steps if step.funded}]
    flows = count_flows(monkeypatch)
    short = [trail.votes_short(election, steps, at, stops=True) for at in losers]
    assert all(short)
    assert len(losers) <= len(flows) < len(losers) * len(steps) // 2


def test_a_flow_starts_from_what_was_paid_before(monkeypatch):
    """Two projects without a supporter in common: the second finds the first one paid."""
    flows = count_flows(monkeypatch)
    election = an_election({"a": 100, "b": 300}, 400, ["a", "b", "b"])
    first, second = rounds(election, SKIP)
    assert (first.load, second.load) == (100, 150)
    assert flows[-1].paid.keys() == {0, 1}
    assert second.division.paid[0].tolist() == [100]


def test_a_flow_that_lacks_one_ballot_exactly_goes_on_when_the_lot_is_against_it():
    """Room pays 50 of 150 at once; the other supporter of a takes 50 over, and 50 are missing."""
    election = an_election({"a": 100, "w": 100, "z": 150}, 300, ["az", "a", "w"])
    steps = list(rounds(election, SKIP))
    assert [(step.at, step.load) for step in steps] == [(0, 50), (1, 100), (2, 150)]
    assert trail.votes_short(election, steps, 2, stops=False) == 1
