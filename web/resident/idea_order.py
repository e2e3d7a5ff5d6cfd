"""The order of the steps of a new idea, and where this browser is in it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from pb_engine.errors import WrongPhase
from pb_engine.services import idea_drafts as drafts
from pb_engine.services.pages import RoundPage, round_page
from web.base import engine
from web.forms.ideas import CHECK, PHOTOS, STEPS
from web.resident import carried

ORDER = ("idee", "plek", "kosten", PHOTOS, "over-u", CHECK)
_COOKIE_LIFE = drafts.DRAFT_DAYS * 24 * 3600
_PAGES = {PHOTOS: "idea_photos", CHECK: "check_idea", ORDER[0]: "new_idea"}


@dataclass(frozen=True, slots=True)
class Place:
    """A step in the order: which one it is, of how many, and its neighbours."""

    number: int
    all: int
    before: str | None
    after: str | None


def place_of(step: str) -> Place:
    """Return where a step stands."""
    number = ORDER.index(step) + 1
    before = ORDER[number - 2] if number > 1 else None
    return Place(number, len(ORDER), before, ORDER[number] if number < len(ORDER) else None)


def step_address(slug: str, step: str | None) -> str:
    """Return the address of a step; without one, that of the first."""
    if step in STEPS and step != ORDER[0]:
        return url_for("idea_step", slug=slug, step=step)
    return url_for(_PAGES.get(step or "", "new_idea"), slug=slug)


def draft_code(slug: str) -> str | None:
    """Return the code of the draft that this browser is at."""
    brought = carried.brought(carried.DRAFT, slug, _COOKIE_LIFE)
    return str(brought["code"]) if brought else None


def open_page(slug: str) -> RoundPage:
    """Return a round in which ideas can be submitted now.

    :raises WrongPhase: they cannot.
    """
    page = round_page(engine(), slug)
    if page.phase != "ideas" or engine().clock() >= page.round.calendar.ideas.end:
        raise WrongPhase("ideas are not open in this round", phase=page.phase, wanted="ideas")
    return page
