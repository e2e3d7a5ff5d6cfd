"""Further words of counting, for methods and for the test kit."""

from pb_engine.tallying import Exact, Support, check_outcome, draw_lot

__all__ = ["Exact", "Support", "check_outcome", "draw_lot"]
