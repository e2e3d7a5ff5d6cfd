"""Totals: points, grades or Borda points added up, the highest total first."""

from pb_engine.api import VotingMethod, hookimpl
from pb_engine.plugins.score_totals.rule import ScoreTotals


@hookimpl
def pb_register_voting_methods() -> list[VotingMethod]:
    """Offer ``score_totals``."""
    return [ScoreTotals()]
