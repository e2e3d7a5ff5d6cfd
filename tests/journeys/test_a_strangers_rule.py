"""A stranger's plugin, built and installed as its own distribution, decides a real round."""

import pytest

from pb_engine.domain.rounds import PluginChoice
from pb_engine.errors import InvalidRound, PluginProblem
from pb_engine.services import counting, rounds
from pb_engine.services.results import results_page
from pb_engine.services.round_files import round_text
from pb_engine.settings import BUILT_IN_PLUGINS
from tests.builders import a_round, a_round_in, an_engine
from tests.plugins.example import example_distribution

__all__ = ["example_distribution"]
VOTES = {"Speeltoestel": 5, "AED": 1}
STRANGE = a_round(
    voting_method=PluginChoice("cheapest_first"), compared_methods=(PluginChoice("greedy"),)
)


def test_an_installed_rule_that_is_not_named_decides_nothing(example_distribution, tmp_path):
    engine = an_engine(tmp_path)
    path = tmp_path / "proef-2027.toml"
    path.write_text(round_text(STRANGE), encoding="utf-8")
    with pytest.raises(InvalidRound, match="cheapest_first"):
        rounds.import_round(engine, path, "team")


def test_a_strangers_rule_decides_a_real_round(example_distribution, tmp_path):
    engine = an_engine(tmp_path, plugins=(*BUILT_IN_PLUGINS, "cheapest_first"))
    staged = a_round_in(engine, "published", round_=STRANGE, votes=VOTES)
    page = results_page(staged.engine, staged.slug)
    funded = [row.title for row in page.rows if row.funded]
    assert funded[0] == "AED", "the cheapest project goes first, whatever the votes"
    assert all(row.sentence.nl and row.sentence.en for row in page.rows)
    assert [rule.deciding for rule in page.comparison] == [True, False]


def test_a_round_whose_rule_is_gone_on_counting_day_is_not_counted(example_distribution, tmp_path):
    engine = an_engine(tmp_path, plugins=(*BUILT_IN_PLUGINS, "cheapest_first"))
    staged = a_round_in(engine, "opened", round_=STRANGE, votes=VOTES)
    bare = an_engine(tmp_path, now=staged.engine.clock())
    with pytest.raises(PluginProblem, match="PB_PLUGINS"):
        counting.tally(bare, staged.slug, "team")
    counting.tally(staged.engine, staged.slug, "team")
