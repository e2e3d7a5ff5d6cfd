"""The Method of Equal Shares: every ballot gets an equal share of the money to spend."""

from pb_engine.api import VotingMethod, hookimpl
from pb_engine.plugins.equal_shares.rule import EqualShares


@hookimpl
def pb_register_voting_methods() -> list[VotingMethod]:
    """Offer ``equal_shares``."""
    return [EqualShares()]
