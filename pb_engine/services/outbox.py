"""The event log as outbox: listeners and mail read past their own cursor, at least once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from pb_engine.api import PublicEvent
from pb_engine.domain.events import Event, LogEntry
from pb_engine.domain.ideas import Idea
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.pluginhost import Listener
from pb_engine.services import follow_mail, mail_texts, result_mail
from pb_engine.services.sending import AT_ONCE, send_due
from pb_engine.services.status_letters import Letter
from pb_engine.services.status_texts import own_texts
from pb_engine.store.site import OutMessage, SiteWork
from pb_engine.units import IdeaId, RoundId

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Delivered:
    """How many events were told to listeners and how many messages left."""

    events: int
    messages: int


def deliver(engine: Engine) -> Delivered:
    """Tell listeners what is new, write the messages it asks for, and send what is due.

    Each listener is isolated: one that raises hears the same event again next time, and nobody
    else notices.  A request never waits for this.
    """
    told = sum(_tell(engine, listener) for listener in engine.plugins.listeners)
    _write_messages(engine)
    return Delivered(told, send_due(engine))


def _tell(engine: Engine, listener: Listener) -> int:
    name = f"listener:{listener.name}"
    with engine.stores.site.read() as work:
        entries = work.log.entries(after=work.cursors.get(name), limit=AT_ONCE)
    told = 0
    for entry in entries:
        try:
            listener.tell(_public(entry))
        except Exception as problem:  # noqa: BLE001 - a listener may fail in any way
            _log.warning(
                "listener failed",
                listener=listener.name,
                event_number=entry.number,
                problem=type(problem).__name__,
            )
            break
        told += 1
    if told:
        _move_cursor(engine, name, entries[told - 1].number)
    return told


def _public(entry: LogEntry) -> PublicEvent:
    event = entry.event
    return PublicEvent(event.name, entry.number, event.round, entry.at, dict(event.facts))


def _move_cursor(engine: Engine, name: str, number: int) -> None:
    with engine.stores.site.write() as work:
        work.cursors.set(name, number)
        work.commit()


def _write_messages(engine: Engine) -> None:
    with engine.stores.site.write() as work:
        entries = work.log.entries(after=work.cursors.get("mail"), limit=AT_ONCE)
        for entry in entries:
            writer = _WRITERS.get(entry.event.name)
            if writer and entry.event.round:
                _add(engine, work, entry, writer)
            if entry.event.round and entry.event.name in result_mail.EVENTS:
                for message in result_mail.result_messages(engine, work, entry):
                    work.messages.add(message)
            if entry.event.round and "idea" in entry.event.facts:
                _tell_followers(engine, work, entry)
        if entries:
            work.cursors.set("mail", entries[-1].number)
        work.commit()


Writer = Callable[[SiteWork, Round, Event, Idea], Letter | None]


def _add(engine: Engine, work: SiteWork, entry: LogEntry, writer: Writer) -> None:
    slug = RoundId(entry.event.round or "")
    round_ = work.rounds.get(slug).round
    idea = work.ideas.get(slug, IdeaId(str(entry.event.facts["idea"])))
    letter = writer(work, round_, entry.event, idea)
    if letter is None:
        return
    subject, body = letter
    locale = mail_texts.language_of(round_, idea)
    address = f"{engine.settings.base_url}/idee/{idea.id}"
    where = mail_texts.whereabouts(address, over=writer is _thanked)
    text = body.text(locale) + where.text(locale)
    for place, submitter in enumerate(idea.submitters):
        if submitter.email:
            key = f"{entry.number}-{place}"
            work.messages.add(OutMessage(key, submitter.email, subject.text(locale), text, locale))


def _tell_followers(engine: Engine, work: SiteWork, entry: LogEntry) -> None:
    idea_id = IdeaId(str(entry.event.facts["idea"]))
    if followers := work.follows.of(f"idea:{idea_id}"):
        slug = RoundId(entry.event.round or "")
        round_, idea = work.rounds.get(slug).round, work.ideas.get(slug, idea_id)
        for message in follow_mail.news(engine, round_, idea, entry, followers):
            work.messages.add(message)


def _received(work: SiteWork, round_: Round, _event: Event, idea: Idea) -> Letter:
    return mail_texts.told(round_, idea, "received", own_texts(work, round_.slug))


def _judged(work: SiteWork, round_: Round, event: Event, idea: Idea) -> Letter | None:
    # A judgement that was replaced before we came by is not worth a letter; the next one is.
    if idea.review is None or idea.review.outcome != event.facts["outcome"]:
        return None
    return mail_texts.judged(round_, idea, idea.review, own_texts(work, round_.slug))


def _replied(work: SiteWork, round_: Round, _event: Event, idea: Idea) -> Letter | None:
    if idea.review is None or not idea.review.reply:
        return None
    return mail_texts.replied(round_, idea, idea.review, own_texts(work, round_.slug))


def _merged(work: SiteWork, round_: Round, event: Event, idea: Idea) -> Letter:
    return _beside(work, round_, event, idea, "merged")


def _split(work: SiteWork, round_: Round, event: Event, idea: Idea) -> Letter:
    return _beside(work, round_, event, idea, "split")


def _beside(work: SiteWork, round_: Round, event: Event, idea: Idea, status: str) -> Letter:
    other = work.ideas.get(round_.slug, IdeaId(str(event.facts["into"])))
    own = own_texts(work, round_.slug)
    return mail_texts.told(round_, idea, status, own, other=other.title)


def _appeal_decided(work: SiteWork, round_: Round, event: Event, idea: Idea) -> Letter:
    status = f"appeal_{event.facts['decision']}"
    return mail_texts.told(round_, idea, status, own_texts(work, round_.slug))


def _taken_up(work: SiteWork, round_: Round, _event: Event, idea: Idea) -> Letter:
    return mail_texts.told(round_, idea, "taken_up", own_texts(work, round_.slug))


def _thanked(work: SiteWork, round_: Round, _event: Event, idea: Idea) -> Letter:
    return mail_texts.told(round_, idea, "thanked", own_texts(work, round_.slug))


_WRITERS: dict[str, Writer] = {
    "submitter_thanked": _thanked,
    "idea_submitted": _received,
    "idea_judged": _judged,
    "referral_answered": _replied,
    "ideas_merged": _merged,
    "idea_split": _split,
    "appeal_decided": _appeal_decided,
    "idea_taken_up": _taken_up,
}
