"""A figure for the results page: how the money went, step by step."""

from pb_engine.api import ResultView, hookimpl
from pb_engine.plugins.round_story.view import RoundStory


@hookimpl
def pb_register_result_views() -> list[ResultView]:
    """Offer ``round_story``."""
    return [RoundStory()]
