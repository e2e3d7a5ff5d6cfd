"""What stands inside a seal: a ballot, and the tracker under which its voter finds it again."""

from __future__ import annotations

import json
import re

from pb_engine.ballots.ballot import Ballot
from pb_engine.ballots.canonical import canonical_json
from pb_engine.ballots.codec import LARGEST_WEIGHT, ballot_document, decode_ballot
from pb_engine.ballots.paper import BallotPaper
from pb_engine.errors import InvalidBallot

VERSION = 2
_TRACKER = re.compile(r"[2-9A-HJ-NP-Z]{6}(-[2-9A-HJ-NP-Z]{6}){2}")
_LONGEST = "ZZZZZZ-ZZZZZZ-ZZZZZZ"


def sealed_text(ballot: Ballot, tracker: str) -> bytes:
    """Spell a ballot with its tracker as canonical bytes (``FORMATS.md``, version 2)."""
    return canonical_json({**ballot_document(ballot), "tracker": tracker, "v": VERSION})


def read_sealed_text(raw: bytes) -> tuple[Ballot, str]:
    """Read a ballot and its tracker; a text of version 1 has none, so its tracker is empty.

    :raises InvalidBallot: it is not the canonical spelling of either version.
    """
    told = _document(raw)
    if "tracker" not in told:
        return decode_ballot(raw), ""
    tracker = told.pop("tracker")
    if told.get("v") != VERSION or not isinstance(tracker, str) or not _TRACKER.fullmatch(tracker):
        raise InvalidBallot("this is not a ballot with a tracker", problem="format")
    try:
        ballot = decode_ballot(canonical_json({**told, "v": 1}))
    except TypeError as problem:
        raise InvalidBallot(f"this is not a ballot: {problem}", problem="format") from problem
    if sealed_text(ballot, tracker) != raw:
        raise InvalidBallot("the ballot is not in its canonical spelling", problem="format")
    return ballot, tracker


def plaintext_length(paper: BallotPaper) -> int:
    """Return the length in bytes to which texts on this paper are padded before sealing.

    It is that of the longest ballot that the paper could take, with its tracker, so that the
    length of a sealed ballot tells nothing about the number of choices.
    """
    longest = sum(len(canonical_json([line.project, LARGEST_WEIGHT])) + 1 for line in paper.lines)
    return len(sealed_text(Ballot(paper.format, ()), _LONGEST)) + longest


def _document(raw: bytes) -> dict[str, object]:
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError) as problem:
        raise InvalidBallot(f"this is not a ballot: {problem}", problem="format") from problem
    if not isinstance(told, dict):
        raise InvalidBallot("this is not a ballot", problem="format")
    return told
