"""Maximum welfare: of all lists that fit, the one with the most support."""

from pb_engine.api import VotingMethod, hookimpl
from pb_engine.plugins.max_welfare.rule import MaxWelfare


@hookimpl
def pb_register_voting_methods() -> list[VotingMethod]:
    """Offer ``max_welfare``."""
    return [MaxWelfare()]
