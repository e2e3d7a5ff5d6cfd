"""Where an address lies, asked of a server elsewhere that speaks as the PDOK Locatieserver does.

Only the postcode and the house number leave.  Nothing of the address, and nothing of the answer,
is kept here or written down.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from pb_engine.domain.areas import Address
from pb_engine.domain.outlines import Point
from pb_engine.engine import Engine
from pb_engine.errors import InvalidIdea, OutsideFailed
from pb_engine.services.outside import fetch
from pb_engine.units import AreaId, RoundId

WAIT = 3.0
"""Seconds for the whole answer: somebody waits for it."""
_FOUND = 200
_POINT = re.compile(r"POINT\((-?[0-9]{1,3}(?:\.[0-9]{1,15})?) (-?[0-9]{1,3}(?:\.[0-9]{1,15})?)\)")
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class FoundAddress:
    """Where an address lies.

    :ivar codes: of the areas around it as the server calls them, smallest first.
    """

    at: Point
    address: Address
    codes: tuple[str, ...]


def host_of(engine: Engine) -> str | None:
    """Return who is asked; ``None``: nobody, addresses cannot be looked up here."""
    return urlsplit(engine.settings.address_search or "").hostname


def find_address(engine: Engine, postcode: str, number: str) -> FoundAddress:
    """Ask where an address lies.

    :raises InvalidIdea: the field is ``postcode``; the problem is ``address_unreadable``,
        ``address_unknown`` or ``address_silent`` (the server gave no answer that we understand).
    """
    address = Address.read(f"{postcode[:12]} {number[:12]}")
    if address is None or not engine.settings.address_search:
        raise _refusal("address_unreadable")
    asked = {
        "q": f"{address.postcode} {address.number}",
        "fq": "type:adres",
        "fl": "centroide_ll,postcode,huisnummer,buurtcode,wijkcode",
        "rows": "10",
    }
    url = f"{engine.settings.address_search.rstrip('/')}/free?{urlencode(asked)}"
    try:
        answer = fetch(url, within=WAIT)
        documents = json.loads(answer.body)["response"]["docs"] if answer.status == _FOUND else None
        if not isinstance(documents, list):
            raise _refusal("address_silent")
        return _chosen(address, documents)
    except (OutsideFailed, ValueError, KeyError, TypeError, RecursionError):
        raise _refusal("address_silent") from None


def area_around(engine: Engine, slug: str, found: FoundAddress) -> AreaId | None:
    """Return the area of a round that an address lies in, where the round has no outlines."""
    with engine.stores.site.read() as work:
        round_ = work.rounds.get(RoundId(slug)).round
    areas, within = round_.areas, round_.voters.areas
    named = (*map(AreaId, found.codes), areas.locate(found.address))
    known = (one for one in named if one and areas.find(one) and areas.lies_in(one, within))
    return next(known, None)


def _chosen(address: Address, documents: list[Any]) -> FoundAddress:
    # A server that finds nothing gives what looks like it; only this very address counts.
    for one in (found for found in documents if isinstance(found, dict)):
        same = (one.get("postcode"), str(one.get("huisnummer")))
        place = _POINT.fullmatch(str(one.get("centroide_ll", "")))
        if same == (address.postcode, str(address.number)) and place:
            east, north = (round(float(number) * _MILLION) for number in place.groups())
            codes = tuple(str(one[name]) for name in ("buurtcode", "wijkcode") if one.get(name))
            return FoundAddress((east, north), address, codes)
    raise _refusal("address_unknown")


def _refusal(problem: str) -> InvalidIdea:
    return InvalidIdea(
        f"the address was not found: {problem}",
        field="postcode",
        problem=problem,
        all=f"postcode:{problem}",
    )
