"""Counting: elections, outcomes, lots, the published record, and files of other counters.

Pure: no clock, no chance, and no float decides anything.
"""

from pb_engine.tallying.check import check_outcome
from pb_engine.tallying.columns import Columns, Support
from pb_engine.tallying.election import Election, Profile, Project
from pb_engine.tallying.hand_count import MOST_BY_TOTALS, TOTALS_FORMATS, Totals, impossible
from pb_engine.tallying.lots import draw_lot, lot_without_seed
from pb_engine.tallying.outcome import Decision, Exact, Explanation, Outcome, Verdict

__all__ = [
    "MOST_BY_TOTALS",
    "TOTALS_FORMATS",
    "Columns",
    "Decision",
    "Election",
    "Exact",
    "Explanation",
    "Outcome",
    "Profile",
    "Project",
    "Support",
    "Totals",
    "Verdict",
    "check_outcome",
    "draw_lot",
    "impossible",
    "lot_without_seed",
]
