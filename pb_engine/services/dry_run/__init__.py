"""A rehearsal of a round with invented ballots, in memory alone.

Nothing here knows a store: it takes a round, a paper, projects and plugins, and gives findings.
"""

from pb_engine.services.dry_run.findings import Finding, Level, Rehearsal, ResultLine
from pb_engine.services.dry_run.run import REHEARSED, dry_run
from pb_engine.services.dry_run.texts import RoundText
from pb_engine.services.dry_run.told import Saying

__all__ = [
    "REHEARSED",
    "Finding",
    "Level",
    "Rehearsal",
    "ResultLine",
    "RoundText",
    "Saying",
    "dry_run",
]
