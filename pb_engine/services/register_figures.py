"""The voter register in numbers that may be seen: no small cells, nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.engine import Engine
from pb_engine.services.shown_counts import shown_counts, shown_totals
from pb_engine.store.register import Channel
from pb_engine.units import RoundId

_COUNTED = (Channel.NONE, Channel.DIGITAL, Channel.PAPER)


@dataclass(frozen=True, slots=True)
class RegisterFigures:
    """What an official sees of a register.

    :ivar residents: how many were taken in; 0 where the round has no register.
    :ivar digest: of the voting rights at the opening; ``None`` until then.
    :ivar areas: voting rights per area, by the name of the area; ``None`` is a small number.
    :ivar turnout: per area and channel how many rights; ``None`` is a small number.
    :ivar total: the same for all areas together.
    """

    residents: int
    digest: str | None
    areas: Mapping[str, int | None]
    turnout: Mapping[str, Mapping[str, int | None]]
    total: Mapping[str, int]


def register_figures(engine: Engine, slug: str) -> RegisterFigures:
    """Return the register of a round in numbers.

    :raises UnknownRound: no round has this slug.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as site:
        tree = site.rounds.get(round_id).round.areas
    names = {str(area.id): area.name for area in tree.areas}
    with engine.stores.register.read() as work:
        roll = work.rolls.get(round_id)
        per_area = work.entitlements.counts_per_area(round_id)
    counts = {
        (names.get(area, ""), str(channel)): number
        for (area, channel), number in per_area.items()
        if channel in _COUNTED
    }
    totals: Counter[str] = Counter()
    channels: Counter[str] = Counter()
    for (area, channel), number in counts.items():
        totals[area] += number
        channels[channel] += number
    filled = {(area, one): counts.get((area, one), 0) for area in totals for one in channels}
    return RegisterFigures(
        residents=roll.residents if roll else 0,
        digest=roll.digest if roll else None,
        areas=shown_totals(totals),
        turnout=shown_counts(filled, sorted(totals)) if len(totals) > 1 else {},
        total=dict(channels),
    )
