"""Trying rules out: on invented ballots, on a published round, on a file."""

from __future__ import annotations

import dataclasses

import pytest

from pb_engine.ballots import BallotFormat
from pb_engine.domain.rounds import BallotRules, PluginChoice
from pb_engine.errors import (
    InvalidElectionFile,
    NotReady,
    TallyRefused,
    UnknownDownload,
    UnknownRound,
)
from pb_engine.services import tryout
from pb_engine.services.results import results_page
from pb_engine.services.tryout import try_file, try_model, try_round
from pb_engine.services.tryout_rules import tryout_options
from pb_engine.tallying.simulating import MODELS
from tests.builders import COSTS, a_round, a_round_in, an_engine
from tests.tallying.pb_text import a_file

OWN = ("ronde-0", "ronde-1")
STOPPING = a_round(
    slug="stop-2027",
    voting_method=PluginChoice("greedy", {"skip": False}),
    compared_methods=(PluginChoice("greedy"),),
)


@pytest.fixture(scope="module")
def review(tmp_path_factory):
    return a_round_in(tmp_path_factory.mktemp("review"), "review")


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    votes = {"Bankjes": 3, "Moestuin": 2, "AED": 1, "Speeltoestel": 4}
    return a_round_in(tmp_path_factory.mktemp("published"), "published", votes=votes)


def test_the_rules_of_the_round_come_first_and_keep_their_settings(review):
    options = tryout_options(review.engine, review.slug)
    own = [rule for rule in options.rules if rule.own]
    assert [rule.key for rule in own] == list(OWN)
    assert own[1].choice.settings == {"completion": "none"}
    keys = [rule.key for rule in options.rules]
    assert len(set(keys)) == len(keys)
    assert "greedy" not in keys, "the round has it with the same settings"
    assert "equal_shares" in keys
    assert [name for name, _ in options.models] == list(MODELS)
    assert options.rounds == ()


@pytest.mark.parametrize("model", sorted(MODELS))
def test_every_model_can_be_tried_on_the_ideas_of_a_round(review, model):
    found = try_model(review.engine, review.slug, model, 40, "zaad", OWN)
    assert (found.invented, found.samples, found.voters) == (True, False, 40)
    assert {project.title: project.cost for project in found.projects} == COSTS
    for row in found.rows:
        costs = {project.id: project.cost for project in found.projects}
        assert row.refused == ""
        assert row.spent == sum(costs[name] for name in row.funded) <= 10_000_00
        assert 0 <= row.without < 40
    assert found == try_model(review.engine, review.slug, model, 40, "zaad", OWN)


def test_a_round_without_ideas_is_tried_with_invented_ones(tmp_path):
    staged = a_round_in(tmp_path, "draft")
    found = try_model(staged.engine, staged.slug, "themes", 60, "zaad", OWN)
    assert found.samples
    assert len(found.projects) == 15


def test_rows_say_how_a_rule_differs_from_the_first(tmp_path):
    staged = a_round_in(tmp_path, "review", round_=STOPPING)
    tried = (
        (seed, try_model(staged.engine, staged.slug, "impartial", 50, seed, OWN))
        for seed in "abcdef"
    )
    seed, found = next(pair for pair in tried if pair[1].rows[1].only_here)
    stopping, skipping = found.rows
    titles = {project.id: project.title for project in found.projects}
    assert (stopping.only_here, stopping.only_first) == ((), ())
    extra = {titles[name] for name in skipping.funded - stopping.funded}
    assert set(skipping.only_here) == extra
    assert skipping.only_first == ()
    turned = try_model(staged.engine, staged.slug, "impartial", 50, seed, OWN[::-1])
    assert set(turned.rows[1].only_first) == extra


def test_a_published_round_gives_back_its_own_outcome(published):
    page = results_page(published.engine, published.slug)
    found = try_round(published.engine, published.slug, published.slug, OWN)
    assert (found.invented, found.voters) == (False, page.voters)
    deciding, compared = page.comparison
    assert found.rows[0].funded == deciding.funded
    assert found.rows[1].funded == compared.funded
    assert found.rows[0].spent == page.spent_cents
    assert tryout_options(published.engine, published.slug).rounds == (
        (published.slug, a_round().name),
    )


def test_a_round_that_is_not_published_gives_no_ballots(review):
    with pytest.raises(UnknownDownload):
        try_round(review.engine, review.slug, review.slug, OWN)
    with pytest.raises(UnknownRound):
        try_round(review.engine, review.slug, "geen-2027", OWN)


