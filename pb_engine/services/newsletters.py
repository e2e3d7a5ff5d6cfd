"""Newsletters: officials write one, look at it, and send it once to everybody who asked for news.

Nobody at the desk sees an address; only how many there are.
"""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pb_engine.domain.activities import LONGEST_RESULT, MOST_ACTIVITIES, Activity, ActivityKind
from pb_engine.domain.events import Event
from pb_engine.domain.ideas import tidy
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import ConcurrentEdit, NotReady
from pb_engine.sealing import new_nonce
from pb_engine.services import newsletter_words as words
from pb_engine.services import throttles
from pb_engine.services.carrying import pack
from pb_engine.services.follow_mail import PURPOSE
from pb_engine.services.mail_texts import closed
from pb_engine.services.rounds import stored_round
from pb_engine.services.subscribing import subject_of
from pb_engine.store.site import Newsletter, OutMessage, SiteWork
from pb_engine.units import RoundId

__all__ = [
    "LONGEST_BODY",
    "LONGEST_SUBJECT",
    "Newsletter",
    "NewslettersPage",
    "newsletter",
    "newsletters",
    "seen",
    "send_newsletter",
    "try_newsletter",
    "write_newsletter",
]

LONGEST_SUBJECT = 120
LONGEST_BODY = 8000
MOST = 200
"""Letters in one round."""
MOST_TRIALS = 20
"""Letters to oneself within an hour."""
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class NewslettersPage:
    """The letters of a round, and how many residents get the next one."""

    round: Round
    letters: tuple[Newsletter, ...]
    subscribers: int


def newsletters(engine: Engine, slug: str) -> NewslettersPage:
    """Return the letters of a round.

    :raises UnknownRound: no round has this slug.
    """
    with engine.stores.site.read() as work:
        round_ = work.rounds.get(RoundId(slug)).round
        letters = work.newsletters.all(RoundId(slug))
        return NewslettersPage(round_, letters, work.follows.number(subject_of(slug)))


def newsletter(engine: Engine, slug: str, letter: str) -> Newsletter | None:
    """Return a letter of a round, or ``None``."""
    with engine.stores.site.read() as work:
        return work.newsletters.get(RoundId(slug), letter)


def write_newsletter(
    engine: Engine,
    slug: str,
    texts: Mapping[str, tuple[str, str]],
    by: str,
    *,
    letter: str = "",
    version: int = 0,
) -> Newsletter:
    """Keep a letter: a new one, or another text of one that was seen at ``version``.

    :param texts: subject and body by language; a language without both is left out.
    :raises NotReady: ``problem`` is ``newsletter_empty`` (nothing in the first language of the
        round), ``newsletter_half`` (a subject or a text alone), ``newsletter_long``, ``news_many``
        or ``newsletter_sent``.
    :raises ConcurrentEdit: somebody else saved it since.
    """
    round_ = stored_round(engine, slug).round
    kept = _checked(round_, texts)
    new = Newsletter(letter or secrets.token_hex(8), round_.slug, kept, version or 1)
    with engine.stores.site.write() as work:
        if letter:
            _changeable(work, slug, letter)
            if not work.newsletters.change(new):
                raise ConcurrentEdit("somebody else changed this letter first")
            new = dataclasses.replace(new, version=new.version + 1)
        else:
            if len(work.newsletters.all(round_.slug)) >= MOST:
                raise NotReady(f"a round has at most {MOST} letters", problem="news_many")
            work.newsletters.add(new)
        facts = {"newsletter": new.id, "languages": ",".join(sorted(kept))}
        work.log.append(Event("newsletter_written", round_.slug, by, facts), engine.clock())
        work.commit()
    return new


def seen(round_: Round, letter: Newsletter) -> dict[str, tuple[str, str]]:
    """Return subject and text of a letter by language, as a resident gets them."""
    return {
        language: _letter(round_, letter, language, words.NO_END.text(language))
        for language in letter.texts
    }


