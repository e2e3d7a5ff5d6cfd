"""Totals of paper that were counted anew after the result: beside what the box keeps, not in it.

A batch that is final stays in the box as it is.  What a correction says instead is kept by the
site, and published next to it.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from typing import Any

from pb_engine.ballots import canonical_json
from pb_engine.errors import PaperRefused
from pb_engine.services.paper.stacks import by_totals
from pb_engine.services.paper.totals import Numbers, told_of
from pb_engine.store.box import BoxWork, Stack, Stage
from pb_engine.store.site import SiteWork
from pb_engine.units import RoundId

Corrected = Mapping[int, Mapping[str, Any]]
"""By batch, what it comes to now: as in ``Stack.totals``."""
_KEPT = "paper_corrected"


def corrected_paper(site: SiteWork, slug: RoundId) -> Corrected:
    """Return the corrections that are in force in a round."""
    raw = site.counts.get(slug, _KEPT)
    return read_corrected(raw) if raw else {}


def keep_corrected(site: SiteWork, slug: RoundId, corrected: Corrected) -> None:
    """Put corrections in force, in the place of those before them."""
    site.counts.put(slug, _KEPT, as_document(corrected))


def read_corrected(raw: bytes | str) -> Corrected:
    """Read what ``as_document`` wrote."""
    return {int(batch): told for batch, told in json.loads(raw).items()}


def as_document(corrected: Corrected) -> bytes:
    """Return corrections as canonical JSON."""
    return canonical_json({str(batch): dict(told) for batch, told in sorted(corrected.items())})


def with_corrections(stacks: Sequence[Stack], corrected: Corrected) -> tuple[Stack, ...]:
    """Return the batches as they count now."""
    return tuple(
        dataclasses.replace(one, totals=canonical_json(dict(corrected[one.stack])).decode())
        if one.stack in corrected
        else one
        for one in stacks
    )


def public_corrections(stacks: Sequence[Stack], corrected: Corrected) -> list[dict[str, object]]:
    """Return what is public of corrections, by batch; never which idea a few people chose."""
    return [
        {
            "batch": one.stack,
            "stated": one.stated,
            "counted": corrected[one.stack]["counted"],
            "defects": corrected[one.stack]["defects"],
        }
        for one in stacks
        if one.stack in corrected
    ]


def corrected_batch(
    work: BoxWork, slug: RoundId, batch: int, numbers: Numbers
) -> Mapping[str, object]:
    """Return what a batch of totals comes to with other numbers; nothing is kept.

    :raises PaperRefused: there is no such batch, it is counted by sheet or left out, or the
        numbers do not add up or no sheets can have them.
    """
    stack = work.sheets.get(slug, batch)
    if stack is None:
        raise PaperRefused(f"there is no batch {batch}", problem="batch")
    if stack.stage is not Stage.ACCEPTED or not by_totals(stack):
        raise PaperRefused(f"batch {batch} has no totals to correct", problem="kind")
    return told_of(work, stack, numbers)
