"""Further words of counting, for methods, for result views, and for the test kit."""

from pb_engine.tallying import Exact, Support, check_outcome, draw_lot
from pb_engine.tallying.columns import Whole
from pb_engine.tallying.fairness import (
    AreaShare,
    Check,
    Claim,
    Fairness,
    Place,
    fairness_of,
    fairness_sentences,
    percent,
)

__all__ = [
    "AreaShare",
    "Check",
    "Claim",
    "Exact",
    "Fairness",
    "Place",
    "Support",
    "Whole",
    "check_outcome",
    "draw_lot",
    "fairness_of",
    "fairness_sentences",
    "percent",
]