def try_newsletter(engine: Engine, slug: str, letter: str, to: str, by: str) -> int:
    """Send a letter to oneself, in every language that it has; return how many that are.

    :raises NotReady: ``problem`` is ``newsletter_sent``, or ``newsletter_trials``: that was often.
    """
    if throttles.hit(engine, f"trials of {by}", _HOUR) > MOST_TRIALS:
        raise NotReady("too many trials within an hour", problem="newsletter_trials")
    with engine.stores.site.write() as work:
        found = _changeable(work, slug, letter)
        round_ = work.rounds.get(RoundId(slug)).round
        for language, (subject, body) in seen(round_, found).items():
            marked = words.TRIAL.filled(subject=subject).text(language)
            work.messages.add(OutMessage(f"trial-{new_nonce()}", to, marked, body, language))
        work.commit()
    return len(found.texts)


def send_newsletter(engine: Engine, slug: str, letter: str, version: int, by: str) -> int:
    """Send a letter to everybody who wants news of the round, once; return to how many.

    It enters the activity log of the round with that number, and so the end report.

    :raises NotReady: ``problem`` is ``newsletter_sent``, or ``newsletter_nobody``.
    :raises ConcurrentEdit: it is not the letter that was seen at ``version``.
    """
    now = engine.clock()
    with engine.stores.site.write() as work:
        found = _changeable(work, slug, letter)
        round_ = work.rounds.get(RoundId(slug)).round
        messages = tuple(_messages(engine, work, round_, found))
        if not messages:
            raise NotReady("nobody asked for news of this round", problem="newsletter_nobody")
        if not work.newsletters.send(letter, version, now, len(messages)):
            raise ConcurrentEdit("somebody else changed this letter first")
        work.messages.add_all(messages)
        if work.activities.count(round_.slug) < MOST_ACTIVITIES:
            work.activities.add(_activity(engine, round_, found, len(messages)))
        facts: dict[str, str | int] = {"newsletter": letter, "recipients": len(messages)}
        work.log.append(Event("newsletter_sent", round_.slug, by, facts), now)
        work.commit()
    return len(messages)


def _changeable(work: SiteWork, slug: str, letter: str) -> Newsletter:
    found = work.newsletters.get(RoundId(slug), letter)
    if found is None or found.sent_at is not None:
        raise NotReady("this letter was sent already", problem="newsletter_sent")
    return found


def _checked(round_: Round, texts: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    kept: dict[str, tuple[str, str]] = {}
    for language in round_.languages:
        subject, body = (tidy(one) for one in texts.get(language, ("", "")))
        subject = " ".join(subject.split())
        if bool(subject) != bool(body):
            raise NotReady("a letter has a subject and a text", problem="newsletter_half")
        if len(subject) > LONGEST_SUBJECT or len(body) > LONGEST_BODY:
            raise NotReady(
                f"a subject has at most {LONGEST_SUBJECT} characters, a text {LONGEST_BODY}",
                problem="newsletter_long",
            )
        if body:
            kept[language] = subject, body
    if round_.languages[0] not in kept:
        raise NotReady("the first language of the round is missing", problem="newsletter_empty")
    return kept


def _letter(round_: Round, letter: Newsletter, language: str, end: str) -> tuple[str, str]:
    subject, body = letter.texts[language]
    text = words.LETTER.filled(body=body, round=round_.name, end=end)
    return subject, closed(round_, text).text(language)


def _messages(
    engine: Engine, work: SiteWork, round_: Round, letter: Newsletter
) -> Iterator[OutMessage]:
    for follow in work.follows.of(subject_of(round_.slug)):
        known = follow.locale in letter.texts
        language = follow.locale if known else round_.languages[0]
        sealed = pack(engine, PURPOSE, {"follow": follow.id})
        end = f"{engine.settings.base_url}/volgen/stop/{sealed}"
        subject, body = _letter(round_, letter, language, end)
        key = f"{letter.id}-{follow.id}"
        yield OutMessage(key, follow.email, subject, body, language, unsubscribe=end)


def _activity(engine: Engine, round_: Round, letter: Newsletter, people: int) -> Activity:
    subject = letter.texts[round_.languages[0]][0]
    return Activity(
        id=secrets.token_hex(8),
        round=round_.slug,
        day=engine.today(),
        kind=ActivityKind.NEWSLETTER,
        place="",
        people=people,
        result=subject[:LONGEST_RESULT],
    )
