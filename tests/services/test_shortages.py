"""How much an idea was short where the rule tells no number, within bounds."""

import json

import pytest

from pb_engine.domain.rounds import PluginChoice
from pb_engine.services import shortages
from pb_engine.services.publication import published_record
from pb_engine.services.results import results_page
from tests.builders import a_round, a_round_in


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    rules = a_round(
        voting_method=PluginChoice("equal_shares", {"completion": "none"}), compared_methods=()
    )
    folder = tmp_path_factory.mktemp("delen")
    votes = {"Bankjes": 3, "Moestuin": 2, "AED": 1}
    return a_round_in(folder, "published", round_=rules, votes=votes)


def test_the_page_of_equal_shares_says_how_many_votes_were_missing(shared):
    page = results_page(shared.engine, shared.slug)
    lost = [row for row in page.rows if not row.funded]
    assert lost
    assert all(row.short and row.short.unit == "votes" and row.short.number for row in lost)
    steps = {row.title: " ".join(step.nl for step in row.steps) for row in lost}
    for row in lost:
        told = f"{row.short.number} {'stem' if row.short.number == 1 else 'stemmen'} te weinig"
        assert told in steps[row.title]


def test_a_search_that_would_take_too_long_is_not_begun(shared, monkeypatch):
    record, _ = published_record(shared.engine, shared.slug)
    assert json.loads(shortages.shortages(shared.engine, record))
    monkeypatch.setattr(shortages, "MOST_WORK", 1)
    assert json.loads(shortages.shortages(shared.engine, record)) == {}
    assert shortages.read_shortages(None) == {}
