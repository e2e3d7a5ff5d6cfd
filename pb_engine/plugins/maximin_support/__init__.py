"""Maximin support: costs are shared so that nobody carries more than needed."""

from pb_engine.api import VotingMethod, hookimpl
from pb_engine.plugins.maximin_support.rule import MaximinSupport


@hookimpl
def pb_register_voting_methods() -> list[VotingMethod]:
    """Offer ``maximin_support``."""
    return [MaximinSupport()]
