"""Endowments that rise step by step: runs that are proven are as good as runs that are made."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from pb_engine.plugins.equal_shares.climb import alike, climb
from pb_engine.plugins.equal_shares.market import Market
from pb_engine.plugins.equal_shares.run import run
from pb_engine.plugins.equal_shares.settings import EqualSharesSettings
from pb_engine.testing.builders import an_election
from tests.tallying.elections import drawn, elections


def market_of(election, utility="cost"):
    return Market.of(election, EqualSharesSettings().load({"utility": utility}))


@drawn(60)
@given(elections(max_ballots=7), st.sampled_from(["cost", "cardinality"]), st.integers(1, 30))
def test_every_run_that_was_left_out_buys_what_was_proven(election, utility, step):
    assume(election.profile.voters)
    market = market_of(election, utility)
    share = Fraction(election.budget, election.profile.voters)
    before = run(market, share)
    made = 0
    for following in climb(market, before, share, step):
        between = before.endowment + step
        while between < following.endowment:
            assert run(market, between).selected == before.selected
            between += step
        before, made = following, made + 1
        if len(before.bought) == len(market.stalls) or made == 40:
            break


@drawn(60)
@given(elections(max_ballots=8), st.integers(1, 200))
def test_a_run_that_knows_one_above_it_buys_what_it_would_have_bought(election, more):
    assume(election.profile.voters)
    market = market_of(election)
    share = Fraction(election.budget, election.profile.voters)
    alone, above = run(market, share, name_ties=True), run(market, share + more)
    led = run(market, share, above=above, name_ties=True)
    assert led.selected == alone.selected
    assert [set(one.tied) for one in led.bought] == [set(one.tied) for one in alone.bought]


def test_equal_outcomes_at_two_ends_prove_nothing_by_themselves():
    """With 58 and with 62 per ballot a and d are bought, with 60 in between a and c."""
    ballots = [["b", "d"], ["a", "d"], ["a", "c", "d"], ["a", "c", "d"], ["a"]]
    market = market_of(an_election({"a": 180, "b": 80, "c": 30, "d": 90}, 10_000, ballots))
    below, between, above = (run(market, Fraction(money)) for money in (58, 60, 62))
    assert below.selected == above.selected != between.selected
    assert not alike(below, above)


def test_most_runs_need_not_be_made():
    ballots = [["a"]] * 3 + [["b"]] * 2 + [["a", "b", "c"]]
    market = market_of(an_election({"a": 9_000, "b": 40_000, "c": 70_000}, 60_000, ballots))
    start = run(market, Fraction(10_000))
    made = 0
    for following in climb(market, start, Fraction(10_000), 1):
        made += 1
        if len(following.bought) == 3:
            break
    assert following.endowment == 85_584  # 70,000 after shares in a and b
    assert made < 80


def test_a_lasting_tie_does_not_stop_the_proof():
    """Equal prices that do not depend on the endowment are proven by the lot."""
    market = market_of(
        an_election({"a": 100, "b": 100, "c": 10_000}, 10_000, [["a"], ["b"], ["c"]])
    )
    start = run(market, Fraction(200))
    assert start.bought[0].follow
    runs = climb(market, start, Fraction(200), 1)
    numbers = [next(runs).endowment for _ in range(5)]
    assert numbers[-1] - numbers[0] > 5
