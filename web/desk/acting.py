"""For whom an officer acts: one resident, a few minutes, and every page says so."""

from __future__ import annotations

import time

from flask import Flask, session

from pb_engine.errors import EngineError
from pb_engine.services import counter
from pb_engine.services.counter import AtCounter
from web.base import engine

LONGEST = 300
"""Seconds after the last page for this resident."""
_ACTING = "acting"


def add(app: Flask) -> None:
    """Teach the layout of the desk to say for whom somebody acts."""
    app.jinja_env.globals.update(acting_for=acting_for)


def begin(slug: str, one: AtCounter) -> None:
    """Act for this resident from now on."""
    # A session lives in a cookie of the officer's browser, so no name goes into it.
    session[_ACTING] = {"round": slug, "resident": one.resident}
    _renew()


def end() -> None:
    """Act for nobody."""
    session.pop(_ACTING, None)


def resident(slug: str) -> str | None:
    """Return the resident for whom the officer acts in this round, and begin the minutes anew."""
    kept = _kept()
    if kept is None or kept["round"] != slug:
        return None
    _renew()
    return str(kept["resident"])


def acting_for() -> dict[str, str] | None:
    """Return name and round of the one for whom the officer acts, or ``None``."""
    kept = _kept()
    if kept is None:
        return None
    try:
        one = counter.at_counter(engine(), kept["round"], kept["resident"])
    except EngineError:
        return None
    return {"name": one.name, "round": kept["round"]}


def _kept() -> dict[str, str] | None:
    kept = session.get(_ACTING)
    if not isinstance(kept, dict):
        return None
    if time.time() > float(kept.get("until", 0)):
        end()
        return None
    return kept


def _renew() -> None:
    session[_ACTING] = {**session[_ACTING], "until": str(time.time() + LONGEST)}
