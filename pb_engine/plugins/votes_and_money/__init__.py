"""Figures for the results page: votes, money, and what other rules would have funded."""

from pb_engine.api import ResultView, hookimpl
from pb_engine.plugins.votes_and_money.view import VotesAndMoney


@hookimpl
def pb_register_result_views() -> list[ResultView]:
    """Offer ``votes_and_money``."""
    return [VotesAndMoney()]
