"""What the desk shows of a correction: the one that waits, and which totals can be corrected."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.domain.phases import Phase
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import WrongPhase
from pb_engine.services.adoption import ToAdopt, to_adopt
from pb_engine.services.paper.corrected import corrected_paper, with_corrections
from pb_engine.services.paper.pages import TotalsLine, totals_lines
from pb_engine.services.paper.stacks import COUNTED, by_totals
from pb_engine.services.waiting_correction import waiting_correction
from pb_engine.store.box import Stack, Stage
from pb_engine.units import RoundId


@dataclass(frozen=True, slots=True)
class Correctable:
    """A batch whose totals can be corrected.

    :ivar numbers: what each of the lines comes to now.
    """

    batch: int
    sheets: int
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    """The page of a correction.

    :ivar reason: of the correction that waits; ``waiting`` is its outcome, or ``None``.
    :ivar lines: of every batch of totals, in their order.
    """

    round: Round
    reason: str
    waiting: ToAdopt | None
    lines: tuple[TotalsLine, ...]
    batches: tuple[Correctable, ...]


def correction_page(engine: Engine, slug: str) -> CorrectionPage:
    """Return what can be corrected, and what waits.

    :raises UnknownRound: no round has this slug.
    :raises WrongPhase: there is no published result.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as work:
        stored = work.rounds.get(round_id)
        if stored.phase is not Phase.PUBLISHED:
            raise WrongPhase("there is no published result", phase=stored.phase, wanted="published")
        waiting, corrected = waiting_correction(work, round_id), corrected_paper(work, round_id)
    with engine.stores.box.read() as box:
        stacks = with_corrections(box.sheets.stacks(round_id), corrected)
    batches = tuple(
        _correctable(one) for one in stacks if one.stage is Stage.ACCEPTED and by_totals(one)
    )
    return CorrectionPage(
        round=stored.round,
        reason=waiting.reason if waiting else "",
        waiting=to_adopt(engine, slug),
        lines=totals_lines(engine, slug) if batches else (),
        batches=batches,
    )


def _correctable(stack: Stack) -> Correctable:
    told = json.loads(stack.totals)
    numbers = {**told["votes"], **told["defects"], COUNTED: told["counted"]}
    return Correctable(stack.stack, stack.stated, numbers)
