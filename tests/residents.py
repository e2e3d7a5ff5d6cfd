"""Invented residents in the register of a staged round, for tests."""

from __future__ import annotations

import secrets

from pb_engine.services.ballot_projects import STYLE
from pb_engine.services.rights import sealed_right
from pb_engine.services.roll import sought
from pb_engine.store.register import Channel, Entitlement, Resident, ResidentState
from pb_engine.units import RoundId
from tests.builders import Staged

NAMES = ("Ína Vos", "Bo de Wit", "Cem Yıldız", "Dirk Bos")


def settle(staged: Staged, names=NAMES, secret=(), area=None) -> dict[str, str]:
    """Put invented people into the register; return the identifier of each by name."""
    slug = RoundId(staged.slug)
    rights = [
        sealed_right(
            staged.engine,
            Entitlement(secrets.token_hex(16), slug, STYLE, area, Channel.NONE),
        )
        for _ in names
    ]
    people = [
        Resident(
            round=slug,
            id=f"bewoner-{number}",
            entitlement=right.id,
            person=None,
            name=name,
            sought=sought(name),
            postcode="7523AB",
            house=10 + number,
            addition="",
            birth_year=1980,
            age_band=None,
            email=None,
            area=area,
            secret=name in secret,
            state=ResidentState.ACTIVE,
        )
        for number, (name, right) in enumerate(zip(names, rights, strict=True))
    ]
    with staged.engine.stores.register.write() as work:
        work.entitlements.add_many(rights)
        work.residents.add_many(people)
        work.commit()
    return {one.name: one.id for one in people}


def channel_of(staged: Staged, resident: str) -> Channel:
    """Return how somebody's voting right was used."""
    with staged.engine.stores.register.read() as work:
        row = work.residents.get(RoundId(staged.slug), resident)
        assert row is not None
        right = work.entitlements.get(row.round, row.entitlement)
        assert right is not None
        return right.channel
