"""A figure for the results page: whose votes sent the money where."""

from pb_engine.api import ResultView, hookimpl
from pb_engine.plugins.money_flow.view import MoneyFlow


@hookimpl
def pb_register_result_views() -> list[ResultView]:
    """Offer ``money_flow``."""
    return [MoneyFlow()]
