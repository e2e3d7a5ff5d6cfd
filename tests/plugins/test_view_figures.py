"""The views ``round_story``, ``money_flow`` and ``voters_served``."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pb_engine.api import Decision, Explanation, LocalText, Outcome, Result, Verdict
from pb_engine.api.counting import Place
from pb_engine.ballots import BallotFormat
from pb_engine.pluginhost import load, load_settings
from pb_engine.plugins import money_flow, round_story, voters_served
from pb_engine.plugins.money_flow.groups import NO_GROUP, groups_of
from pb_engine.plugins.money_flow.losers import left_of, spent_on
from pb_engine.plugins.money_flow.merge import largest, whole_parts
from pb_engine.plugins.money_flow.payments import payments
from pb_engine.plugins.money_flow.shares import out_of_shares
from pb_engine.testing.builders import an_election
from pb_engine.testing.results import ResultViewContract
from tests.tallying.elections import elections

(STORY,) = round_story.pb_register_result_views()
(FLOW,) = money_flow.pb_register_result_views()
(SERVED,) = voters_served.pb_register_result_views()
FEW = {"most_groups": 1, "most_projects": 1}


class TestRoundStoryKeepsTheContract(ResultViewContract):
    view = STORY


class TestMoneyFlowKeepsTheContract(ResultViewContract):
    view = FLOW
    settings = FEW


class TestVotersServedKeepsTheContract(ResultViewContract):
    view = SERVED


def counted(election, rule="equal_shares", **chosen):
    method = load([rule]).voting_methods[rule]
    return method.tally(election, load_settings(method, chosen))


def result_of(election, outcome, **more):
    return Result(election, outcome, (), **more)


def flow_of(election, outcome, **chosen):
    figures = FLOW.figures(result_of(election, outcome), load_settings(FLOW, chosen))
    return figures[0] if figures else None


MINORITY = an_election(
    {"park": 600_00, "bench": 200_00, "swing": 200_00},
    1000_00,
    [["park"], ["park"], ["park"], ["bench", "swing"], ["bench", "swing"]],
)


def test_voters_of_equal_shares_pay_out_of_their_shares():
    outcome = counted(MINORITY, completion="none")
    assert set(outcome.selected) == {"park", "bench", "swing"}
    flow = flow_of(MINORITY, outcome)
    assert "uit hun deel van het budget" in flow.caption.nl
    named = [
        (flow.sources[one.source].label.nl, flow.targets[one.target].label.nl, one.value)
        for one in flow.streams
    ]
    assert named == [
        ("Title park", "Title park", 600_00),
        ("Title bench", "Title bench", 200_00),
        ("Title bench", "Title swing", 200_00),
    ]


def test_under_other_rules_the_cost_is_divided_over_who_voted_for_it():
    ballots = [["a"], ["b", "a"], ["b"], ["b"]]
    election = an_election({"a": 300_00, "b": 900_00}, 300_00, ballots)
    flow = flow_of(election, counted(election, "greedy"))
    assert "gelijk verdeeld over wie erop stemde" in flow.caption.nl
    values = sorted(one.value for one in flow.streams)
    assert values == [150_00, 150_00]
    assert [stop.label.nl for stop in flow.sources] == ["Title a", "Title b"]


def paid_in(election, outcome, groups):
    return payments(election, outcome, groups, out_of_shares(election, outcome))


@st.composite
def counts(draw):
    format_ = draw(st.sampled_from([BallotFormat.APPROVAL, BallotFormat.POINTS]))
    election = draw(elections(format_))
    rule = draw(st.sampled_from(["equal_shares", "greedy"]))
    by = draw(st.sampled_from(["votes", "score"]))
    return election, counted(election, rule, by=by), rule


@settings(max_examples=60)
@given(counts())
def test_every_project_receives_exactly_its_cost(drawn):
    election, outcome, _ = drawn
    paid = paid_in(election, outcome, groups_of(election)).paid
    costs = {at: p.cost for at, p in enumerate(election.projects) if p.id in outcome.selected}
    assert {at: sum(parts.values()) for at, parts in paid.items()} == costs
    for chosen in ({}, FEW):
        flow = flow_of(election, outcome, **chosen)
        streamed = sum(one.value for one in flow.streams) if flow else 0
        assert streamed == sum(costs.values())


@settings(max_examples=60)
@given(counts())
def test_nobody_pays_more_than_their_endowment(drawn):
    election, outcome, rule = drawn
    groups = groups_of(election)
    found = paid_in(election, outcome, groups)
    if not found.shares:
        assert rule == "greedy" or not any("price" in one.facts for one in outcome.decisions)
        return
    endowment = Fraction(outcome.facts["endowment"])
    for group in set(groups.tolist()) - {NO_GROUP}:
        people = int(election.support.times[groups == group].sum())
        given_ = sum(parts.get(group, 0) for parts in found.paid.values())
        assert given_ <= people * endowment


def test_prices_that_do_not_add_up_are_not_believed():
    outcome = counted(MINORITY, completion="none")
    first, *rest = outcome.decisions
    wrong = replace(first, facts={**first.facts, "price": 1})
    assert out_of_shares(MINORITY, replace(outcome, decisions=(wrong, *rest))) is None


def test_what_completion_adds_is_paid_by_nobody():
    election = an_election({"a": 60_00, "b": 60_00}, 120_00, [["a"], ["a"], ["b"]])
    outcome = counted(election, completion="greedy")
    flow = flow_of(election, outcome)
    assert flow.sources[-1].label.en == "(nobody: money that was left)"


@given(st.lists(st.fractions(0, 10, max_denominator=7), min_size=1, max_size=6))
def test_rounding_keeps_the_sum(parts):
    parts.append(-sum(parts) % 1)
    whole = whole_parts(dict(enumerate(parts)))
    assert sum(whole.values()) == sum(parts)
    assert all(abs(whole[at] - part) < 1 for at, part in enumerate(parts))


def test_one_that_would_stand_alone_among_the_others_keeps_its_name():
    totals = {"a": 3, "b": 2, "c": 1}
    assert largest(totals, 2) == ["a", "b", "c"]
    assert largest(totals, 1) == ["a"]


def test_a_story_tells_why_in_the_words_of_the_rule():
    outcome = counted(MINORITY, "greedy")
    why = Explanation(LocalText(nl="Daarom.", en="That is why."))
    result = result_of(MINORITY, outcome, explanations={"park": why})
    (story,) = STORY.figures(result, {})
    assert [step.label.nl for step in story.steps] == ["Title park", "Title bench", "Title swing"]
    assert [step.left for step in story.steps] == [400_00, 200_00, 0]
    assert story.steps[0].why.nl == "Daarom."
    assert story.steps[1].why.en == "2 voters voted for it."
    assert story.caption.nl == "Aan het begin was er € 1.000. Na 3 stappen was er nog € 0."


def test_part_of_a_project_is_a_step_too():
    election = an_election({"a": 60_00, "b": 60_00}, 100_00, [["a"], ["a"], ["b"]])
    decisions = (
        Decision("a", Verdict.FUNDED, "funded", 2),
        Decision("b", Verdict.NOT_FUNDED, "partly_funded", 1, {"amount": 40_00, "left": 40_00}),
    )
    outcome = Outcome("greedy", "1", ("a",), decisions)
    (story,) = STORY.figures(result_of(election, outcome), {})
    assert [(step.amount, step.left) for step in story.steps] == [(60_00, 40_00), (40_00, 0)]


def test_voters_are_counted_by_what_they_get_and_rules_stand_side_by_side():
    other = (LocalText(nl="Niets", en="Nothing"), counted(MINORITY, "greedy", minimum_votes=99))
    result = replace(result_of(MINORITY, counted(MINORITY)), compared=(other,))
    bars, grid = SERVED.figures(result, {})
    assert [bar.value for bar in bars.bars] == [0, 3, 2]
    assert "5 van de 5 kiezers" in bars.caption.nl
    served, left_out, *_, holds = grid.rows
    assert [cell.nl for cell in served] == [
        "Kiezers met een idee dat geld krijgt",
        "5 van 5",
        "0 van 5",
    ]
    assert [cell.en for cell in left_out[1:]] == ["0.0%", "100.0%"]
    assert [cell.en for cell in holds[1:]] == ["yes", "no"]


@pytest.mark.parametrize("residents", [100, None])
def test_areas_stand_beside_residents_where_they_are_known(residents):
    places = (
        Place("Noord", frozenset({"park"}), residents),
        Place("Zuid", frozenset({"bench", "swing"}), 300),
    )
    result = result_of(MINORITY, counted(MINORITY), places=places)
    *_, grid = SERVED.figures(result, {})
    north, _ = grid.rows
    assert [cell.nl for cell in north[:4]] == ["Noord", "1 van 1", "€ 600", "60,0%"]
    assert len(grid.headings) == len(north) == (6 if residents else 5)


def test_many_projects_on_a_ballot_share_one_bar():
    costs = {f"p{at}": 100 for at in range(12)}
    election = an_election(costs, 1200, [list(costs), ["p0"]])
    bars, _ = SERVED.figures(result_of(election, counted(election)), {})
    assert bars.bars[-1].label.nl == "8 of meer ideeën"
    assert sum(bar.value for bar in bars.bars) == 2


@settings(max_examples=60)
@given(counts())
def test_what_voters_have_left_is_what_the_rule_says_that_they_could_carry(drawn):
    election, outcome, _ = drawn
    shares = out_of_shares(election, outcome)
    if shares is None:
        return
    for at, project in enumerate(election.projects):
        facts, voters = outcome.decision(project.id).facts, election.support.voters[at]
        left = left_of(election, shares, at)
        spent = sum(spent_on(election, shares, at).values())
        assert left + spent == voters * shares.endowment
        if "could_carry" in facts and election.profile.format is BallotFormat.APPROVAL:
            assert left == Fraction(facts["could_carry"])


def test_it_tells_where_the_money_of_the_others_went():
    ballots = [["park"], ["park"], ["park", "pool"], ["pool"], ["park"]]
    election = an_election({"park": 600_00, "pool": 500_00, "dear": 9000_00}, 1000_00, ballots)
    outcome = counted(election, completion="none")
    flow, table = FLOW.figures(result_of(election, outcome), load_settings(FLOW, {}))
    assert flow.streams
    (row,) = table.rows
    assert [cell.nl for cell in row] == [
        "Title pool",
        "€ 500",
        "2",
        "€ 400",
        "Title park (€ 150)",
        "€ 250",
    ]
