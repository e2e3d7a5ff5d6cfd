"""The accounts of officials.  Passwords and second factors are the login library's work."""

from __future__ import annotations

import dataclasses
import re
import secrets
from collections.abc import Iterable
from typing import Any

from pb_engine.domain.events import Event
from pb_engine.domain.people import (
    ROLE_NAMES,
    Grant,
    Role,
    as_whom,
    grant_of,
    keeps_accounts,
    roles_in,
)
from pb_engine.engine import Engine
from pb_engine.errors import InvalidOfficial, NotAllowed
from pb_engine.services.roll import sought
from pb_engine.store.site import Official, SiteWork

__all__ = [
    "ROLE_NAMES",
    "Grant",
    "Official",
    "Role",
    "add_official",
    "all_officials",
    "as_whom",
    "find_official",
    "give_role",
    "log_out_everywhere",
    "new_official",
    "put_official",
    "replace_password",
    "roles_in",
    "save_official",
    "set_access",
    "take_role",
    "wipe_second_factor",
]

LONGEST = 200
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


def add_official(
    engine: Engine, email: str, name: str, roles: Iterable[str], password_hash: str, by: str
) -> Official:
    """Add an official.

    :param password_hash: as the login library made it; a password in clear is refused.
    :param name: as the event log will tell it.  Where two people must decide, two names must: so
        no two officials bear one name, however it is written.
    :param roles: as ``grant_of`` reads them, so also for one round.
    :raises InvalidOfficial: no e-mail address, an unknown role or round, or address or name is
        taken.
    """
    official = new_official(email, name, roles, password_hash)
    with engine.stores.site.write() as work:
        stored = put_official(engine, work, official, by)
        work.commit()
    return stored


def new_official(email: str, name: str, roles: Iterable[str], password_hash: str) -> Official:
    """Return an official who is stored nowhere yet.

    :raises InvalidOfficial: no e-mail address, no role or an unknown one, or a password in clear.
    """
    address = email.strip().casefold()
    if not 3 <= len(address) <= LONGEST or not _ADDRESS.fullmatch(address):  # noqa: PLR2004
        raise InvalidOfficial(f"{email[:60]!r} is not an e-mail address", problem="email")
    if not password_hash.startswith("$"):
        raise InvalidOfficial("a password must be hashed before it is stored", problem="password")
    return Official(
        id=0,
        email=address,
        name=name.strip()[:LONGEST] or address,
        password=password_hash,
        active=True,
        uniquifier=secrets.token_hex(16),
        grants=_grants(roles),
    )


def put_official(engine: Engine, work: SiteWork, official: Official, by: str) -> Official:
    """Store a new official within a unit of work, and write down each role.

    :raises InvalidOfficial: address or name is taken, or a role is for a round that is not there.
    """
    if any(sought(one.name) == sought(official.name) for one in work.officials.all()):
        raise InvalidOfficial(
            f"an official named {official.name[:60]!r} has an account already; add a letter",
            problem="name",
        )
    for grant in official.grants:
        _require_round(work, grant)
    stored = work.officials.add(official)
    for grant in stored.grants:
        _log(engine, work, "official_added", by, official=stored.id, role=str(grant))
    return stored


def _grants(names: Iterable[str]) -> tuple[Grant, ...]:
    wanted = tuple(map(grant_of, dict.fromkeys(names)))
    if not wanted:
        raise InvalidOfficial("an official needs a role", problem="role")
    return wanted


def _require_round(work: SiteWork, grant: Grant) -> None:
    if grant.round is None:
        return
    found = next((one.round for one in work.rounds.all() if one.round.slug == grant.round), None)
    if found is None:
        raise InvalidOfficial(f"there is no round {grant.round[:60]!r}", problem="round")
    if grant.area is not None and found.areas.find(grant.area) is None:
        raise InvalidOfficial(f"there is no area {grant.area[:60]!r} there", problem="area")


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
    """Store what the login library changed about an official, and log what kind of change it was.

    Name, address and roles stay as they are stored: whoever loses a role keeps it by no race.

    :raises InvalidOfficial: there is no such official.
    """
    with engine.stores.site.write() as work:
        now = work.officials.locked(official.id)
        kept = dataclasses.replace(official, name=now.name, email=now.email, grants=now.grants)
        work.officials.save(kept)
        if kept.uniquifier != now.uniquifier:
            work.desk_sessions.end_all(official.id)
        _log(engine, work, "official_changed", by, official=official.id, change=change)
        work.commit()


