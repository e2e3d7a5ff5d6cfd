"""Several checks, one voting right: which row of the register somebody's facts lead to.

A code, a mail to a known address, a number of the municipality and an officer at the counter all
lead to a voting right that the register made.  A check that vouches for an address only leads to
a right of its own, which nothing can compare with the register: somebody could vote once there
and once with a letter.  So such a check is the only one of its round.
"""

from __future__ import annotations

from pb_engine.api import Fact, IdentityCheck, Known
from pb_engine.domain.eligibility import voting_area
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import NotEligible, NotReady, UnknownCode
from pb_engine.sealing import keyed_id, new_secret
from pb_engine.services import keys
from pb_engine.services.ballot_projects import STYLE
from pb_engine.services.mixing import checks_differ
from pb_engine.services.rights import has_register, person_of, require_sealed, sealed_right
from pb_engine.store.register import Channel, Entitlement, ResidentState


def require_one_right(engine: Engine, round_: Round) -> None:
    """Refuse to open voting where one person could get two voting rights, or none.

    :raises NotReady: checks that do not go together (``problem="doors"``), or a check that knows
        people by the number of the municipality in a round without a register
        (``problem="register"``).
    """
    checks = engine.plugins.identity_checks
    if checks_differ(checks, round_):
        raise NotReady(
            "an identity check that vouches for an address only stands beside another check: "
            "one person could vote twice",
            problem="doors",
        )
    names = [choice.name for choice in round_.identity_checks]
    asks = [name for name in names if name in checks and Fact.PERSON in checks[name].vouches_for]
    if asks and not has_register(engine, round_.slug):
        raise NotReady(
            f"{', '.join(asks)} looks people up in the register, and this round has none",
            problem="register",
        )


def right_of(engine: Engine, round_: Round, check: IdentityCheck, known: Known) -> Entitlement:
    """Return the voting right of somebody for whom a check vouches.

    :raises UnknownCode: the register has no such voting right.
    :raises NotEligible: the facts give none; with ``problem="register"`` the person is not in
        the register, or not any more.
    """
    if Fact.VOTING_RIGHT in check.vouches_for:
        return _stored(engine, round_, known.subject)
    if Fact.PERSON in check.vouches_for:
        return _of_person(engine, round_, known)
    return _of_address(engine, round_, check, known)


def _stored(engine: Engine, round_: Round, entitlement: str) -> Entitlement:
    with engine.stores.register.read() as work:
        right = work.entitlements.get(round_.slug, entitlement)
    if right is None:
        raise UnknownCode("the register knows no such voting right")
    require_sealed(engine, right)
    return right


def _of_person(engine: Engine, round_: Round, known: Known) -> Entitlement:
    person = person_of(engine, round_.slug, known.facts.get(Fact.PERSON, ""))
    with engine.stores.register.read() as work:
        resident = work.residents.of_person(round_.slug, person)
    if resident is None or resident.state is not ResidentState.ACTIVE:
        raise NotEligible("this person is not in the register of the round", problem="register")
    return _stored(engine, round_, resident.entitlement)


def _of_address(engine: Engine, round_: Round, check: IdentityCheck, known: Known) -> Entitlement:
    slug = round_.slug
    area = voting_area(
        round_,
        address=known.facts.get(Fact.ADDRESS, ""),
        birth_year=_number(known, Fact.BIRTH_YEAR),
        age_reached=_number(known, Fact.AGE_REACHED),
    )
    key = engine.keyring.get_or_create(keys.subject(slug), new_secret)
    subject = keyed_id(key, check.card.name, known.subject)
    right = sealed_right(engine, Entitlement(subject, slug, STYLE, area, Channel.NONE))
    with engine.stores.register.write() as writing:
        writing.entitlements.add_many([right])
        stored = writing.entitlements.get(slug, right.id)
        writing.commit()
    require_sealed(engine, stored or right)
    return stored or right


def _number(known: Known, fact: Fact) -> int | None:
    text = known.facts.get(fact, "")
    return int(text) if text.isascii() and text.isdecimal() else None
