"""Totals of paper that were corrected after the result: what the bundle and the log say of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pb_engine.ballots import canonical_json
from pb_engine.units import LocalText
from pb_engine.verifier.counts import CORRECTION
from pb_engine.verifier.finding import Finding, bad, compared
from pb_engine.verifier.papers import ACCEPTED, Batch, Paper, adds_up
from pb_engine.verifier.parts import Event


def corrections(told: Paper, events: Sequence[Event]) -> Iterator[Finding]:
    """Check corrected totals against their batches and the log; silent where nothing was."""
    noted = [one.facts.get("paper") for one in events if one.name == CORRECTION][-1:]
    if not noted and not told.corrected:
        return
    here = canonical_json([_public(one) for one in told.corrected]).decode()
    what = LocalText("Gecorrigeerde totalen in het logboek", "Corrected totals in the event log")
    yield compared("totals", what, [here], noted)
    stated = {one.batch: one.stated for one in told.batches if one.totals and one.state == ACCEPTED}
    for one in told.corrected:
        if stated.get(one.batch) != one.stated or not adds_up(one):
            yield bad(
                "totals",
                f"De correctie van stapel {one.batch} telt niet op.",
                f"The correction of batch {one.batch} does not add up.",
            )


def _public(one: Batch) -> dict[str, object]:
    return {
        "batch": one.batch,
        "stated": one.stated,
        "counted": one.counted,
        "defects": dict(one.defects),
    }
