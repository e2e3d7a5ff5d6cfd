"""Following an idea by e-mail: two steps to begin, one to end, and nothing kept in between.

Between the question and its confirmation the address travels in the link, sealed.  So there is
nothing to clean up, nobody can see who asked, and the answer is the same for every address.
"""

from __future__ import annotations

import re

from pb_engine.domain.ideas import Idea, tidy
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import InvalidIdea, InvalidTicket
from pb_engine.sealing import keyed_id, new_nonce, new_secret
from pb_engine.services import follow_mail, keys, throttles
from pb_engine.services.carrying import pack, unpack
from pb_engine.store.site import Follow
from pb_engine.units import IdeaId, RoundId

__all__ = ["address_in", "ask_to_follow", "confirm", "followed_by", "idea_to_follow", "stop"]

MOST_A_DAY = 3
"""Questions to one address on one day, whoever asks and for whatever idea."""
LINK_LIFE = 2 * 24 * 3600
_STOP_LIFE = 10 * 366 * 24 * 3600
_DAY = 24 * 3600
_ASKED = "follow an idea"
_STOP = follow_mail.PURPOSE
_ADDRESS = re.compile(
    r"[^\s@<>()\[\],;:\\\"]{1,64}@[^\s@<>()\[\],;:\\\"]+\.[^\s@<>()\[\],;:\\\".]{2,}"
)
_LONGEST = 200


def ask_to_follow(engine: Engine, slug: str, idea_id: str, email: str, locale: str) -> None:
    """Send a letter to an address, whose owner follows the idea only by answering it.

    The answer is the same whether the address follows already, or got too many letters today.

    :raises UnknownIdea: no idea in this round has this identifier.
    :raises InvalidIdea: this is no address.
    """
    to = address_in(email)
    round_, idea = idea_to_follow(engine, slug, idea_id)
    if throttles.hit(engine, f"follow letters to {to}", _DAY) > MOST_A_DAY:
        return
    sealed = pack(engine, _ASKED, {"idea": idea.id, "round": slug, "to": to, "in": locale})
    letter = follow_mail.question(engine, round_, idea, to, sealed, locale)
    with engine.stores.site.write() as work:
        work.messages.add(letter)
        work.commit()


def address_in(email: str) -> str:
    """Return an e-mail address as it is written to.

    :raises InvalidIdea: this is no address.
    """
    to = tidy(email).casefold()
    if len(to) > _LONGEST or not _ADDRESS.fullmatch(to) or not to.isprintable():
        raise InvalidIdea(
            "this is no e-mail address",
            field="email",
            problem="not_an_address",
            all="email:not_an_address",
        )
    return to


def idea_to_follow(engine: Engine, slug: str, idea_id: str) -> tuple[Round, Idea]:
    """Return an idea with its round.

    :raises UnknownIdea: no idea in this round has this identifier.
    """
    with engine.stores.site.read() as work:
        stored = work.rounds.get(RoundId(slug))
        return stored.round, work.ideas.get(RoundId(slug), IdeaId(idea_id))


def followed_by(engine: Engine, sealed: str) -> tuple[RoundId, IdeaId]:
    """Return which idea a link is for.

    :raises InvalidTicket: forged, or too old.
    """
    asked = unpack(engine, _ASKED, sealed, LINK_LIFE)
    return RoundId(str(asked["round"])), IdeaId(str(asked["idea"]))


def confirm(engine: Engine, sealed: str) -> None:
    """Let an address follow an idea; doing it twice changes nothing.

    :raises InvalidTicket: forged, or too old.
    """
    asked = unpack(engine, _ASKED, sealed, LINK_LIFE)
    key = engine.keyring.get_or_create(keys.talk(), new_secret)
    subject, to = f"idea:{asked['idea']}", str(asked["to"])
    follow = Follow(new_nonce(), subject, to, keyed_id(key, "follower", to), str(asked["in"]))
    with engine.stores.site.write() as work:
        work.follows.add(follow)
        work.commit()


def stop(engine: Engine, sealed: str) -> None:
    """Forget a follower, and what waits for them; doing it twice changes nothing.

    :raises InvalidTicket: forged.
    """
    told = unpack(engine, _STOP, sealed, _STOP_LIFE)
    if not isinstance(told.get("follow"), str):
        raise InvalidTicket("this link ends nothing", problem="malformed")
    with engine.stores.site.write() as work:
        work.follows.end(told["follow"])
        work.messages.withdraw(told["follow"])
        work.commit()
