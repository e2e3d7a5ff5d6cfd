"""What each kind of change to a frozen register does: add, move away, remove, correct."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from types import MappingProxyType

from pb_engine.domain.eligibility import age_refusal, area_of, is_old_enough, is_young_enough
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import RegisterRefused
from pb_engine.services.register_import import made_person
from pb_engine.services.rights import sealer_of
from pb_engine.services.roll import KINDS as FINDINGS
from pb_engine.services.roll import Row
from pb_engine.services.roll.rows import Flaw, read_row
from pb_engine.store.register import (
    Channel,
    CodeState,
    Entitlement,
    RegisterWork,
    Resident,
    ResidentState,
)
from pb_engine.units import AreaId, RoundId

KINDS = ("add", "move", "remove", "correct")
"""The changes, in the order in which they are offered."""

ROW_FIELDS = (
    *("postcode", "house", "addition", "birth_year", "age_band"),
    *("name", "email", "secret", "person"),
)
_LIVE = (
    CodeState.CREATED,
    CodeState.EXPORTED,
    CodeState.SENT,
    CodeState.RETURNED,
    CodeState.USED,
)
_LEAVES = {"move": ResidentState.MOVED, "remove": ResidentState.REMOVED}


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """A change that can be made as far as it says itself.

    :ivar told: what was typed, as it is kept until the decision.
    :ivar row: for ``add`` who comes in; for ``correct`` what he is from now on, where he lives and
        how old he is.
    """

    kind: str
    told: Mapping[str, str]
    round: Round
    row: Row | None = None
    area: AreaId | None = None

    @property
    def resident(self) -> str:
        """The identifier of the resident that it is about."""
        return self.told.get("resident", "")


@dataclasses.dataclass(frozen=True, slots=True)
class Kind:
    """A kind of change: can it be made now, and making it.

    :ivar apply: returns what is kept of it, which names nobody.
    """

    check: Callable[[Engine, RegisterWork, str, Change], object]
    apply: Callable[[Engine, RegisterWork, str, Change], Mapping[str, object]]


def read_change(round_: Round, kind: str, told: Mapping[str, str]) -> Change:
    """Read what was typed.

    :raises RegisterRefused: no such change, or the person has no voting right in this round.
    """
    if kind not in KINDS:
        raise RegisterRefused(f"{kind[:40]!r} is no change of a register", problem="kind")
    kept = {name: str(told[name]).strip() for name in ("resident", *ROW_FIELDS) if told.get(name)}
    if kind in _LEAVES:
        return Change(kind, {"resident": kept.get("resident", "")}, round_)
    row = _row(round_, kept)
    area = area_of(round_, row.place)
    if area is None:
        raise RegisterRefused(
            "this address does not lie in the area of the round: let the resident go instead"
            if kind == "correct"
            else "this address does not lie in the area of the round",
            problem="area",
        )
    if not is_old_enough(round_, birth_year=row.birth_year, band=row.band):
        raise age_refusal(RegisterRefused, round_, "age")
    if not is_young_enough(round_, birth_year=row.birth_year, band=row.band):
        raise age_refusal(RegisterRefused, round_, "too_old")
    return Change(kind, kept, round_, row, area)


def with_current(
    work: RegisterWork, slug: str, kind: str, told: Mapping[str, str]
) -> Mapping[str, str]:
    """Return what was typed, for a correction with what the register has of the rest."""
    now = work.residents.get(RoundId(slug), told.get("resident", ""))
    if kind != "correct" or now is None:
        return told
    typed = {name: value for name, value in told.items() if value}
    age = {"birth_year": str(now.birth_year or ""), "age_band": now.age_band or ""}
    place = {"postcode": now.postcode, "house": str(now.house), "addition": now.addition}
    return {
        **({} if {"birth_year", "age_band"} & set(typed) else age),
        **({} if {"postcode", "house"} & set(typed) else place),
        "secret": "ja" if now.secret else "",
        **typed,
    }


def _row(round_: Round, kept: Mapping[str, str]) -> Row:
    cells = [kept.get(name, "") for name in ROW_FIELDS]
    places = {name: at for at, name in enumerate(ROW_FIELDS)}
    year = round_.voters.reference_date.year
    try:
        return read_row(0, cells, places, frozenset({"1", "ja", "yes"}), year)
    except Flaw as flaw:
        sentence = FINDINGS[flaw.kind][1].en
        raise RegisterRefused(sentence[0].lower() + sentence[1:], problem="row") from flaw


def _may_add(engine: Engine, work: RegisterWork, slug: str, change: Change) -> None:
    row = _given(change)
    person = sealer_of(engine, slug).person(row.person) if row.person else None
    double = person is not None and work.residents.of_person(RoundId(slug), person) is not None
    here = work.residents.at_address(RoundId(slug), row.place.postcode, row.place.number)
    alike = any(
        (one.name, one.addition, one.birth_year, one.state)
        == (row.name, row.place.addition, row.birth_year, ResidentState.ACTIVE)
        for one in here
        if one.name and not (person and one.person)
    )
    if double or alike:
        raise RegisterRefused("this person is in the register already", problem="double")


def _add(engine: Engine, work: RegisterWork, slug: str, change: Change) -> Mapping[str, object]:
    _may_add(engine, work, slug, change)
    right, resident = made_person(
        sealer_of(engine, slug), slug, _given(change), change.area or AreaId("")
    )
    work.entitlements.add_many([right])
    work.residents.add_many([resident])
    return {"right": right.id, "area": right.area}


def _unused(
    engine: Engine, work: RegisterWork, slug: str, change: Change
) -> tuple[Resident, Entitlement]:
    """Return a resident who did not vote, with his voting right.

    :raises RegisterRefused: there is none, or his voting right was used.
    """
    del engine
    resident = work.residents.get(RoundId(slug), change.resident)
    if resident is None or resident.state is not ResidentState.ACTIVE:
        raise RegisterRefused("no such resident is in the register", problem="resident")
    right = work.entitlements.get(RoundId(slug), resident.entitlement)
    if right is None or right.channel is not Channel.NONE:
        raise RegisterRefused(
            "this voting right was used or withdrawn, so nothing about it can change",
            problem="used",
        )
    return resident, right


def _leave(engine: Engine, work: RegisterWork, slug: str, change: Change) -> Mapping[str, object]:
    resident, right = _unused(engine, work, slug, change)
    if not work.entitlements.move(RoundId(slug), right.id, (Channel.NONE,), Channel.VOID):
        raise RegisterRefused("this voting right was used at this moment", problem="used")
    work.codes.set_state_of(RoundId(slug), right.id, _LIVE, CodeState.VOID)
    work.residents.change(dataclasses.replace(resident, state=_LEAVES[change.kind]))
    return {"right": right.id, "area": right.area}


def _correct(engine: Engine, work: RegisterWork, slug: str, change: Change) -> Mapping[str, object]:
    resident, right = _unused(engine, work, slug, change)
    row, seals = _given(change), sealer_of(engine, slug)
    second = seals.second(str(row.birth_year), right.id) if row.birth_year else None
    after = seals.right(dataclasses.replace(right, area=change.area, second=second))
    if not work.entitlements.correct(after):
        raise RegisterRefused("this voting right was used at this moment", problem="used")
    work.residents.change(
        dataclasses.replace(
            resident,
            postcode=row.place.postcode,
            house=row.place.number,
            addition=row.place.addition,
            birth_year=row.birth_year,
            age_band=row.band_text or None,
            area=change.area,
            secret=row.secret,
        )
    )
    return {
        "right": right.id,
        "before": [right.area, right.second],
        "after": [after.area, after.second],
    }


def _given(change: Change) -> Row:
    if change.row is None:
        raise RegisterRefused("this change says nothing of a person", problem="row")
    return change.row


APPLIED: Mapping[str, Kind] = MappingProxyType(
    {
        "add": Kind(_may_add, _add),
        "move": Kind(_unused, _leave),
        "remove": Kind(_unused, _leave),
        "correct": Kind(_unused, _correct),
    }
)
"""Every kind of change."""
