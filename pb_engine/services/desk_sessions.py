"""Where officials are logged in: each browser can be ended by itself, and none lasts for ever.

Sessions go by the clock of the machine, as the cookies that hold them do.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from pb_engine.engine import Engine, wall_clock
from pb_engine.store.site import DeskSession

__all__ = ["DeskSession", "begin_session", "end_session", "key_of", "sessions_of", "still_lasts"]

LONGEST = timedelta(hours=12)
_SEEN_EVERY = timedelta(minutes=5)


def begin_session(engine: Engine, official: int, browser: str) -> str:
    """Begin a session and return the secret for the cookie; the store keeps only its hash."""
    secret, now = secrets.token_urlsafe(32), wall_clock()
    with engine.stores.site.write() as work:
        work.desk_sessions.clean(now - LONGEST)
        work.desk_sessions.add(DeskSession(key_of(secret), official, now, now, browser))
        work.commit()
    return secret


def key_of(secret: str) -> str:
    """Return under which key a session is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def still_lasts(engine: Engine, secret: str, official: int) -> bool:
    """Tell whether a session was not ended, and began less than a working day ago."""
    key, now = key_of(secret), wall_clock()
    with engine.stores.site.read() as work:
        found = work.desk_sessions.get(key)
    if found is None or found.official != official or now - found.begun_at > LONGEST:
        return False
    if now - found.seen_at > _SEEN_EVERY:
        with engine.stores.site.write() as work:
            work.desk_sessions.seen(key, now)
            work.commit()
    return True


def sessions_of(engine: Engine, official: int) -> tuple[DeskSession, ...]:
    """Return where an official is logged in, the last one used first."""
    now = wall_clock()
    with engine.stores.site.read() as work:
        found = work.desk_sessions.of(official)
    return tuple(one for one in found if now - one.begun_at <= LONGEST)


def end_session(engine: Engine, official: int, key: str) -> bool:
    """End one session of an official; tell whether it was there and theirs."""
    with engine.stores.site.write() as work:
        ended = work.desk_sessions.end(official, key)
        work.commit()
    return ended
