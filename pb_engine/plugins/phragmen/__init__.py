"""Phragmén: everybody earns at the same pace, and supporters pay as soon as they can."""

from pb_engine.api import VotingMethod, hookimpl
from pb_engine.plugins.phragmen.rule import Phragmen


@hookimpl
def pb_register_voting_methods() -> list[VotingMethod]:
    """Offer ``phragmen``."""
    return [Phragmen()]
