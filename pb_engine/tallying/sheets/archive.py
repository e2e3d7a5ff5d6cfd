"""The sheets of a published count in one file."""

from __future__ import annotations

import io
import zipfile

from pb_engine.tallying.pabulib.writer import record_file
from pb_engine.tallying.published import ElectionRecord
from pb_engine.tallying.sheets.writer import sheets_of

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The format wants a date; the same record gives the same bytes on any day."""


def sheets_archive(record: ElectionRecord) -> bytes:
    """Return a ZIP file with ``election.toml``, ``projects.csv`` and ``ballots.csv``."""
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w") as archive:
        for name, parts in sheets_of(record_file(record)).items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, b"".join(parts))
    return to.getvalue()
