"""The channel plan of a round: five kinds of people, how to reach them, and what came of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pb_engine.domain.channels import (
    LONGEST_LINE,
    MOST_REACHED,
    SLOTS,
    ChannelPlan,
    ChannelSlot,
)
from pb_engine.domain.events import Event
from pb_engine.domain.ideas import tidy
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import ConcurrentEdit, InvalidIdea, NotReady
from pb_engine.store.site import SiteWork
from pb_engine.units import RoundId

__all__ = ["SLOTS", "ChannelPage", "ChannelPlan", "ChannelSlot", "channel_page", "take_over_plan"]

_TEXTS = ("who", "ways", "moments", "by_whom")


@dataclass(frozen=True, slots=True)
class ChannelPage:
    """The plan of a round, and the other rounds that have one.

    :ivar others: rounds whose plan may be taken over, while this one has none.
    """

    round: Round
    plan: ChannelPlan
    others: tuple[Round, ...]


def channel_page(engine: Engine, slug: str) -> ChannelPage:
    """Return the plan of a round.

    :raises UnknownRound: no round has this slug.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as work:
        round_ = work.rounds.get(round_id).round
        plan = work.channel_plans.get(round_id)
        every = () if plan.filled else tuple(one.round for one in work.rounds.all())
        others = tuple(one for one in every if work.channel_plans.get(one.slug).filled)
    return ChannelPage(round_, plan, others)


def write_plan(
    engine: Engine, slug: str, slots: Iterable[ChannelSlot], seen: int, by: str
) -> ChannelPlan:
    """Keep the plan of a round.

    :param slots: five; one without ``who`` must be empty.
    :param seen: the version that the official had before them.
    :raises InvalidIdea: naming every field that is not right, such as ``who-2``.
    :raises ConcurrentEdit: somebody else wrote first.
    :raises UnknownRound: no round has this slug.
    """
    tidied = tuple(map(_tidied, slots))[:SLOTS]
    tidied += (ChannelSlot(),) * (SLOTS - len(tidied))
    mistakes = [wrong for at, one in enumerate(tidied, start=1) for wrong in _mistakes(at, one)]
    if mistakes:
        raise InvalidIdea("this cannot be kept", problem="plan", all=" ".join(mistakes))
    with engine.stores.site.write() as work:
        plan = _keep(engine, work, ChannelPlan(RoundId(slug), tidied, seen), by)
        work.commit()
    return plan


def take_over_plan(engine: Engine, slug: str, source: str, by: str) -> ChannelPlan:
    """Begin the plan of a round with that of another; nothing of it is done yet.

    :raises NotReady: this round has a plan already, or the other one has none.
    :raises UnknownRound: no round has one of these slugs.
    """
    with engine.stores.site.write() as work:
        work.rounds.get(RoundId(source))
        plan = begin_plan(engine, work, RoundId(slug), source, by)
        if plan is None:
            raise NotReady("there is nothing to take over", problem="channel_plan")
        work.commit()
    return plan


def begin_plan(
    engine: Engine, work: SiteWork, slug: RoundId, source: str, by: str
) -> ChannelPlan | None:
    """Begin a plan with that of another round within a unit of work; nothing if none is there."""
    own, other = work.channel_plans.get(slug), work.channel_plans.get(RoundId(source))
    if own.filled or not other.filled:
        return None
    slots = tuple(one.planned for one in other.slots)
    return _keep(engine, work, dataclasses.replace(own, slots=slots), by)


def _keep(engine: Engine, work: SiteWork, plan: ChannelPlan, by: str) -> ChannelPlan:
    work.rounds.get(plan.round)
    if not work.channel_plans.save(plan):
        raise ConcurrentEdit("somebody else wrote the plan", round=plan.round)
    facts = {"filled": len(plan.filled), "done": sum(one.done for one in plan.filled)}
    work.log.append(Event("channel_plan_written", plan.round, by, facts), engine.clock())
    return dataclasses.replace(plan, version=plan.version + 1)


def _tidied(slot: ChannelSlot) -> ChannelSlot:
    texts = {name: " ".join(tidy(getattr(slot, name)).split()) for name in _TEXTS}
    return ChannelSlot(**texts, done=slot.done, reached=slot.reached)


def _mistakes(at: int, slot: ChannelSlot) -> Iterator[str]:
    for name in _TEXTS:
        if len(getattr(slot, name)) > LONGEST_LINE:
            yield f"{name}-{at}:too_long:{LONGEST_LINE}"
    if not slot.who and slot != ChannelSlot():
        yield f"who-{at}:empty"
    if slot.reached is not None and not 0 <= slot.reached <= MOST_REACHED:
        yield f"reached-{at}:not_count:{MOST_REACHED}"