def give_role(engine: Engine, number: int, grant: str, by: str) -> Official:
    """Give an official another role; this ends their sessions.

    :raises InvalidOfficial: no such official, role or round, or the official has the role already.
    :raises NotAllowed: one's own roles are another's to change.
    """
    new = grant_of(grant)
    with engine.stores.site.write() as work:
        _require_round(work, new)
        found = _another(work, number, by)
        if new in found.grants:
            raise InvalidOfficial(f"{found.name} has the role {new} already", problem="role")
        changed = _kept(work, found, grants=(*found.grants, new))
        _log(engine, work, "role_given", by, official=number, role=str(new))
        work.commit()
    return changed


def take_role(engine: Engine, number: int, grant: str, by: str) -> Official:
    """Take a role from an official; this ends their sessions.

    :raises InvalidOfficial: no such official, the role is not theirs, it is their only one (block
        them instead), or nobody would be left who keeps the accounts.
    :raises NotAllowed: one's own roles are another's to change.
    """
    old = grant_of(grant)
    with engine.stores.site.write() as work:
        found = _another(work, number, by)
        left = tuple(one for one in found.grants if one != old)
        if old not in found.grants or not left:
            raise InvalidOfficial(f"{found.name} cannot lose the role {old}", problem="only_role")
        changed = _kept(work, found, grants=left)
        _log(engine, work, "role_taken", by, official=number, role=str(old))
        work.commit()
    return changed


def set_access(engine: Engine, number: int, by: str, *, allowed: bool) -> Official:
    """Block an official, or let one in again; this ends their sessions.

    :raises InvalidOfficial: no such official, or nobody would be left who keeps the accounts.
    :raises NotAllowed: one's own access is another's to change.
    """
    return _change(engine, number, by, "active", active=allowed)


def wipe_second_factor(engine: Engine, number: int, by: str) -> Official:
    """Let an official set a second factor anew at the next log-in; this ends their sessions.

    The app, the security keys and the recovery codes are all forgotten.

    :raises InvalidOfficial: no such official.
    :raises NotAllowed: one's own account is another's to mend.
    """
    nothing: dict[str, Any] = {"totp_method": None, "totp_secret": None, "recovery_codes": ()}
    with engine.stores.site.write() as work:
        changed = _kept(work, _another(work, number, by), **nothing)
        work.security_keys.remove_all(number)
        _log(engine, work, "official_changed", by, official=number, change="second_factor")
        work.commit()
    return changed


def log_out_everywhere(engine: Engine, number: int, by: str) -> None:
    """End every session of an official, one's own as well as another's.

    :raises InvalidOfficial: no such official.
    """
    with engine.stores.site.write() as work:
        _kept(work, work.officials.locked(number))
        _log(engine, work, "official_changed", by, official=number, change="sessions")
        work.commit()


def replace_password(engine: Engine, number: int, password_hash: str, by: str) -> Official:
    """Give an official another password; this ends their sessions.

    :raises InvalidOfficial: no such official.
    :raises NotAllowed: one's own password is changed on one's own page.
    """
    return _change(engine, number, by, "password", password=password_hash)


def _change(engine: Engine, number: int, by: str, word: str, **changes: Any) -> Official:
    with engine.stores.site.write() as work:
        changed = _kept(work, _another(work, number, by), **changes)
        _log(engine, work, "official_changed", by, official=number, change=word)
        work.commit()
    return changed


def _another(work: SiteWork, number: int, by: str) -> Official:
    found = work.officials.locked(number)
    if found.name == by:
        raise NotAllowed("nobody changes their own roles or access")
    return found


def _kept(work: SiteWork, found: Official, **changes: Any) -> Official:
    """Save an official with changes, log them out, and see that somebody keeps the accounts."""
    changed = dataclasses.replace(found, uniquifier=secrets.token_hex(16), **changes)
    work.officials.save(changed)
    work.desk_sessions.end_all(changed.id)
    work.invitations.end(changed.id)
    if _keeper(found) and not any(map(_keeper, work.officials.all())):
        raise InvalidOfficial("somebody must be left who keeps the accounts", problem="last")
    return changed


def _keeper(one: Official) -> bool:
    return one.active and keeps_accounts(one.grants)


def _log(engine: Engine, work: SiteWork, name: str, by: str, **facts: str | int) -> None:
    work.log.append(Event(name, None, by, facts), engine.clock())
