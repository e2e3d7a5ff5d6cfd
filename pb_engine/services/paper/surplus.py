"""More sheets than voting rights on paper: an official says why, and everybody can read it."""

from __future__ import annotations

from pb_engine.domain.events import Event
from pb_engine.engine import Engine
from pb_engine.errors import PaperRefused
from pb_engine.services.paper.record import against_the_register
from pb_engine.services.paper.stacks import reason_of
from pb_engine.units import RoundId


def explain_surplus(engine: Engine, slug: str, reason: str, by: str) -> None:
    """Publish why there are more sheets than rights; without that the bundle does not verify.

    :raises PaperRefused: there are not more, or no reason is given.
    """
    why, found = reason_of(reason), against_the_register(engine, slug)
    if found.surplus <= 0:
        raise PaperRefused("there are no more sheets than voting rights", problem="surplus")
    facts: dict[str, str | int] = {
        "sheets": found.sheets,
        "rights": found.rights,
        "reason": why,
    }
    with engine.stores.site.write() as work:
        work.rounds.lock(RoundId(slug))
        event = Event("paper_surplus_explained", RoundId(slug), by, facts)
        work.log.append(event, engine.clock())
        work.commit()
