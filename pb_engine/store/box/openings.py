"""What came out of a box, as one document and back."""

from __future__ import annotations

import base64
import json

from pb_engine.ballots import canonical_json
from pb_engine.store.box.values import Opening
from pb_engine.units import RoundId


def opening_document(opening: Opening) -> bytes:
    """Spell an opening as canonical bytes, sorted: no order of arrival is kept."""
    trackers = opening.trackers or ("",) * len(opening.ballots)
    told = sorted(zip(opening.ballots, trackers, strict=True))
    return canonical_json(
        {
            "invalid": opening.invalid,
            "ballots": [base64.b64encode(raw).decode() for raw, _ in told],
            "counted": sorted(opening.counted),
            "superseded": sorted(opening.superseded),
            **({"trackers": [tracker for _, tracker in told]} if opening.trackers else {}),
        }
    )


def read_opening(slug: RoundId, document: bytes) -> Opening:
    """Read back what ``opening_document`` wrote."""
    kept = json.loads(document)
    return Opening(
        round=slug,
        invalid=kept["invalid"],
        ballots=tuple(base64.b64decode(text) for text in kept["ballots"]),
        counted=tuple(kept["counted"]),
        superseded=tuple(kept["superseded"]),
        trackers=tuple(kept.get("trackers", ())),
    )
