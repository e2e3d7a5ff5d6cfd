"""How batches of codes go on: sent, returned, withdrawn; and how far each is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pb_engine.domain.events import Event
from pb_engine.engine import Engine
from pb_engine.errors import NotReady
from pb_engine.services.code_rules import require_reason
from pb_engine.services.events import write_down
from pb_engine.store.register import Batch, BatchState, CodeState, RegisterWork
from pb_engine.units import RoundId

MOVES: Mapping[BatchState, tuple[BatchState, ...]] = MappingProxyType(
    {
        BatchState.CREATED: (BatchState.VOID,),
        BatchState.EXPORTED: (BatchState.SENT, BatchState.RETURNED, BatchState.VOID),
        BatchState.SENT: (BatchState.RETURNED, BatchState.VOID),
        BatchState.RETURNED: (BatchState.SENT, BatchState.VOID),
        BatchState.VOID: (),
    }
)
"""From which state a batch can go to which."""

_CODES_OF: Mapping[BatchState, tuple[tuple[CodeState, ...], CodeState]] = MappingProxyType(
    {
        BatchState.SENT: ((CodeState.EXPORTED, CodeState.RETURNED), CodeState.SENT),
        BatchState.RETURNED: ((CodeState.EXPORTED, CodeState.SENT), CodeState.RETURNED),
        BatchState.VOID: (
            (
                CodeState.CREATED,
                CodeState.EXPORTED,
                CodeState.SENT,
                CodeState.RETURNED,
                CodeState.TEST,
            ),
            CodeState.VOID,
        ),
    }
)
"""Which codes of a batch move with it, and where to.  Used codes stay used: votes stand."""


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch with how many of its codes are in which state.

    :ivar moves: the states that it can go to.
    """

    batch: Batch
    states: Mapping[str, int]
    moves: tuple[str, ...]


def batches_of(engine: Engine, slug: str) -> tuple[BatchLine, ...]:
    """Return the batches of a round in the order in which they were begun.

    :raises UnknownRound: no round has this slug.
    """
    with engine.stores.site.read() as site:
        site.rounds.get(RoundId(slug))
    with engine.stores.register.read() as work:
        batches = work.batches.all(RoundId(slug))
        counts = work.codes.counts_per_batch(RoundId(slug))
    return tuple(
        BatchLine(
            one,
            {str(state): counts.get((one.batch, state), 0) for state in CodeState},
            tuple(map(str, MOVES[one.state])),
        )
        for one in batches
    )


def move_batch(engine: Engine, slug: str, batch: int, to: str, reason: str, by: str) -> int:
    """Move a batch on with its codes and return how many codes moved.

    Codes of a batch that was returned open no door until it is sent again; those of one that was
    withdrawn never do, and voting rights that were made for it and not used go with it.

    :raises NotReady: ``problem`` is ``reason``, ``batch`` (there is no such batch) or ``move`` (it
        cannot go there from where it is).
    """
    told = require_reason(reason)
    with engine.stores.register.write() as work:
        found = work.batches.get(RoundId(slug), batch)
        if found is None:
            raise NotReady(f"round {slug} has no batch {batch}", problem="batch")
        if to not in MOVES[found.state]:
            raise NotReady(f"batch {batch} is {found.state} and cannot go to {to}", problem="move")
        moved = _moved(work, found, BatchState(to))
        work.commit()
    _log(engine, found, BatchState(to), moved, told, by)
    return moved


def withdraw_batch(engine: Engine, slug: str, batch: int) -> None:
    """Take a batch back that could not be finished."""
    with engine.stores.register.write() as work:
        found = work.batches.get(RoundId(slug), batch)
        if found is None:
            return
        moved = _moved(work, found, BatchState.VOID)
        work.commit()
    _log(engine, found, BatchState.VOID, moved, "not finished", found.by)


def _log(engine: Engine, batch: Batch, to: BatchState, moved: int, reason: str, by: str) -> None:
    facts: dict[str, str | int] = {
        "batch": batch.batch,
        "state": str(to),
        "number": moved,
        "reason": reason,
    }
    write_down(engine, Event("batch_moved", batch.round, by, facts))


def _moved(work: RegisterWork, batch: Batch, to: BatchState) -> int:
    if not work.batches.move(batch.round, batch.batch, (batch.state,), to):
        raise NotReady(f"batch {batch.batch} was moved by somebody else", problem="move")
    before, after = _CODES_OF[to]
    if to is BatchState.VOID:
        work.batches.withdraw_rights(batch.round, batch.batch)
    return work.codes.set_state_of_batch(batch.round, batch.batch, before, after)
