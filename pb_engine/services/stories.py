"""Stories of residents: kept with what they agreed to, shown as long as they do."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pb_engine.domain.events import Event
from pb_engine.domain.ideas import tidy
from pb_engine.domain.phases import Phase
from pb_engine.domain.rounds import Round
from pb_engine.domain.stories import (
    LONGEST_CONSENT_DAYS,
    LONGEST_NAME,
    LONGEST_QUOTE,
    LONGEST_STORY,
    LONGEST_TITLE,
    MOST_STORIES,
    Part,
    Story,
)
from pb_engine.engine import Engine
from pb_engine.errors import InvalidIdea, NotReady
from pb_engine.services.pictures import Drawn, Picture, with_words
from pb_engine.store.site import SiteWork
from pb_engine.units import RoundId

__all__ = [
    "NewStory",
    "Part",
    "StoriesPage",
    "Story",
    "StoryCard",
    "add_story",
    "stories_page",
    "story_photo",
    "take_back",
]

_OLDEST = timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class NewStory:
    """What an official writes down of a story, and what the person told about agreed to.

    :ivar agreed_on: and ``until``: nothing when what was typed is no day.
    :ivar photo: a file; empty when there is none.
    """

    title: str
    happened: str
    quote: str
    name: str
    agreed_on: date | None
    public: bool
    with_name: bool
    with_photo: bool
    until: date | None
    photo: bytes = b""
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story with its photograph.

    :ivar shown: whether everybody may read it today.
    """

    story: Story
    photo: Picture | None
    shown: bool


@dataclass(frozen=True, slots=True)
class StoriesPage:
    """The stories of a round, the one that was agreed last first."""

    round: Round
    phase: Phase
    cards: tuple[StoryCard, ...]


def stories_page(engine: Engine, slug: str, *, hidden: bool = False) -> StoriesPage:
    """Return the stories that everybody may read today; for officials also the others.

    :raises UnknownRound: no round has this slug.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as work:
        stored = work.rounds.get(round_id)
        cards = told_in(work, round_id, engine.today())
    shown = tuple(one for one in cards if hidden or one.shown)
    return StoriesPage(stored.round, stored.phase, shown)


def told_in(work: SiteWork, round_id: RoundId, today: date) -> tuple[StoryCard, ...]:
    """Return every story of a round within a unit of work."""
    photos = {one.subject: one for one in work.pictures.of_kind(round_id, "story")}
    return tuple(
        StoryCard(one, photos.get(_subject(one.id)), one.shown(today))
        for one in work.stories.all(round_id)
    )


def story_photo(engine: Engine, slug: str, story: str, *, hidden: bool = False) -> bytes | None:
    """Return the photograph with a story that everybody may read today, or ``None``.

    :param hidden: for officials: also one that is not shown.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as work:
        found = work.stories.get(round_id, story)
        if found is None or not (hidden or found.shown(engine.today())):
            return None
        for photo in work.pictures.of(round_id, _subject(story)):
            kept = work.pictures.body(round_id, photo.id, small=False)
            return kept[1] if kept else None
    return None


def add_story(engine: Engine, slug: str, told: NewStory, by: str) -> Story:
    """Keep a story.  What somebody did not agree to is not kept: no name, no photograph.

    :raises InvalidIdea: naming every field that is not right; nothing was stored.
    :raises NotReady: ``problem`` is ``stories_many``.
    :raises UnknownRound: no round has this slug.
    """
    tidied = _tidied(told)
    mistakes = list(_mistakes(engine.today(), tidied))
    if mistakes:
        field, problem, *_ = mistakes[0].split(":")
        raise InvalidIdea(
            "this cannot be kept", field=field, problem=problem, all=" ".join(mistakes)
        )
    story = _story(engine, slug, tidied)
    photo = with_words(slug, _subject(story.id), told.photo, told.alternative) if told.photo else ()
    with engine.stores.site.write() as work:
        work.rounds.get(story.round)
        if work.stories.count(story.round) >= MOST_STORIES:
            raise NotReady("a round has too many stories", problem="stories_many")
        work.stories.add(story)
        _add_photo(work, *photo)
        facts = {"story": story.id}
        work.log.append(Event("story_told", story.round, by, facts), engine.clock())
        work.commit()
    return story


def take_back(engine: Engine, slug: str, story: str, part: str, by: str) -> bool:
    """Follow somebody who takes their consent back; tell whether the story was there.

    What it was given for is gone at once: the name, the photograph, or the whole story.

    :raises NotReady: there is no such part.
    """
    if part not in set(Part):
        raise NotReady("choose what to take back", problem="story_part")
    with engine.stores.site.write() as work:
        found = work.stories.get(RoundId(slug), story)
        if found is None:
            return False
        _take(work, found, Part(part))
        facts = {"story": found.id, "part": part}
        work.log.append(Event("story_taken_back", found.round, by, facts), engine.clock())
        work.commit()
    return True


def _take(work: SiteWork, story: Story, part: Part) -> None:
    if part is not Part.NAME:
        for photo in work.pictures.of(story.round, _subject(story.id), hidden=True):
            work.pictures.remove(_subject(story.id), photo.id)
    if part is Part.ALL:
        work.stories.remove(story.round, story.id)
    elif part is Part.NAME:
        work.stories.save(dataclasses.replace(story, name=""))
    else:
        work.stories.save(dataclasses.replace(story, with_photo=False))


def _add_photo(work: SiteWork, photo: Picture | None = None, drawn: Drawn | None = None) -> None:
    if photo and drawn:
        work.pictures.add(photo, drawn.body, drawn.small)


def _subject(story: str) -> str:
    return f"story:{story}"


def _tidied(told: NewStory) -> NewStory:
    return dataclasses.replace(
        told,
        title=" ".join(tidy(told.title).split()),
        name=" ".join(tidy(told.name).split()),
        happened=tidy(told.happened),
        quote=tidy(told.quote),
    )


def _story(engine: Engine, slug: str, told: NewStory) -> Story:
    today = engine.today()
    return Story(
        id=secrets.token_hex(8),
        round=RoundId(slug),
        title=told.title,
        happened=told.happened,
        quote=told.quote,
        name=told.name,
        agreed_on=told.agreed_on or today,
        public=told.public,
        with_photo=told.with_photo,
        until=told.until or today,
    )


def _mistakes(today: date, told: NewStory) -> Iterator[str]:
    for name, longest, needed in (
        ("title", LONGEST_TITLE, True),
        ("happened", LONGEST_STORY, True),
        ("quote", LONGEST_QUOTE, False),
        ("name", LONGEST_NAME, False),
    ):
        text = getattr(told, name)
        if needed and not text:
            yield f"{name}:empty"
        elif len(text) > longest:
            yield f"{name}:too_long:{longest}"
    if told.name and not told.with_name:
        yield "name:no_consent"
    if told.photo and not told.with_photo:
        yield "photo:no_consent"
    if told.agreed_on is None or not today - _OLDEST <= told.agreed_on <= today:
        yield "agreed_on:not_a_day"
    if told.until is None or not today <= told.until <= today + timedelta(LONGEST_CONSENT_DAYS):
        yield f"until:consent_end:{LONGEST_CONSENT_DAYS // 366}"
