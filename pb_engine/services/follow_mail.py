"""Letters to those who follow an idea."""

from __future__ import annotations

from collections.abc import Iterator

from pb_engine.domain.events import LogEntry
from pb_engine.domain.ideas import Idea
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.sealing import new_nonce
from pb_engine.services import follow_words as words
from pb_engine.services.carrying import pack
from pb_engine.services.mail_texts import closed
from pb_engine.store.site import Follow, OutMessage

PURPOSE = "stop following"
"""What the link that ends the letters is sealed for."""


def question(
    engine: Engine, round_: Round, idea: Idea, to: str, sealed: str, locale: str
) -> OutMessage:
    """Write the letter that asks whether somebody wants to follow an idea."""
    link = f"{engine.settings.base_url}/volgen/{sealed}"
    subject, body = words.QUESTION
    body = body.filled(title=idea.title, link=link)
    text = closed(round_, body).text(locale)
    return OutMessage(f"follow-{new_nonce()}", to, subject.text(locale), text, locale)


def news(
    engine: Engine, round_: Round, idea: Idea, entry: LogEntry, followers: tuple[Follow, ...]
) -> Iterator[OutMessage]:
    """Write to every follower what happened; each gets a link of their own that ends it."""
    happened = words.NEWS.get(entry.event.name)
    if happened is None:
        return
    part = "voortgang" if entry.event.name == "progress_told" else "ideeen"
    page = f"{engine.settings.base_url}/{idea.round}/{part}/{idea.id}"
    for follow in followers:
        end = (
            f"{engine.settings.base_url}/volgen/stop/{pack(engine, PURPOSE, {'follow': follow.id})}"
        )
        body = words.LETTER.filled(title=idea.title, happened=happened, page=page, end=end)
        subject = words.SUBJECT.filled(title=idea.title)
        yield OutMessage(
            key=f"{entry.number}-{follow.id}",
            to=follow.email,
            subject=subject.text(follow.locale),
            body=closed(round_, body).text(follow.locale),
            locale=follow.locale,
            unsubscribe=end,
        )
