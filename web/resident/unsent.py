"""A ballot that is filled in and not sent: every page of its round says so.

How many ideas are chosen travels in a sealed cookie of this device, beside the choice itself,
which goes to the pages of voting only.  Nothing of it is stored or logged on our side, and
nothing that was not sent is ever counted.
"""

from __future__ import annotations

from flask import Flask, request

from web.resident import carried

_SAID_THERE = frozenset({"ballot", "look_over", "done"})
"""Pages that say it themselves, or where it is over."""


def add(app: Flask) -> None:
    """Teach the layout to ask."""
    app.jinja_env.globals.update(unsent=unsent)


def unsent(phase: str) -> int | None:
    """Return how many ideas are chosen on the unsent ballot of this device, if there is one.

    :param phase: of the round; outside of voting there is nothing left to send.
    """
    slug = (request.view_args or {}).get("slug")
    if slug is None or phase != "voting" or request.endpoint in _SAID_THERE:
        return None
    found = carried.brought(carried.OPEN, str(slug), carried.CHOICES_LIFE)
    return None if found is None else int(found["number"])
