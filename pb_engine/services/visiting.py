"""What an identity check sees of a round, and what the engine does for it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from pb_engine.api import Fact, IdentityCheck, Visit
from pb_engine.domain.eligibility import asks_age
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.sealing import keyed_id, new_secret
from pb_engine.services import keys
from pb_engine.services.codes import find_entitlement
from pb_engine.services.desk_admission import redeem
from pb_engine.services.mailing import Mailing
from pb_engine.services.outside import OutsideWorld
from pb_engine.services.secret_files import read_secret
from pb_engine.store.register import Resident
from pb_engine.units import RoundId


def visit_of(
    engine: Engine, round_: Round, check: IdentityCheck, *, locale: str, return_url: str
) -> Visit:
    """Return one visitor at one round, as a check may see them."""
    slug, purpose = str(round_.slug), purpose_of(round_.slug, check.card.name)
    return Visit(
        round=round_.slug,
        wanted=_wanted(round_, check),
        return_url=return_url,
        locale=locale,
        now=engine.clock(),
        codes=_Codes(engine, slug),
        once=_Once(engine, round_.slug, purpose),
        mailbox=Mailing(engine, round_, purpose, return_url, locale),
        register=_Register(engine, round_.slug),
        secrets=_Secrets(engine),
        counter=_Counter(engine, slug),
        outside=OutsideWorld(),
    )


def purpose_of(slug: str, check_name: str) -> str:
    """Name what a check gives its visitor to bring back."""
    return f"identity {slug} {check_name}"


def _wanted(round_: Round, check: IdentityCheck) -> frozenset[Fact]:
    for one in (Fact.VOTING_RIGHT, Fact.PERSON):
        if one in check.vouches_for:
            return frozenset({one})
    age = {Fact.BIRTH_YEAR, Fact.AGE_REACHED} if asks_age(round_) else set()
    return frozenset({Fact.ADDRESS} | age)


@dataclass(frozen=True, slots=True)
class _Codes:
    """The code book of one round, as a check may see it."""

    engine: Engine
    slug: str

    def entitlement_of(self, typed: str) -> str:
        return find_entitlement(self.engine, self.slug, typed).id

    def entitlement_with(self, typed: str, second: str) -> str:
        return find_entitlement(self.engine, self.slug, typed, second=second).id

    def entitlement_at_school(self, typed: str) -> str:
        return find_entitlement(self.engine, self.slug, typed, at_school=True).id


@dataclass(frozen=True, slots=True)
class _Once:
    engine: Engine
    slug: RoundId
    purpose: str

    def spend(self, tag: str) -> bool:
        key = self.engine.keyring.get_or_create(keys.seal(self.slug), new_secret)
        hashed = keyed_id(key, "once", self.purpose, tag)
        with self.engine.stores.register.write() as work:
            first = work.spent.spend(self.slug, hashed)
            work.commit()
        return first


@dataclass(frozen=True, slots=True)
class _Register:
    engine: Engine
    slug: RoundId

    def exists(self) -> bool:
        with self.engine.stores.register.read() as work:
            return work.rolls.get(self.slug) is not None

    def with_email(self, email: str, *, birth_year: str = "", initial: str = "") -> tuple[str, ...]:
        with self.engine.stores.register.read() as work:
            found = work.residents.with_email(self.slug, email)
        year, letter = birth_year.strip(), _initial(initial)
        return tuple(one.entitlement for one in found if _may_be(one, year, letter))


def _may_be(one: Resident, year: str, letter: str) -> bool:
    other_year = year and one.birth_year is not None and str(one.birth_year) != year
    known = _initial(one.name)
    return not other_year and not (letter and known and known != letter)


def _initial(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).strip()
    return plain[:1].upper()


@dataclass(frozen=True, slots=True)
class _Secrets:
    engine: Engine

    def read(self, name: str) -> bytes:
        return read_secret(self.engine, name)


@dataclass(frozen=True, slots=True)
class _Counter:
    engine: Engine
    slug: str

    def entitlement_of(self, typed: str) -> str:
        return redeem(self.engine, self.slug, typed)
