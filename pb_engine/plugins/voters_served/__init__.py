"""Figures for the results page: how many voters get something, and whether it is shared fairly."""

from pb_engine.api import ResultView, hookimpl
from pb_engine.plugins.voters_served.view import VotersServed


@hookimpl
def pb_register_result_views() -> list[ResultView]:
    """Offer ``voters_served``."""
    return [VotersServed()]
