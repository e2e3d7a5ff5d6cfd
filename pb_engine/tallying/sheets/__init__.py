"""Elections as sheets: ``projects.csv``, ``ballots.csv`` and ``election.toml``, read and written.

For whoever keeps an election in a spreadsheet.  As strict as the reader of Pabulib files: a
sentence names file, line and column.
"""

from pb_engine.tallying.sheets.archive import sheets_archive
from pb_engine.tallying.sheets.reader import read_sheets
from pb_engine.tallying.sheets.terms import BALLOTS, PROJECTS, TERMS
from pb_engine.tallying.sheets.writer import sheets_of

__all__ = ["BALLOTS", "PROJECTS", "TERMS", "read_sheets", "sheets_archive", "sheets_of"]
