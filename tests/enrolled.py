"""Residents in the register of a staged round, by hand: with a number, a mail address, a code."""

from __future__ import annotations

import secrets

from pb_engine.sealing import StretchCost, code_tag, new_code, new_secret, pseudonym, written
from pb_engine.services import keys
from pb_engine.services.ballot_projects import STYLE
from pb_engine.services.rights import person_of, sealed_right, sealer_of
from pb_engine.store.register import (
    Channel,
    Code,
    CodeState,
    Entitlement,
    Resident,
    ResidentState,
    Roll,
)
from pb_engine.units import AreaId, RoundId


def a_register(engine, slug):
    """Say that the round has a register."""
    with engine.stores.register.write() as work:
        work.rolls.add(Roll(RoundId(slug), "invented.csv", 0, None, None))
        work.commit()


def enrol(engine, slug, number, *, email=None, name="Anna de Vries", year=1980, **changes):
    """Put one invented person into the register; return their voting right and a code for it."""
    slug, right = RoundId(slug), secrets.token_hex(16)
    entitlement = Entitlement(right, slug, STYLE, AreaId("mekkelholt"), Channel.NONE)
    resident = {
        "round": slug,
        "id": secrets.token_hex(8),
        "entitlement": right,
        "person": person_of(engine, slug, number) if number else None,
        "name": name,
        "sought": name.lower(),
        "postcode": "7523AB",
        "house": 12,
        "addition": "",
        "birth_year": year,
        "age_band": None,
        "email": email,
        "area": AreaId("mekkelholt"),
        "secret": False,
        "state": ResidentState.ACTIVE,
        **changes,
    }
    with engine.stores.register.write() as work:
        work.entitlements.add_many([sealed_right(engine, entitlement)])
        work.residents.add_many([Resident(**resident)])
        work.commit()
    return right, code_for(engine, slug, right)


def code_for(engine, slug, right):
    """A voting code for a voting right that exists."""
    code, pepper = new_code(), engine.keyring.get_or_create(keys.pepper(slug), new_secret)
    tag = code_tag(code, round_id=slug, pepper=pepper, cost=StretchCost(*engine.settings.code_cost))
    with engine.stores.register.write() as work:
        made = Code(RoundId(slug), tag, right, 1, CodeState.SENT)
        work.codes.add_many([sealer_of(engine, slug).code(made)])
        work.commit()
    return written(code)


def name_in_the_box(engine, slug, right):
    """The pseudonym under which a voting right votes."""
    return pseudonym(engine.keyring.get(keys.link(slug)), round_id=slug, entitlement=right)
