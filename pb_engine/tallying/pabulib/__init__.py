"""Files of Pabulib, the public library of participatory budgeting votes: read and written.

The reader takes every vote type.  It is strict: what is ambiguous or contradicts itself is
refused with a sentence that names line and field, and nothing is guessed.
"""

from pb_engine.tallying.pabulib.reader import read_pabulib
from pb_engine.tallying.pabulib.values import PabulibElection
from pb_engine.tallying.pabulib.writer import pabulib_bytes, record_file, write_pabulib

__all__ = ["PabulibElection", "pabulib_bytes", "read_pabulib", "record_file", "write_pabulib"]
