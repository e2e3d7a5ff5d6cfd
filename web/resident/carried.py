"""What travels with a visitor in sealed cookies.  Nothing of it is stored on our side.

The cookies go to the pages that need them only, and end with the browser at the latest.  They
are ``Lax`` and not ``Strict`` because a visitor may come back from an outside identity check:
with ``Strict`` the browser would keep them back on exactly that page.
"""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from pb_engine.errors import InvalidTicket
from pb_engine.services.admission import Admitted
from pb_engine.services.carrying import pack, unpack
from web.base import engine
from web.security import is_https

CHOICES_LIFE = 24 * 3600
SHOWN_ONCE_LIFE = 3600
_MASK_DIGITS = 64
"""Digits of a choice that travels along: a ticked line is one bit, and 256 lines fit."""
_ORDER_BYTES = 4
VOTER, RECEIPT, CHECK, IDEA = "pb_stem", "pb_bewijs", "pb_controle", "pb_idee"
OPEN = "pb_open"
"""Goes to every page of a round, and says no more than how many ideas are chosen and not sent."""
DRAFT = "pb_concept"


@dataclass(frozen=True, slots=True)
class Voter:
    """A voter on the way to the box.

    :ivar expires: seconds since 1970 after which the ticket is worth nothing.
    :ivar chosen: the choice so far, as one number over the lines of the paper.
    :ivar number: how many ideas are chosen.
    :ivar digits: hexadecimal digits in which any choice on this paper fits.
    :ivar order: drawn anew for each visit; the ballot paper is shown in an order that follows
        from it.  It comes from nobody's identity and ends with the visit.
    :ivar touched: the line whose button was pressed last, counted from 1; 0 is none.
    :ivar attempt: names one sending, so that sending twice stores one ballot.
    :ivar kept: the choice stems from before this ticket, perhaps from somebody else.
    """

    ticket: str
    expires: int
    voted_before: bool
    chosen: int = 0
    attempt: str = ""
    kept: bool = False
    number: int = 0
    digits: int = _MASK_DIGITS
    order: str = ""
    touched: int = 0

    def is_late(self, now: datetime) -> bool:
        """Tell whether the ticket has expired."""
        return int(now.timestamp()) >= self.expires


def voter_of(slug: str) -> Voter | None:
    """Return the voter of this request, also with an expired ticket."""
    kept = brought(VOTER, slug, CHOICES_LIFE)
    if kept is None:
        return None
    numbers = {name: int(kept.get(name, 0)) for name in ("touched", "number")}
    numbers["chosen"] = int(kept["chosen"], 16)
    return Voter(**{**kept, **numbers})


def admitted(slug: str, admission: Admitted) -> Voter:
    """Return a voter with a new ticket; an earlier choice on this device is kept, and marked."""
    earlier = voter_of(slug)
    fresh = Voter(
        ticket=admission.ticket,
        expires=int(admission.expires.timestamp()),
        voted_before=admission.voted_before,
        order=secrets.token_hex(_ORDER_BYTES),
    )
    if earlier is None or not earlier.chosen:
        return fresh
    return dataclasses.replace(
        fresh,
        chosen=earlier.chosen,
        number=earlier.number,
        digits=earlier.digits,
        order=earlier.order,
        kept=True,
    )


def carry_voter(response: Response, slug: str, voter: Voter) -> Response:
    """Send the voter along with an answer, at one length whatever is chosen."""
    content = {
        **dataclasses.asdict(voter),
        "chosen": f"{voter.chosen:0{voter.digits}x}",
        "touched": f"{voter.touched:04}",
        "number": f"{voter.number:04}",
    }
    carry(response, VOTER, slug, content, voting_path(slug))
    return carry(response, OPEN, slug, {"number": content["number"]}, f"/{slug}")


def voting_path(slug: str) -> str:
    """Return the path below which voting cookies travel."""
    return f"/{slug}/stemmen"


def carry(
    response: Response, name: str, slug: str, content: Mapping[str, object], path: str
) -> Response:
    """Seal values into a cookie of this round."""
    response.set_cookie(
        name,
        pack(engine(), f"{name} {slug}", content),
        path=path,
        httponly=True,
        secure=is_https(engine().settings),
        samesite="Lax",
    )
    return response


def brought(name: str, slug: str, max_age: int) -> dict[str, Any] | None:
    """Return what a cookie of this round brings back; ``None`` if absent, forged or too old."""
    text = request.cookies.get(name)
    if not text:
        return None
    try:
        return unpack(engine(), f"{name} {slug}", text, max_age)
    except InvalidTicket:
        return None


def forget(response: Response, slug: str, *names: str) -> Response:
    """Take back what a voter carried, with what it left at the other pages of the round."""
    drop(response, OPEN, path=f"/{slug}")
    return drop(response, *names, path=voting_path(slug))


def drop(response: Response, *names: str, path: str) -> Response:
    """Take cookies back."""
    for name in names:
        response.delete_cookie(name, path=path, httponly=True, samesite="Lax")
    return response
