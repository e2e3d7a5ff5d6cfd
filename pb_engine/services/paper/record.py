"""What is public about the paper of a round: every batch, and which ballots came on paper."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pb_engine.engine import Engine
from pb_engine.sealing import entry_id
from pb_engine.store.box import BoxWork, Stack, Stage
from pb_engine.store.register import Channel
from pb_engine.store.site import SiteWork
from pb_engine.units import RoundId


def batch_documents(stacks: Sequence[Stack]) -> list[dict[str, object]]:
    """Return the public record of final batches, by number."""
    return [
        {
            "batch": one.stack,
            "stated": one.stated,
            "state": str(one.stage),
            **_public(json.loads(one.totals)),
        }
        for one in stacks
        if one.stage is not Stage.READING
    ]


def _told(stack: Stack) -> dict[str, Any]:
    return dict(json.loads(stack.totals or "{}"))


def _public(told: Mapping[str, object]) -> dict[str, object]:
    # Of a batch of few sheets, totals would tell what these few people chose.
    return {name: value for name, value in told.items() if name != "votes"}


def paper_entries(work: BoxWork, slug: RoundId) -> list[str]:
    """Return which entries of the log are paper ballots, sorted: not on which sheet they stood."""
    ballots = (one for name in work.sheets.pseudonyms(slug) for one in work.ballots_of(slug, name))
    return sorted(
        entry_id(round_id=slug, pseudonym=one.pseudonym, number=one.number, sealed=one.sealed)
        for one in ballots
    )


SAMPLE = "paper_sample"
"""Under this name the site keeps which sheets were drawn, and what came of it."""


def sample_in(site: SiteWork, slug: RoundId) -> dict[str, object] | None:
    """Return the sample as it is published; ``None`` while it is not finished."""
    raw = site.counts.get(slug, SAMPLE)
    told: dict[str, object] = json.loads(raw) if raw else {}
    return told if told.get("differences") is not None else None


@dataclass(frozen=True, slots=True)
class Against:
    """The sheets that were handed in against the voting rights that went to paper.

    :ivar rights: voting rights marked for paper.
    :ivar sheets: sheets handed in, whatever became of them.
    :ivar counted: of these the ballots in the box, and the sheets that count as totals.
    """

    rights: int
    sheets: int
    counted: int

    @property
    def surplus(self) -> int:
        """How many sheets there are more than rights; below 0: how many did not come back."""
        return self.sheets - self.rights


def against_the_register(engine: Engine, slug: str) -> Against:
    """Hold the batches of a round against its register."""
    with engine.stores.register.read() as register:
        rights = register.entitlements.counts(RoundId(slug))[Channel.PAPER]
    with engine.stores.box.read() as work:
        stacks = work.sheets.stacks(RoundId(slug))
        counted = len(work.sheets.pseudonyms(RoundId(slug)))
    counted += sum(one.get("counted", 0) for one in map(_told, stacks) if one.get("totals"))
    return Against(rights, sum(one.stated for one in stacks), counted)
