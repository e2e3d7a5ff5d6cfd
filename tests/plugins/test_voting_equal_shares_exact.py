"""Equal Shares stays exact where reals cannot tell, and however its books are kept."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pb_engine.ballots import Ballot, BallotFormat
from pb_engine.plugins.equal_shares import ledger, pb_register_voting_methods, purses, run
from pb_engine.plugins.equal_shares.ledger import Ledger
from pb_engine.plugins.equal_shares.market import Market
from pb_engine.tallying import Election, Profile, Project
from tests.plugins import equal_shares_textbook
from tests.plugins.test_voting_equal_shares_promises import pay
from tests.tallying import textbook
from tests.tallying.elections import drawn, elections, plain

(METHOD,) = pb_register_voting_methods()
HUGE = 10**15
FORMATS = st.sampled_from([BallotFormat.APPROVAL, BallotFormat.POINTS])


def loaded(**given_settings):
    return METHOD.settings_schema().load(given_settings)


@st.composite
def alike(draw, max_projects=6):
    """Elections whose amounts differ by less than reals of this size can hold."""
    election = draw(FORMATS.flatmap(lambda one: elections(one, max_projects, 7)))
    sizes = st.sampled_from([HUGE, HUGE, 2 * HUGE, 3 * HUGE])
    nearly = st.builds(int.__add__, sizes, st.integers(-2, 2))
    projects = [Project(one.id, draw(nearly)) for one in election.projects]
    budget = draw(st.integers(1, 6)) * HUGE + draw(st.integers(-3, 3))
    ballots = election.profile if election.profile.voters else Profile.of([everything(election)])
    return replace(election, budget=budget, projects=tuple(projects), profile=ballots)


def everything(election):
    chosen = [project.id for project in election.projects]
    return Ballot.choosing(BallotFormat.APPROVAL, chosen)


def expected(election, *, by_cost=True):
    costs, budget, ballots, lot = plain(election)
    share = Fraction(budget, len(ballots))
    return textbook.equal_shares(costs, share, ballots, lot, by_cost=by_cost)


def bought(election, **given_settings):
    chosen = loaded(**{"completion": "none", "by": "score", **given_settings})
    return list(METHOD.tally(election, chosen).selected)


@pytest.mark.parametrize("utility", ["cost", "cardinality"])
@drawn(150)
@given(election=alike())
def test_amounts_that_reals_cannot_tell_apart_are_told_apart(utility, election):
    assert bought(election, utility=utility) == expected(election, by_cost=utility == "cost")


@drawn(150)
@given(election=alike() | elections(BallotFormat.POINTS).filter(lambda one: one.profile.voters))
def test_prices_of_such_amounts_pay_for_everything_to_the_last_fraction(election):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(purses, "CLOSE", 0.0)
        outcome = METHOD.tally(election, loaded(completion="none", by="score"))
    assert all(purse >= 0 for purse in pay(outcome, election))


@pytest.mark.parametrize("utility", ["cost", "cardinality"])
@drawn(100)
@given(election=alike(max_projects=5))
def test_overspending_tells_such_amounts_apart_as_well(utility, election):
    wanted = equal_shares_textbook.overspending(*plain(election), by_cost=utility == "cost")
    assert bought(election, utility=utility, completion="overspending") == wanted


@pytest.mark.parametrize("utility", ["cost", "cardinality"])
@drawn(60)
@given(election=elections(max_projects=24, max_ballots=5))
def test_projects_that_nobody_can_pay_any_more_change_nothing(utility, election):
    if election.profile.voters:
        by_cost = utility == "cost"
        assert bought(election, utility=utility) == expected(election, by_cost=by_cost)


@drawn(60)
@given(election=FORMATS.flatmap(elections), which=st.integers(0, 5), number=st.integers(1, 3))
def test_further_ballots_on_the_market_are_further_ballots_in_the_election(election, which, number):
    """Free projects apart: further ballots decide nothing about those."""
    at = which % len(election.projects)
    assume(election.projects[at].cost)
    profile = election.profile
    more = {election.projects[at].id: 1}
    form = profile.format
    one = (
        Ballot.weighing(form, more) if form is BallotFormat.POINTS else Ballot.choosing(form, more)
    )
    ballots = [ballot for ballot, times in profile.groups for _ in range(times)]
    grown = Market.of(
        replace(election, profile=Profile.of([*ballots, *[one] * number])), loaded(by="score")
    )
    quick = Market.of(election, loaded(by="score")).with_more(at, number)
    assert (quick.voters, quick.scores) == (grown.voters, grown.scores)
    assert set(quick.free) == set(grown.free)
    share = Fraction(election.budget, grown.voters)
    runs = run.run(quick, share), run.run(grown, share)
    assert runs[0].selected == runs[1].selected
    assert [runs[0].price(at) for at in range(len(runs[0].bought))] == [
        runs[1].price(at) for at in range(len(runs[1].bought))
    ]


def books_as_they_are(patch):
    """As cities count."""


def every_sum_in_the_archive(patch):
    patch.setattr(ledger, "_RECENT", 0.5)


def ballots_one_at_a_time(patch):
    patch.setattr(ledger, "_AT_ONCE", 1)


def sums_as_for_many_ballots(patch):
    patch.setattr(purses, "_FEW", 0)


def sums_as_for_many_marks(patch):
    patch.setattr(purses, "_MANY", 0)


def nothing_left_to_estimates(patch):
    patch.setattr(purses, "CLOSE", 0.0)


def everything_close(patch):
    patch.setattr(purses, "CLOSE", 0.5)


def estimates_that_never_grow_stale(patch):
    patch.setattr(purses, "_STALE", 1.0)


BOOKS = [
    books_as_they_are,
    every_sum_in_the_archive,
    ballots_one_at_a_time,
    sums_as_for_many_ballots,
    sums_as_for_many_marks,
    nothing_left_to_estimates,
    everything_close,
    estimates_that_never_grow_stale,
]


@pytest.mark.parametrize("keep", BOOKS)
@drawn(40)
@given(election=FORMATS.flatmap(elections) | alike())
def test_how_the_books_are_kept_changes_no_outcome(keep, election):
    chosen = loaded(completion="none", by="score")
    before = METHOD.tally(election, chosen)
    with pytest.MonkeyPatch.context() as patch:
        keep(patch)
        assert METHOD.tally(election, chosen) == before


@st.composite
def purchases(draw):
    """Purchases as a ledger takes them: who supports with what weight, the price, who is poor."""
    ballots = draw(st.integers(1, 4))
    number = draw(st.integers(1, 6))
    weighs = st.dictionaries(st.integers(0, ballots - 1), st.integers(1, 3), min_size=1)
    return ballots, [(draw(weighs), draw(st.integers(1, 40))) for _ in range(number)]


def a_market(ballots, times, marks):
    """One project per purchase, and one that everybody marks."""
    names = [f"p{at}" for at in range(len(marks))]
    weights = [
        {**{name: mark[at] for name, (mark, _) in zip(names, marks, strict=True) if at in mark}}
        for at in range(ballots)
    ]
    lists = [
        Ballot.weighing(BallotFormat.POINTS, {**some, "all": 100 + at})
        for at, some in enumerate(weights)
    ]
    every = [ballot for ballot, number in zip(lists, times, strict=True) for _ in range(number)]
    projects = tuple(Project(name, 1) for name in [*names, "all"])
    lot = tuple(project.id for project in projects)
    election = Election(1, projects, Profile.of(every), lot, 1)
    return Market.of(election, loaded(by="score"))


@pytest.mark.parametrize("recent", [0, 1, 64])
@drawn(80)
@given(history=purchases(), times=st.lists(st.integers(1, 3), min_size=4, max_size=4))
def test_the_ledger_adds_up_what_every_ballot_paid(recent, history, times):
    ballots, marks = history
    market = a_market(ballots, times[:ballots], marks)
    everybody, endowment = market.stall_at(len(marks)), Fraction(50, 3)
    has = [endowment] * ballots
    spent = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "_RECENT", recent)
        book = Ledger(endowment, market.ballots)
        for at, (_, cents) in enumerate(marks):
            stall, price = market.stalls[at], Fraction(cents, 1 + at % 2)
            bills = [price * int(weight) for weight in weights_of(stall)]
            mine = [has[row] for row in stall.rows.tolist()]
            poor = [purse < bill for purse, bill in zip(mine, bills, strict=True)]
            book.add(stall, price, stall.rows < 0 if not any(poor) else flags(stall, poor))
            paid = [min(pair) for pair in zip(mine, bills, strict=True)]
            for row, one in zip(stall.rows.tolist(), paid, strict=True):
                has[row] -= one
            spent.append(sum(int(n) * one for n, one in zip(stall.times, paid, strict=True)))
            assert book.spent(everybody) == spent
            left = [has[row] * int(market.support.times[row]) for row in range(ballots)]
            assert book.total(everybody) == sum(left)


@drawn(150)
@given(history=purchases(), cost=st.integers(1, 60), error=st.sampled_from([1e-9, 0.5, 20.0]))
def test_an_exact_price_needs_no_good_estimates(history, cost, error):
    """From a price of 0 and with estimates that may be far off: the price of the paper."""
    ballots, marks = history
    market = a_market(ballots, [1] * ballots, marks)
    book, has = Ledger(Fraction(50, 3), market.ballots), [Fraction(50, 3)] * ballots
    for stall, (_, price) in zip(market.stalls, marks, strict=False):
        bills = [Fraction(price) * weight for weight in weights_of(stall)]
        mine = [has[row] for row in stall.rows.tolist()]
        wanted = textbook._price(cost, mine, weights_of(stall))
        if wanted is not None:
            asked = replace(stall, cost=cost)
            money = np.array([float(purse) for purse in mine])
            found, poor = book.solve(asked, money, error, 0.0)
            assert found == wanted
            bill = [found * weight for weight in weights_of(stall)]
            assert poor.tolist() == [a < b or not a for a, b in zip(mine, bill, strict=True)]
        short = [purse < bill for purse, bill in zip(mine, bills, strict=True)]
        book.add(stall, Fraction(price), flags(stall, short))
        for row, one, bill in zip(stall.rows.tolist(), mine, bills, strict=True):
            has[row] = one - min(one, bill)


def weights_of(stall):
    return [1] * len(stall.rows) if stall.weights is None else stall.weights.tolist()


def flags(stall, poor):
    found = stall.rows < 0
    found[:] = poor
    return found
