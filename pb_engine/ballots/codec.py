"""Ballots as bytes and back: strict and canonical."""

from __future__ import annotations

import json

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from pb_engine.ballots.ballot import Ballot, Mark
from pb_engine.ballots.canonical import canonical_json
from pb_engine.ballots.formats import BallotFormat
from pb_engine.errors import InvalidBallot
from pb_engine.units import ProjectId

VERSION = 1
LARGEST_WEIGHT = 1_000_000


class _BallotSchema(Schema):
    class Meta:
        unknown = RAISE

    v = fields.Integer(required=True, strict=True, validate=validate.Equal(VERSION))
    format = fields.Enum(BallotFormat, by_value=True, required=True)
    marks = fields.List(
        fields.Tuple(
            (
                fields.String(required=True, validate=validate.Length(min=1, max=64)),
                fields.Integer(
                    required=True,
                    strict=True,
                    validate=validate.Range(min=0, max=LARGEST_WEIGHT),
                ),
            )
        ),
        required=True,
    )


_SCHEMA = _BallotSchema(unknown=RAISE)


def ballot_bytes(ballot: Ballot) -> bytes:
    """Spell a ballot as canonical bytes (``FORMATS.md``, version 1)."""
    return canonical_json({**ballot_document(ballot), "v": VERSION})


def ballot_document(ballot: Ballot) -> dict[str, object]:
    """Write a ballot as plain values, without a version."""
    marks = [[mark.project, mark.weight] for mark in ballot.marks]
    return {"format": str(ballot.format), "marks": marks}


def decode_ballot(raw: bytes) -> Ballot:
    """Read a ballot back; only the canonical spelling is accepted.

    :raises InvalidBallot: not JSON, an unknown or missing field, a float, a repeated key, or
        marks out of order: whatever ``ballot_bytes`` would not have written.
    """
    try:
        loaded = _SCHEMA.load(json.loads(raw))
    except (ValueError, ValidationError, RecursionError) as problem:
        raise InvalidBallot(f"this is not a ballot: {problem}", problem="format") from problem
    marks = tuple(Mark(ProjectId(name), weight) for name, weight in loaded["marks"])
    ballot = Ballot(loaded["format"], marks)
    if ballot_bytes(ballot) != raw or list(marks) != sorted(marks):
        raise InvalidBallot("the ballot is not in its canonical spelling", problem="format")
    return ballot
