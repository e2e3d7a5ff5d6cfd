"""The accounts of officials.  Passwords and second factors are the login library's work."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from pb_engine.domain.events import Event
from pb_engine.domain.people import ROLE_NAMES, Role
from pb_engine.engine import Engine
from pb_engine.errors import InvalidOfficial
from pb_engine.services.roll import sought
from pb_engine.store.site import Official

__all__ = [
    "ROLE_NAMES",
    "Official",
    "Role",
    "add_official",
    "all_officials",
    "find_official",
    "save_official",
]

LONGEST = 200


def add_official(
    engine: Engine, email: str, name: str, roles: Iterable[str], password_hash: str, by: str
) -> Official:
    """Add an official.

    :param password_hash: as the login library made it; a password in clear is refused.
    :param name: as the event log will tell it.  Where two people must decide, two names must: so
        no two officials bear one name, however it is written.
    :raises InvalidOfficial: no e-mail address, an unknown role, or address or name is taken.
    """
    address = email.strip().casefold()
    if not 3 <= len(address) <= LONGEST or address.count("@") != 1:  # noqa: PLR2004
        raise InvalidOfficial(f"{email[:60]!r} is not an e-mail address", problem="email")
    if not password_hash.startswith("$"):
        raise InvalidOfficial("a password must be hashed before it is stored", problem="password")
    official = Official(
        id=0,
        email=address,
        name=name.strip()[:LONGEST] or address,
        password=password_hash,
        active=True,
        uniquifier=secrets.token_hex(16),
        roles=_roles(roles),
        totp_method=None,
        totp_secret=None,
        recovery_codes=(),
    )
    with engine.stores.site.write() as work:
        if any(sought(one.name) == sought(official.name) for one in work.officials.all()):
            raise InvalidOfficial(
                f"an official named {official.name[:60]!r} has an account already; add a letter",
                problem="name",
            )
        stored = work.officials.add(official)
        for role in stored.roles:
            facts: dict[str, str | int] = {"official": stored.id, "role": str(role)}
            work.log.append(Event("official_added", None, by, facts), engine.clock())
        work.commit()
    return stored


def _roles(names: Iterable[str]) -> tuple[Role, ...]:
    known = {str(role) for role in Role}
    wanted = tuple(dict.fromkeys(names))
    for name in wanted:
        if name not in known:
            raise InvalidOfficial(
                f"{name[:40]!r} is not a role; roles are {', '.join(sorted(known))}", problem="role"
            )
    if not wanted:
        raise InvalidOfficial("an official needs a role", problem="role")
    return tuple(Role(name) for name in wanted)


def find_official(
    engine: Engine,
    *,
    id: int | None = None,  # noqa: A002 - the login library calls it so
    email: str | None = None,
    uniquifier: str | None = None,
) -> Official | None:
    """Return an official by one of three marks, or ``None``."""
    with engine.stores.site.read() as work:
        if id is not None:
            return work.officials.by_id(id)
        if uniquifier is not None:
            return work.officials.by_uniquifier(uniquifier)
        return work.officials.by_email(email.strip().casefold()) if email else None


def all_officials(engine: Engine) -> tuple[Official, ...]:
    """Return every official, by e-mail address."""
    with engine.stores.site.read() as work:
        return work.officials.all()


def save_official(engine: Engine, official: Official, by: str, change: str) -> None:
    """Store what changed about an official, and log what kind of change it was.

    :raises InvalidOfficial: there is no such official.
    """
    with engine.stores.site.write() as work:
        work.officials.save(official)
        facts: dict[str, str | int] = {"official": official.id, "change": change}
        work.log.append(Event("official_changed", None, by, facts), engine.clock())
        work.commit()
