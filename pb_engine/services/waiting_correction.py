"""A correction of a published result that waits: counted, and not yet adopted or published."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from pb_engine.ballots import canonical_json
from pb_engine.services.making_record import Counted
from pb_engine.services.paper.corrected import Corrected, as_document, read_corrected
from pb_engine.store.site import SiteWork
from pb_engine.tallying.record import outcome_document, read_outcome
from pb_engine.units import RoundId

COUNTED_EVENT = "correction_counted"
_KEPT = "correction"


@dataclass(frozen=True, slots=True)
class Correction:
    """What was counted again, and why.

    :ivar paper: totals that were counted anew, with those of earlier corrections.
    """

    reason: str
    counted: Counted
    paper: Corrected


def waiting_correction(work: SiteWork, slug: RoundId) -> Correction | None:
    """Return the correction that waits, or ``None``."""
    raw = work.counts.get(slug, _KEPT)
    if raw is None:
        return None
    told: dict[str, Any] = json.loads(raw)
    counted = Counted(
        outcome=read_outcome(json.loads(told["outcome"])),
        compared=told["compared"].encode(),
        explanations=told["explanations"].encode(),
    )
    return Correction(told["reason"], counted, read_corrected(told["paper"]))


def keep_waiting(work: SiteWork, slug: RoundId, correction: Correction) -> None:
    """Let a correction wait, in the place of one that waited."""
    counted = correction.counted
    told = {
        "reason": correction.reason,
        "outcome": canonical_json(outcome_document(counted.outcome)).decode(),
        "compared": counted.compared.decode(),
        "explanations": counted.explanations.decode(),
        "paper": as_document(correction.paper).decode(),
    }
    work.counts.put(slug, _KEPT, canonical_json(told))


def forget_waiting(work: SiteWork, slug: RoundId) -> None:
    """Forget the correction that waited."""
    work.counts.drop(slug, _KEPT)
