"""Inviting officials: a link that opens once, for a name and roles that are fixed already."""

from __future__ import annotations

import dataclasses
import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from pb_engine.domain.events import Event
from pb_engine.engine import Engine
from pb_engine.errors import InvalidOfficial, NotAllowed
from pb_engine.services.officials import Official, new_official, put_official
from pb_engine.store.site import Invitation, OutMessage, SiteWork

LIFE = timedelta(days=7)
_SUBJECT = "Uitnodiging voor het beheer van het wijkbudget"
_BODY = """Beste {name},

U krijgt toegang tot het beheer van het wijkbudget. Kies uw wachtwoord op deze pagina:

{link}

De link werkt één keer, en tot en met {day}. Geef hem aan niemand door.
Verwacht u deze mail niet? Dan hoeft u niets te doen.
"""


def invite_official(
    engine: Engine, email: str, name: str, roles: Iterable[str], password_hash: str, by: str
) -> tuple[Official, str]:
    """Add an official who may not log in yet, mail a link, and return the link as well.

    :param password_hash: of a password that nobody knows.
    :raises InvalidOfficial: as ``add_official``.
    """
    new = dataclasses.replace(new_official(email, name, roles, password_hash), active=False)
    with engine.stores.site.write() as work:
        made = put_official(engine, work, new, by)
        link = _invite(engine, work, made, by)
        work.commit()
    return made, link


def invite_again(engine: Engine, number: int, by: str) -> tuple[Official, str]:
    """Mail an official without access a new link; an earlier one opens nothing any more.

    :raises InvalidOfficial: no such official, or one who has access.
    :raises NotAllowed: nobody invites themselves.
    """
    with engine.stores.site.write() as work:
        found = work.officials.locked(number)
        if found.name == by:
            raise NotAllowed("nobody invites themselves")
        if found.active:
            raise InvalidOfficial(f"{found.name} has access already", problem="name")
        link = _invite(engine, work, found, by)
        work.commit()
    return found, link


def _invite(engine: Engine, work: SiteWork, official: Official, by: str) -> str:
    token, until = secrets.token_urlsafe(32), engine.clock() + LIFE
    link = f"{engine.settings.base_url}/beheer/uitnodiging/{token}"
    work.invitations.add(Invitation(official.id, _tag(token), until))
    day = f"{until:%d-%m-%Y}"
    body = _BODY.format(name=official.name, link=link, day=day)
    work.messages.add(
        OutMessage(f"invitation-{_tag(token)[:16]}", official.email, _SUBJECT, body, "nl")
    )
    facts: dict[str, str | int] = {"official": official.id}
    work.log.append(Event("official_invited", None, by, facts), engine.clock())
    return link


def invited(engine: Engine, token: str) -> Official:
    """Return whom an invitation is for; nothing is used up.

    :raises InvalidOfficial: it was forged, used, replaced or withdrawn, or it is too late.
    """
    with engine.stores.site.read() as work:
        found = _still_good(engine, work, token)
        official = work.officials.by_id(found.official)
    if official is None:
        raise _refused()
    return official


def accept_invitation(engine: Engine, token: str, password_hash: str) -> Official:
    """Give the invited official the password they chose, and access; the link is used up.

    :raises InvalidOfficial: as ``invited``.
    """
    with engine.stores.site.write() as work:
        official = work.officials.locked(_still_good(engine, work, token).official)
        # Two windows may get here; the second finds the invitation gone once it is its turn.
        _still_good(engine, work, token)
        changed = dataclasses.replace(
            official, password=password_hash, active=True, uniquifier=secrets.token_hex(16)
        )
        work.officials.save(changed)
        work.invitations.end(official.id)
        facts: dict[str, str | int] = {"official": official.id}
        work.log.append(Event("invitation_accepted", None, official.name, facts), engine.clock())
        work.commit()
    return changed


def open_invitations(engine: Engine) -> Mapping[int, datetime]:
    """Return until when each invitation that was not used works, by official."""
    with engine.stores.site.read() as work:
        return {one.official: one.until for one in work.invitations.all()}


def _still_good(engine: Engine, work: SiteWork, token: str) -> Invitation:
    found = work.invitations.by_tag(_tag(token))
    if found is None or found.until <= engine.clock():
        raise _refused()
    return found


def _refused() -> InvalidOfficial:
    return InvalidOfficial("this invitation does not count, or no longer", problem="invitation")


def _tag(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
