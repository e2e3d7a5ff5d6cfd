"""What the box knows about paper and the event log does not, after a crash between the two.

The box commits first.  When the commit of the site is lost after that, the batch is in the box and
nothing in the log says so; the close makes up for it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from pb_engine.ballots import VOID
from pb_engine.domain.events import Event
from pb_engine.engine import Engine
from pb_engine.services.paper.stacks import by_totals
from pb_engine.store.box import Stack, Stage
from pb_engine.store.site import SiteWork
from pb_engine.units import RoundId

Facts = Mapping[str, str | int]


def unlogged(engine: Engine, site: SiteWork, slug: RoundId, by: str) -> list[Event]:
    """Return the events of batches that are not in the log, in a unit that holds the round."""
    with engine.stores.box.read() as work:
        stacks = work.sheets.stacks(slug)
    if not stacks:
        return []
    known = _logged(site, slug)
    return [
        Event(name, slug, by, facts)
        for stack in stacks
        for name, facts in _events(stack)
        if (name, stack.stack) not in known
    ]


def _logged(site: SiteWork, slug: RoundId) -> set[tuple[str, object]]:
    known: set[tuple[str, object]] = set()
    after = 0
    while page := site.log.entries(after, round_id=slug):
        known.update((one.event.name, one.event.facts.get("batch")) for one in page)
        after = page[-1].number
    return known


def _events(stack: Stack) -> list[tuple[str, Facts]]:
    batch, sheets = stack.stack, stack.stated
    opened: tuple[str, Facts] = ("paper_batch_opened", {"batch": batch, "sheets": sheets})
    begun = [opened]
    if by_totals(stack):
        begun.append(("paper_batch_by_totals", opened[1]))
    if stack.stage is Stage.READING:
        return begun
    told = json.loads(stack.totals)
    if stack.stage is Stage.LEFT_OUT:
        facts: Facts = {"batch": batch, "sheets": sheets, "reason": told["reason"]}
        return [*begun, ("paper_batch_left_out", facts)]
    void = sum(told["defects"].get(str(one), 0) for one in VOID)
    counted = {
        "batch": batch,
        "sheets": sheets,
        "counted": told["counted"],
        "spoilt": sum(told["defects"].values()) - void,
        "void": void,
    }
    return [*begun, ("paper_batch_accepted", counted)]
