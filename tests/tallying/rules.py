"""Every rule that comes with the engine, by name."""

from __future__ import annotations

from pb_engine.api import VotingMethod
from pb_engine.plugins import (
    dutch_rules,
    equal_shares,
    greedy,
    majority_judgement,
    max_welfare,
    maximin_support,
    phragmen,
    score_totals,
)

PLUGINS = (
    dutch_rules,
    equal_shares,
    greedy,
    majority_judgement,
    max_welfare,
    maximin_support,
    phragmen,
    score_totals,
)
METHODS: dict[str, VotingMethod] = {
    method.card.name: method for plugin in PLUGINS for method in plugin.pb_register_voting_methods()
}
