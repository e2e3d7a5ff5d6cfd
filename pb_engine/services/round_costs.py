"""What it cost to hold a round: officials fill it in, and the figures show it per ballot."""

from __future__ import annotations

from collections.abc import Mapping

from pb_engine.domain.events import Event
from pb_engine.domain.round_costs import MOST_COST, ONE_CHANNEL, CostKind, RoundCosts
from pb_engine.engine import Engine
from pb_engine.errors import InvalidIdea
from pb_engine.units import Cents, RoundId

__all__ = ["ONE_CHANNEL", "CostKind", "RoundCosts", "round_costs", "set_costs"]


def round_costs(engine: Engine, slug: str) -> RoundCosts:
    """Return what was filled in for a round.

    :raises UnknownRound: no round has this slug.
    """
    with engine.stores.site.read() as work:
        round_id = work.rounds.get(RoundId(slug)).round.slug
        document, version = work.notes.get(round_id, _NAME)
    amounts = {CostKind(kind): Cents(cents) for kind, cents in document.items()}
    return RoundCosts(round_id, amounts, version)


def set_costs(
    engine: Engine, slug: str, typed: Mapping[str, int | None], seen: int, by: str
) -> RoundCosts:
    """Keep what a round cost, kind by kind.

    :param typed: cents by kind; a kind that is left out was not filled in, ``None`` is no amount.
    :param seen: the version that the official had before them.
    :raises InvalidIdea: naming every field that is no amount; nothing was stored.
    :raises ConcurrentEdit: somebody else filled it in first.
    :raises UnknownRound: no round has this slug.
    """
    mistakes = [
        f"{kind}:not_money" if cents is None or cents < 0 else f"{kind}:too_high:{MOST_COST}"
        for kind, cents in typed.items()
        if cents is None or not 0 <= cents <= MOST_COST
    ]
    if mistakes:
        field, problem, *_ = mistakes[0].split(":")
        raise InvalidIdea("no cost", field=field, problem=problem, all=" ".join(mistakes))
    amounts = {CostKind(kind): Cents(cents or 0) for kind, cents in typed.items()}
    costs = RoundCosts(RoundId(slug), amounts, seen)
    with engine.stores.site.write() as work:
        round_id = work.rounds.get(RoundId(slug)).round.slug
        work.notes.save(round_id, _NAME, {str(kind): one for kind, one in amounts.items()}, seen)
        event = Event("costs_set", round_id, by, {"cents": costs.total_cents})
        work.log.append(event, engine.clock())
        work.commit()
    return costs


_NAME = "costs"
