"""News of a round by e-mail: two steps to begin, one to end, and nothing kept in between.

As with following an idea, the address travels in the link, sealed, until its owner confirms.  So
an address that nobody confirms stands nowhere, and the answer is the same for every address.
"""

from __future__ import annotations

from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import InvalidTicket
from pb_engine.sealing import keyed_id, new_nonce, new_secret
from pb_engine.services import keys, throttles
from pb_engine.services import newsletter_words as words
from pb_engine.services.carrying import pack, unpack
from pb_engine.services.following import address_in
from pb_engine.services.mail_texts import closed
from pb_engine.services.rounds import stored_round
from pb_engine.store.site import Follow, OutMessage

__all__ = ["LINK_LIFE", "MOST_AN_HOUR", "ask_to_subscribe", "confirm", "subject_of"]

MOST_AN_HOUR = 1
"""Letters with a link to one address within an hour, whoever asks and for whatever round."""
LINK_LIFE = 7 * 24 * 3600
_HOUR = 3600
_ASKED = "news of a round"


def ask_to_subscribe(engine: Engine, slug: str, email: str, locale: str) -> None:
    """Send a letter to an address, whose owner gets news of the round only by answering it.

    The answer is the same whether the address gets news already, or got a letter just now.

    :raises UnknownRound: no round has this slug.
    :raises InvalidIdea: this is no address.
    """
    to = address_in(email)
    round_ = stored_round(engine, slug).round
    if throttles.hit(engine, f"news letters to {to}", _HOUR) > MOST_AN_HOUR:
        return
    sealed = pack(engine, _ASKED, {"round": slug, "to": to, "in": locale})
    letter = _question(engine, round_, to, sealed, locale)
    with engine.stores.site.write() as work:
        work.messages.add(letter)
        work.commit()


def confirm(engine: Engine, slug: str, sealed: str, *, really: bool) -> None:
    """Let an address get the news of a round; doing it twice changes nothing.

    :param really: ``False`` only looks whether the link is worth something.
    :raises InvalidTicket: forged, too old, or of another round.
    """
    asked = unpack(engine, _ASKED, sealed, LINK_LIFE)
    if asked["round"] != slug:
        raise InvalidTicket("this link is of another round", problem="malformed")
    if not really:
        return
    key = engine.keyring.get_or_create(keys.talk(), new_secret)
    to = str(asked["to"])
    tag = keyed_id(key, "follower", to)
    with engine.stores.site.write() as work:
        work.follows.add(Follow(new_nonce(), subject_of(slug), to, tag, str(asked["in"])))
        work.commit()


def subject_of(slug: str) -> str:
    """Name what subscribers of a round follow."""
    return f"news:{slug}"


def _question(engine: Engine, round_: Round, to: str, sealed: str, locale: str) -> OutMessage:
    link = f"{engine.settings.base_url}/{round_.slug}/nieuws/e-mail/{sealed}"
    subject, body = (text.filled(round=round_.name, link=link) for text in words.QUESTION)
    text = closed(round_, body).text(locale)
    return OutMessage(f"news-{new_nonce()}", to, subject.text(locale), text, locale)
