"""A voting method for pb-engine: the cheapest supported projects first."""

from pb_engine.api import VotingMethod, hookimpl
from pb_example_rule.rule import CheapestFirst


@hookimpl
def pb_register_voting_methods() -> list[VotingMethod]:
    """Offer the method ``cheapest_first``."""
    return [CheapestFirst()]
