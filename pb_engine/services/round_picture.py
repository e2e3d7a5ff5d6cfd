"""The photograph of a round: one, made anew, with words for who does not see it."""

from __future__ import annotations

from pb_engine.domain.events import Event
from pb_engine.engine import Engine
from pb_engine.errors import InvalidIdea
from pb_engine.services.pictures import Picture, with_words
from pb_engine.units import RoundId

SUBJECT = "round"


def round_picture(engine: Engine, slug: str) -> Picture | None:
    """Return the photograph of a round, if it has one."""
    with engine.stores.site.read() as work:
        return next(iter(work.pictures.of(RoundId(slug), SUBJECT)), None)


def set_round_picture(engine: Engine, slug: str, sent: bytes, alternative: str, by: str) -> None:
    """Give a round a photograph, in place of the one that it had.

    :raises InvalidIdea: there is no file, or it or the words are not right; nothing changed.
    :raises UnknownRound: no round has this slug.
    """
    if not sent:
        raise InvalidIdea("photo: none", all="photo:photo_none:0")
    picture, drawn = with_words(slug, SUBJECT, sent, alternative)
    with engine.stores.site.write() as work:
        work.rounds.get(picture.round)
        for old in work.pictures.of(picture.round, SUBJECT, hidden=True):
            work.pictures.remove(SUBJECT, old.id)
        work.pictures.add(picture, drawn.body, drawn.small)
        event = Event("round_picture_changed", picture.round, by, {"picture": picture.id})
        work.log.append(event, engine.clock())
        work.commit()


def drop_round_picture(engine: Engine, slug: str, by: str) -> None:
    """Take the photograph of a round away; a round without one stays as it is."""
    round_id = RoundId(slug)
    with engine.stores.site.write() as work:
        work.rounds.get(round_id)
        found = work.pictures.of(round_id, SUBJECT, hidden=True)
        for old in found:
            work.pictures.remove(SUBJECT, old.id)
        if found:
            event = Event("round_picture_changed", round_id, by, {"picture": ""})
            work.log.append(event, engine.clock())
            work.commit()
