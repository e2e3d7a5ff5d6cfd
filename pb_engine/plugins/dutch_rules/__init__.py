"""What Dutch cities do with the most votes first: one rule, and its variants as settings."""

from pb_engine.api import VotingMethod, hookimpl
from pb_engine.plugins.dutch_rules.rule import DutchGreedy


@hookimpl
def pb_register_voting_methods() -> list[VotingMethod]:
    """Offer ``dutch_greedy``."""
    return [DutchGreedy()]
