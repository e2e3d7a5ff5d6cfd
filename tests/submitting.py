"""Filling in a new idea, step by step, as a browser does."""

from __future__ import annotations

from typing import Any

STEPS = (
    ("title", ("title", "description", "motivation", "theme")),
    ("place", ("area", "place", "needs_space")),
    ("cost", ("cost", "recurrence")),
    ("photo", ()),
    ("name", ("own_effort", "name", "on_behalf_of", "others", "email", "helper")),
)
"""A field to know each step by, and all its fields."""


def fill_in(browser: Any, path: str, **answers: str) -> Any:
    """Walk through the steps up to the last; return the first page that is refused."""
    page = browser.get(path)
    for mark, names in STEPS:
        own = {name: answers[name] for name in names if name in answers}
        page = browser.send(page, mark, step="on", **own)
        if page.status != 200:
            break
    return page


def submit_in_steps(browser: Any, path: str, **answers: str) -> Any:
    """Walk through all steps and submit; return the page that thanks, or that refuses."""
    page = fill_in(browser, path, **answers)
    return browser.send(page, "step") if page.status == 200 else page
