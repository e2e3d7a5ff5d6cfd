"""The form in which an official writes a story down, with what the person agreed to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pb_engine.services.stories import NewStory
from web.forms.desk_progress import day_of

YES = "ja"


def read_story(sent: Mapping[str, str], photo: bytes) -> NewStory:
    """Return what a form says; the service checks it.  What is not ticked is not agreed to."""
    return NewStory(
        title=sent.get("title", ""),
        happened=sent.get("happened", ""),
        quote=sent.get("quote", ""),
        name=sent.get("name", ""),
        agreed_on=_day(sent.get("agreed_on", "")),
        public=sent.get("public") == YES,
        with_name=sent.get("with_name") == YES,
        with_photo=sent.get("with_photo") == YES,
        until=_day(sent.get("until", "")),
        photo=photo,
        alternative=sent.get("alternative", ""),
    )


def _day(typed: str) -> date | None:
    try:
        return day_of(typed)
    except ValueError:
        return None
