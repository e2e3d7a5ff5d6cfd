"""Most votes first: the rule that most cities use, and that Enschede published in 2023."""

from pb_engine.api import VotingMethod, hookimpl
from pb_engine.plugins.greedy.rule import MostVotesFirst


@hookimpl
def pb_register_voting_methods() -> list[VotingMethod]:
    """Offer ``greedy``."""
    return [MostVotesFirst()]
