"""Whether the stores of this process are there."""

from __future__ import annotations

from pb_engine.engine import Engine


def reach(engine: Engine) -> None:
    """Read in the stores that residents need now.

    :raises StoreProblem: one of them cannot be reached.
    """
    if "box" in engine.parts:
        with engine.stores.box.read() as box:
            box.open_rounds()
    if engine.parts & {"site", "register"}:
        with engine.stores.site.read() as site:
            site.rounds.all()
