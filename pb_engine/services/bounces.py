"""Addresses that a mail server refused: who cannot be reached, so that a letter can go instead.

The list holds keyed hashes.  It says something only to who has an address in hand: an idea knows
that of its submitter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pb_engine.domain.events import Event
from pb_engine.domain.ideas import Idea
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.sealing import keyed_id, new_secret
from pb_engine.services import keys
from pb_engine.services.subscribing import subject_of
from pb_engine.store.site import Bounce, SiteWork
from pb_engine.units import IdeaId, RoundId

__all__ = [
    "Bounce",
    "Unreached",
    "UnreachedPage",
    "asked_for",
    "tag_of",
    "try_again",
    "unreached",
    "unreached_of",
]

_ASKED = ("follow-", "news-", "draft-", "link-", "invitation-", "trial-")
"""The keys of messages that somebody has asked for this very moment, at that address."""


@dataclass(frozen=True, slots=True)
class Unreached:
    """A submitter whose address takes no mail.

    :ivar place: which submitter of the idea, counted from 0.
    :ivar skipped: how many messages were not tried since.
    """

    idea: Idea
    place: int
    name: str
    reason: str
    since: date
    skipped: int


@dataclass(frozen=True, slots=True)
class UnreachedPage:
    """Who of a round cannot be reached by mail.

    :ivar followers: so many of those who follow an idea of it, or get its news.
    :ivar everywhere: so many addresses in all rounds.
    """

    round: Round
    submitters: tuple[Unreached, ...]
    followers: int
    everywhere: int


def tag_of(engine: Engine, address: str) -> str:
    """Return the keyed hash of an address, however it is written."""
    key = engine.keyring.get_or_create(keys.talk(), new_secret)
    return keyed_id(key, "bounce", address.strip().casefold())


def asked_for(key: str) -> bool:
    """Tell whether a message is tried whatever the list says: its receiver waits for it.

    A voter with a mended mailbox must get the link to vote; once it arrives the list forgets.
    """
    return key.startswith(_ASKED)


def unreached(engine: Engine, slug: str) -> UnreachedPage:
    """Return who of a round cannot be reached.

    :raises UnknownRound: no round has this slug.
    """
    with engine.stores.site.read() as work:
        round_ = work.rounds.get(RoundId(slug)).round
        ideas = work.ideas.all(round_.slug)
        submitters = _of(engine, work, ideas)
        followers = _followers(engine, work, round_, ideas)
        everywhere, _ = work.bounces.totals()
    return UnreachedPage(round_, submitters, followers, everywhere)


def unreached_of(engine: Engine, idea: Idea) -> tuple[Unreached, ...]:
    """Return which submitters of an idea cannot be reached."""
    with engine.stores.site.read() as work:
        return _of(engine, work, [idea])


def try_again(engine: Engine, slug: str, idea_id: str, place: int, by: str) -> bool:
    """Let mail go to a submitter again; tell whether that changed anything.

    :raises UnknownIdea: no idea in this round has this identifier.
    """
    with engine.stores.site.write() as work:
        idea = work.ideas.get(RoundId(slug), IdeaId(idea_id))
        here = idea.submitters[place : place + 1] if place >= 0 else ()
        gone = any(work.bounces.forget(tag_of(engine, one.email)) for one in here if one.email)
        if gone:
            facts = {"idea": str(idea.id)}
            work.log.append(Event("address_tried_again", idea.round, by, facts), engine.clock())
        work.commit()
    return gone


def _of(engine: Engine, work: SiteWork, ideas: Iterable[Idea]) -> tuple[Unreached, ...]:
    there = [
        (idea, place, one.name, tag_of(engine, one.email))
        for idea in ideas
        for place, one in enumerate(idea.submitters)
        if one.email
    ]
    known = work.bounces.of(tag for *_, tag in there)
    return tuple(
        Unreached(idea, place, name, known[tag].reason, known[tag].bounced_on, known[tag].skipped)
        for idea, place, name, tag in there
        if tag in known
    )


def _followers(engine: Engine, work: SiteWork, round_: Round, ideas: tuple[Idea, ...]) -> int:
    subjects = [subject_of(round_.slug), *(f"idea:{idea.id}" for idea in ideas)]
    tags = {tag_of(engine, one.email) for each in subjects for one in work.follows.of(each)}
    return len(work.bounces.of(tags))
