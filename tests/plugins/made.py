"""Code of plugins that tests install, and what loading them is refused with."""

import pytest

from pb_engine import pluginhost
from pb_engine.errors import PluginProblem

METHOD = """
from marshmallow import Schema
from pb_engine.api import BallotFormat, Card, LocalText, hookimpl

TEXT = LocalText("tekst", "text")

class NoSettings(Schema):
    pass

class Rule:
    card = Card("{offer}", "1", TEXT, TEXT)
    settings_schema = NoSettings
    formats = frozenset({{BallotFormat.APPROVAL}})
    def tally(self, election, settings): ...
    def explain(self, election, outcome, settings): ...
"""
OFFER = """
@hookimpl
def pb_register_voting_methods():
    return [Rule()]
"""


def method(offer, hook=OFFER):
    return METHOD.format(offer=offer) + hook


def problem(*names):
    with pytest.raises(PluginProblem) as refused:
        pluginhost.load(names)
    return refused.value.sentence
