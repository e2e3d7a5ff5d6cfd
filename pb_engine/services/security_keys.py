"""Security keys of officials: kept, used and removed.  The answer itself is checked at the desk."""

from __future__ import annotations

from datetime import datetime

from pb_engine.domain.events import Event
from pb_engine.engine import Engine, wall_clock
from pb_engine.errors import InvalidOfficial
from pb_engine.services.roll import sought
from pb_engine.store.site import Official, SecurityKey, SiteWork

__all__ = [
    "LONGEST_NAME",
    "SecurityKey",
    "add_key",
    "has_second_factor",
    "keys_of",
    "moment_of",
    "remove_key",
    "use_key",
]

LONGEST_NAME = 60
MOST_KEYS = 10


def keys_of(engine: Engine, official: int) -> tuple[SecurityKey, ...]:
    """Return the security keys of an official, the oldest first."""
    with engine.stores.site.read() as work:
        return work.security_keys.of(official)


def has_second_factor(engine: Engine, official: int) -> bool:
    """Tell whether an official has an app or a key to log in with beside the password."""
    with engine.stores.site.read() as work:
        found = work.officials.by_id(official)
        return found is not None and bool(_app(found) or work.security_keys.of(official))


def moment_of(now: datetime) -> int:
    """Return a moment as keys remember it: whole milliseconds since 1970."""
    return int(now.timestamp() * 1000)


def add_key(engine: Engine, key: SecurityKey, by: str, *, first: bool) -> None:
    """Keep a new key of an official; its name is theirs to choose.

    :param first: whether this must be the first second factor: it is set with the password alone.
    :raises InvalidOfficial: no such official, no name or one that another of their keys has, a key
        that somebody has already, too many keys, or not the first while it must be.
    """
    with engine.stores.site.write() as work:
        owner = work.officials.locked(key.official)
        others = work.security_keys.of(key.official)
        if first and (_app(owner) or others):
            raise InvalidOfficial(f"{owner.name} has a second factor already", problem="key")
        if len(others) >= MOST_KEYS:
            raise InvalidOfficial("too many keys", problem="keys", most=MOST_KEYS)
        taken = {sought(one.name) for one in others}
        if not 1 <= len(key.name) <= LONGEST_NAME or sought(key.name) in taken:
            raise InvalidOfficial(f"{key.name[:60]!r} cannot be its name", problem="key_name")
        if not work.security_keys.add(key):
            raise InvalidOfficial("somebody has this key already", problem="key_known")
        _log(engine, work, by, key.official, "key_added")
        work.commit()


def use_key(engine: Engine, official: int, id_: str, sign_count: int, asked_at: int) -> None:
    """Write down that a key gave a right answer, so that the same answer is worth nothing again.

    :param asked_at: when the question was asked, as ``moment_of`` tells it.
    :raises InvalidOfficial: not a key of this official, an answer to a question that is not newer
        than the last one, or a count that went back: somebody copied the key.
    """
    with engine.stores.site.write() as work:
        if not work.security_keys.used(official, id_, sign_count, asked_at, wall_clock()):
            raise InvalidOfficial("this answer of the key was given before", problem="key")
        work.commit()


def remove_key(engine: Engine, official: int, id_: str, by: str) -> None:
    """Remove one of an official's keys, never their last second factor.

    :raises InvalidOfficial: the key is not theirs, or nothing would be left beside the password.
    """
    with engine.stores.site.write() as work:
        owner = work.officials.locked(official)
        if not work.security_keys.remove(official, id_):
            raise InvalidOfficial("there is no such key", problem="key")
        if not _app(owner) and not work.security_keys.of(official):
            raise InvalidOfficial("this is the last second factor", problem="only_key")
        _log(engine, work, by, official, "key_removed")
        work.commit()


def _app(one: Official) -> bool:
    return bool(one.totp_method and one.totp_secret)


def _log(engine: Engine, work: SiteWork, by: str, official: int, change: str) -> None:
    facts: dict[str, str | int] = {"official": official, "change": change}
    work.log.append(Event("official_changed", None, by, facts), engine.clock())
