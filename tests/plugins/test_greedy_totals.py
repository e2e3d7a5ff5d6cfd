"""``greedy`` on totals counts as it does on the ballots behind them."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.api import Ballot, BallotFormat, Election, Profile, Project, TallyRefused
from pb_engine.api.voting import counts_totals, require_countable
from pb_engine.ballots import BallotPaper, PaperLine
from pb_engine.pluginhost import load, load_settings
from pb_engine.tallying import Totals, impossible
from pb_engine.units import Cents, ProjectId

METHODS = load(("greedy", "equal_shares")).voting_methods
IDS = tuple(map(ProjectId, "abcde"))
PROJECTS = tuple(Project(one, Cents(100 * at)) for at, one in enumerate(IDS, start=1))
SETTINGS = (
    {},
    {"per_euro": True},
    {"minimum_percent": 40},
    {"by": "votes", "skip": False},
    {"minimum_votes": 3, "leftover": True},
)
ballots = st.lists(st.sets(st.sampled_from(IDS), min_size=1, max_size=3), max_size=12)


def chosen(sets):
    return [Ballot.choosing(BallotFormat.APPROVAL, sorted(one)) for one in sets]


def election(web, **more):
    return Election(Cents(700), PROJECTS, Profile.of(chosen(web)), IDS, **more)


def totals_of(paper):
    return Totals(len(paper), {one: sum(one in sheet for sheet in paper) for one in IDS})


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
@given(web=ballots, paper=ballots.filter(bool))
def test_ballots_and_their_totals_give_the_same_outcome(settings, web, paper):
    method = METHODS["greedy"]
    loaded = load_settings(method, settings)
    by_total = election(web, totals=totals_of(paper))
    require_countable(method, loaded, by_total)
    by_sheet = election([*web, *paper])
    assert method.tally(by_total, loaded) == method.tally(by_sheet, loaded)
    assert by_total.voters == by_sheet.profile.voters
    assert method.explain(by_total, method.tally(by_total, loaded), loaded) == method.explain(
        by_sheet, method.tally(by_sheet, loaded), loaded
    )


def test_a_method_that_needs_every_ballot_is_given_no_totals():
    method = METHODS["equal_shares"]
    settings = load_settings(method, {})
    with pytest.raises(TallyRefused, match="needs every ballot"):
        require_countable(method, settings, election([], totals=Totals(1, dict.fromkeys(IDS, 1))))
    require_countable(method, settings, election([{"a"}]))
    weighed = load_settings(METHODS["greedy"], {"channel_percent": {"paper": 100}})
    assert not counts_totals(METHODS["greedy"], weighed)


@given(paper=ballots.filter(bool))
def test_totals_of_sheets_are_possible_and_others_are_told(paper):
    told = totals_of(paper)
    lines = tuple(PaperLine(one.id, one.cost) for one in PROJECTS)
    on_paper = BallotPaper(BallotFormat.APPROVAL, lines, 1, 3)
    assert impossible(told, on_paper) == ""
    more = dataclasses.replace(told, votes={**told.votes, IDS[0]: told.sheets + 1})
    assert "has" in impossible(more, on_paper)
    few = dataclasses.replace(told, votes=dict.fromkeys(IDS, 0))
    assert "cannot have" in impossible(few, on_paper)
    many = dataclasses.replace(told, votes=dict.fromkeys(IDS, told.sheets))
    assert "cannot have" in impossible(many, on_paper)
    assert "other projects" in impossible(Totals(told.sheets, {}), on_paper)
