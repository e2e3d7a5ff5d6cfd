"""The closed list of ballot formats, and the two values of voting: paper and ballot.

Pure: no clock, no chance, no input or output.  ``FORMATS.md`` beside this file specifies every
format and its bytes.  A new format needs an accessible page, a canonical encoding and a privacy
review, so formats are no plugin kind; voting methods are.
"""

from pb_engine.ballots.ballot import Ballot, Mark
from pb_engine.ballots.canonical import canonical_json
from pb_engine.ballots.codec import ballot_bytes, decode_ballot
from pb_engine.ballots.defects import SPOILT, VOID, Defect
from pb_engine.ballots.formats import BallotFormat
from pb_engine.ballots.listing import FEWEST_LISTED, line_of, listed, listing
from pb_engine.ballots.paper import BallotPaper, PaperGroup, PaperLine
from pb_engine.ballots.paper_documents import paper_document, read_paper
from pb_engine.ballots.plaintext import plaintext_length, read_sealed_text, sealed_text
from pb_engine.ballots.typed import typed_ballot

__all__ = [
    "FEWEST_LISTED",
    "SPOILT",
    "VOID",
    "Ballot",
    "BallotFormat",
    "BallotPaper",
    "Defect",
    "Mark",
    "PaperGroup",
    "PaperLine",
    "ballot_bytes",
    "canonical_json",
    "decode_ballot",
    "line_of",
    "listed",
    "listing",
    "paper_document",
    "plaintext_length",
    "read_paper",
    "read_sealed_text",
    "sealed_text",
    "typed_ballot",
]
