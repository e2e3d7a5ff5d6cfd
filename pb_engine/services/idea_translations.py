"""Ideas in other languages: translated by people or programs, brought in by officials."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.domain.events import Event
from pb_engine.domain.ideas import Idea, tidy
from pb_engine.engine import Engine
from pb_engine.errors import ConcurrentEdit, NotReady
from pb_engine.services.ballot_projects import Titles, titles_said
from pb_engine.store.site import SiteWork
from pb_engine.store.site.translations import Translation
from pb_engine.units import IdeaId, RoundId

FIELDS = ("title", "description", "motivation", "own_effort")
"""The fields of an idea that can be translated."""
ORIGINS = ("human", "machine")
LONGEST = 8000
"""Characters of one field: a translation may be longer than what it translates."""


@dataclass(frozen=True, slots=True)
class Said:
    """A field in another language.

    :ivar machine: a computer translated it.
    :ivar stale: the original changed since; residents read the original then.
    """

    body: str
    machine: bool
    stale: bool


def translations_of(engine: Engine, slug: str, idea: str, locale: str) -> Mapping[str, Said]:
    """Return what there is of an idea in a language, by field.

    :raises UnknownIdea: this round has no such idea.
    """
    with engine.stores.site.read() as work:
        found = work.ideas.get(RoundId(slug), IdeaId(idea))
        return _said(work, found, locale)


def seen_of(said: Mapping[str, Said]) -> str:
    """Return a mark of a translation as it stands, so that nobody overwrites what they did not see.

    Empty where there is none.
    """
    told = [f"{field}\0{one.body}\0{one.machine}" for field, one in sorted(said.items())]
    return hashlib.sha256("\0".join(told).encode()).hexdigest()[:16] if told else ""


def _said(work: SiteWork, idea: Idea, locale: str) -> dict[str, Said]:
    return {
        row.field: Said(
            row.body, row.origin == "machine", row.source_digest != _digest(idea, row.field)
        )
        for row in work.translations.of(idea.id, locale)
    }


def titles_of(engine: Engine, originals: Mapping[str, str]) -> Titles:
    """Return the titles of ideas in other languages, in one statement for any number of them.

    :param originals: the titles as they are now, by idea.
    """
    with engine.stores.site.read() as work:
        return titles_said(originals, work.translations.titles(tuple(originals)))


def translate_idea(
    engine: Engine,
    slug: str,
    idea: str,
    locale: str,
    bodies: Mapping[str, str],
    origin: str,
    by: str,
    seen: str | None = None,
) -> None:
    """Keep the translation of an idea; an empty field is taken away.  One commit.

    :param bodies: texts by field; fields that are not named stay.
    :param origin: ``human`` or ``machine``.
    :param seen: what ``seen_of`` said of the translation that the official saw; without it the
        new one replaces whatever there is.
    :raises ConcurrentEdit: somebody else changed it since.
    :raises UnknownRound, UnknownIdea: there is no such idea.
    :raises NotReady: ``problem`` is ``translation_language`` (the round does not offer it, or the
        idea was written in it), ``translation_origin`` or ``news_long`` (over 8000 characters).
    """
    if origin not in ORIGINS:
        raise NotReady("somebody or a machine translated it", problem="translation_origin")
    texts = {field: tidy(body) for field, body in bodies.items() if field in FIELDS}
    if any(len(body) > LONGEST for body in texts.values()):
        raise NotReady(f"a field has at most {LONGEST} characters", problem="news_long")
    with engine.stores.site.write() as work:
        round_ = work.rounds.lock(RoundId(slug)).round
        found = work.ideas.get(RoundId(slug), IdeaId(idea))
        if seen is not None and seen != seen_of(_said(work, found, locale)):
            raise ConcurrentEdit("somebody else translated this meanwhile", idea=found.id)
        if locale not in round_.languages or locale == found.language:
            raise NotReady(f"no translation into {locale[:8]!r}", problem="translation_language")
        _keep(work, found, locale, texts, origin)
        told = {"idea": found.id, "locale": locale, "origin": origin}
        work.log.append(Event("idea_translated", RoundId(slug), by, told), engine.clock())
        work.commit()


def _keep(work: SiteWork, idea: Idea, locale: str, texts: Mapping[str, str], origin: str) -> None:
    for field, body in texts.items():
        if body and getattr(idea, field):
            digest = _digest(idea, field)
            work.translations.put(Translation(idea.id, field, locale, body, origin, digest))
        else:
            work.translations.remove(idea.id, field, locale)


def _digest(idea: Idea, field: str) -> str:
    return hashlib.sha256(str(getattr(idea, field)).encode()).hexdigest()