def test_a_file_is_counted_as_the_command_counts_it(review):
    raw = a_file(votes=["1,2", "2", "2", "1"], budget="1000.50")
    found = try_file(review.engine, review.slug, raw, OWN)
    assert found.voters == 4
    assert [(one.title, one.voters) for one in found.projects] == [("Bench", 2), ("Trees", 3)]
    assert found.rows[0].funded == {"2"}
    assert found.rows[0].spent == 500_00


def test_a_rule_that_cannot_count_the_ballots_says_so_in_its_row(review):
    rules = ("ronde-0", "majority_judgement")
    found = try_model(review.engine, review.slug, "impartial", 10, "zaad", rules)
    assert found.rows[0].refused == ""
    assert "counts grades" in found.rows[1].refused
    assert found.rows[1].funded == frozenset()


def test_a_basket_round_is_tried_with_baskets(tmp_path):
    rules = BallotRules(BallotFormat.BASKET, 1, 9, 9_000_00, may_change=True)
    staged = a_round_in(tmp_path, "review", round_=a_round(ballot=rules))
    found = try_model(staged.engine, staged.slug, "popularity", 30, "zaad", OWN)
    costs = {project.id: project.cost for project in found.projects}
    for ballot, _ in found.election.profile.groups:
        assert ballot.format is BallotFormat.BASKET
        assert sum(costs[name] for name in ballot.projects) <= 9_000_00


@pytest.mark.parametrize(
    ("ballots", "rules", "problem"),
    [
        (0, OWN, "tryout"),
        (tryout.MOST_BALLOTS + 1, OWN, "tryout"),
        (10, (), "tryout_rule"),
        (10, ("geen",), "tryout_rule"),
    ],
)
def test_what_is_too_much_or_nothing_is_refused(review, ballots, rules, problem):
    with pytest.raises(NotReady) as refused:
        try_model(review.engine, review.slug, "impartial", ballots, "zaad", rules)
    assert refused.value.details["problem"] == problem


@pytest.mark.parametrize("bound", ["MOST_WORK", "MOST_PROJECTS", "MOST_RULES"])
def test_work_is_bounded_before_anything_is_counted(review, monkeypatch, bound):
    def never(*_args):
        raise AssertionError("counted")

    monkeypatch.setattr(tryout, bound, 1)
    monkeypatch.setattr(tryout, "count_once", never)
    with pytest.raises(NotReady) as refused:
        try_model(review.engine, review.slug, "impartial", 20, "zaad", OWN)
    assert refused.value.details == {"problem": "tryout", "limit": 1}


def test_a_file_that_is_too_large_or_damaged_is_refused(review, monkeypatch):
    with pytest.raises(InvalidElectionFile, match="line 1"):
        try_file(review.engine, review.slug, b"geen bestand", OWN)
    monkeypatch.setattr(tryout, "MOST_FILE", 10)
    with pytest.raises(NotReady):
        try_file(review.engine, review.slug, a_file(), OWN)


def test_an_unknown_model_is_refused(review):
    with pytest.raises(TallyRefused, match="no model"):
        try_model(review.engine, review.slug, "glazen bol", 10, "zaad", OWN)


def test_a_rule_that_fails_breaks_its_row_only(review):
    class Broken:
        def __getattr__(self, name):
            return getattr(review.engine.plugins.voting_methods["greedy"], name)

        def tally(self, _election, _settings):
            raise ZeroDivisionError("oei")

    methods = {**review.engine.plugins.voting_methods, "greedy": Broken()}
    plugins = dataclasses.replace(review.engine.plugins, voting_methods=methods)
    engine = dataclasses.replace(review.engine, plugins=plugins)
    found = try_model(engine, review.slug, "impartial", 10, "zaad", OWN)
    assert "ZeroDivisionError" in found.rows[0].refused
    assert found.rows[1].refused == ""
    assert found.rows[1].only_here == ()


def test_an_installation_without_the_rule_of_a_round_says_so_in_the_row(review):
    plugins = dataclasses.replace(review.engine.plugins, voting_methods={})
    engine = dataclasses.replace(review.engine, plugins=plugins)
    found = try_model(engine, review.slug, "impartial", 10, "zaad", ["ronde-0"])
    assert "no loaded plugin offers" in found.rows[0].refused
    assert found.rows[0].rule.label.nl == "greedy"


def test_an_unknown_round_is_refused(tmp_path):
    engine = an_engine(tmp_path)
    with pytest.raises(UnknownRound):
        tryout_options(engine, "geen-2027")
    with pytest.raises(UnknownRound):
        try_model(engine, "geen-2027", "impartial", 10, "zaad", OWN)
