"""The activity log of a round: who was reached, when and where, and what came of it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from pb_engine.domain.activities import (
    LONGEST_PLACE,
    LONGEST_RESULT,
    MOST_ACTIVITIES,
    MOST_PEOPLE,
    Activity,
    ActivityKind,
)
from pb_engine.domain.events import Event
from pb_engine.domain.ideas import tidy
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import InvalidIdea, NotReady
from pb_engine.services.pictures import LARGEST_FILE, MEDIA_TYPE, redrawn
from pb_engine.units import RoundId

__all__ = [
    "LARGEST_FILE",
    "PDF",
    "Activity",
    "ActivityKind",
    "NewActivity",
    "activities_of",
    "activity_file",
    "add_activity",
    "remove_activity",
]

LARGEST_PDF: Final = 3 * 1024 * 1024
PDF: Final = "application/pdf"
_FARTHEST_DAYS: Final = 3660


@dataclass(frozen=True, slots=True)
class NewActivity:
    """What an official says of an activity.

    :ivar people: ``None`` when nobody counted; below zero when what was typed is no number.
    :ivar file: a photograph or a PDF; empty when there is none.
    """

    day: date | None
    kind: str
    place: str
    people: int | None
    result: str
    file: bytes = b""


def activities_of(engine: Engine, slug: str) -> tuple[Round, tuple[Activity, ...]]:
    """Return a round and its activities, the earliest first.

    :raises UnknownRound: no round has this slug.
    """
    with engine.stores.site.read() as work:
        return work.rounds.get(RoundId(slug)).round, work.activities.all(RoundId(slug))


def add_activity(engine: Engine, slug: str, told: NewActivity, by: str) -> Activity:
    """Keep an activity.  A photograph is drawn anew; a PDF is kept as it came.

    :raises InvalidIdea: naming every field that is not right; nothing was stored.
    :raises NotReady: ``problem`` is ``activities_many``: a round has 500 at most.
    :raises UnknownRound: no round has this slug.
    """
    place, result = " ".join(tidy(told.place).split()), tidy(told.result)
    mistakes = list(_mistakes(engine.today(), told, place, result))
    if mistakes:
        field, problem, *_ = mistakes[0].split(":")
        raise InvalidIdea(
            "this cannot be kept", field=field, problem=problem, all=" ".join(mistakes)
        )
    attachment, file = _file(told.file)
    activity = Activity(
        id=secrets.token_hex(8),
        round=RoundId(slug),
        day=told.day or engine.today(),
        kind=ActivityKind(told.kind),
        place=place,
        people=told.people,
        result=result,
        attachment=attachment,
    )
    with engine.stores.site.write() as work:
        work.rounds.get(activity.round)
        if work.activities.count(activity.round) >= MOST_ACTIVITIES:
            raise NotReady(
                f"a round has at most {MOST_ACTIVITIES} activities", problem="activities_many"
            )
        work.activities.add(activity, file)
        facts = {"activity": activity.id, "kind": str(activity.kind)}
        work.log.append(Event("activity_added", activity.round, by, facts), engine.clock())
        work.commit()
    return activity


def remove_activity(engine: Engine, slug: str, activity: str, by: str) -> bool:
    """Remove an activity and its file; the event log keeps that it was there."""
    with engine.stores.site.write() as work:
        gone = work.activities.remove(RoundId(slug), activity)
        if gone:
            event = Event("activity_removed", RoundId(slug), by, {"activity": activity})
            work.log.append(event, engine.clock())
        work.commit()
    return gone


def activity_file(engine: Engine, slug: str, activity: str) -> tuple[str, bytes] | None:
    """Return media type and content of the file with an activity, or ``None``."""
    with engine.stores.site.read() as work:
        return work.activities.file(RoundId(slug), activity)


def _file(sent: bytes) -> tuple[str, bytes]:
    """Return media type and what is kept of a file.

    :raises InvalidIdea: it is neither a PDF of at most 3 MB nor a photograph that can be drawn.
    """
    if not sent:
        return "", b""
    if not sent.startswith(b"%PDF-"):
        return MEDIA_TYPE, redrawn(sent).body
    if len(sent) > LARGEST_PDF:
        limit = LARGEST_PDF // 1024 // 1024
        raise InvalidIdea(
            "the file is too large",
            field="photo",
            problem="photo_too_large",
            all=f"photo:photo_too_large:{limit}",
        )
    return PDF, sent


def _mistakes(today: date, told: NewActivity, place: str, result: str) -> Iterator[str]:
    if told.day is None or abs((told.day - today).days) > _FARTHEST_DAYS:
        yield "day:not_a_day"
    if told.kind not in set(ActivityKind):
        yield "kind:unknown"
    if len(place) > LONGEST_PLACE:
        yield f"place:too_long:{LONGEST_PLACE}"
    if told.people is not None and not 0 <= told.people <= MOST_PEOPLE:
        yield f"people:not_count:{MOST_PEOPLE}"
    if not result:
        yield "result:empty"
    elif len(result) > LONGEST_RESULT:
        yield f"result:too_long:{LONGEST_RESULT}"
