"""Published counts as values and as bytes, for exporters and their tests."""

from pb_engine.ballots import BallotPaper, PaperGroup, PaperLine
from pb_engine.tallying.pabulib import pabulib_bytes
from pb_engine.tallying.record import ElectionRecord, MethodChoice, record_bytes
from pb_engine.tallying.sheets import sheets_archive

__all__ = [
    "BallotPaper",
    "ElectionRecord",
    "MethodChoice",
    "PaperGroup",
    "PaperLine",
    "pabulib_bytes",
    "record_bytes",
    "sheets_archive",
]
