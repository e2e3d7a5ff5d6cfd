"""Turnout per age, told once when the result is published, as turnout per area is.

It tells who voted, whatever the channel: a column more would hide more numbers than it tells.
Ages come from the voter register; a round without one has no such table.  What would point at few
people is left out, and so is what would give that away.  Nothing here knows a choice.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.ballots import canonical_json
from pb_engine.disclosure import Hierarchy, age_bands
from pb_engine.domain.eligibility import OLDEST, AgeBand
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.services.shown_counts import shown_counts
from pb_engine.store.register import Channel, Resident
from pb_engine.units import RoundId

AGE_TURNOUT = "turnout_age"
"""Under this name the site keeps the table."""

LOWEST = (12, 18, 25, 45, 65, 75)
"""The lowest age of each band."""

_COUNTED = {Channel.NONE: "unused", Channel.DIGITAL: "voted", Channel.PAPER: "voted"}
_LEVEL = "band"
_UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class AgeRow:
    """The voting rights of one age band; ``None`` is a number that is not told.

    :ivar band: ``25-44``, or ``75+``; ``None`` where the register does not say enough.
    """

    band: str | None
    voted: int | None
    unused: int | None

    @property
    def total(self) -> int | None:
        """Return how many rights there were."""
        return None if self.voted is None or self.unused is None else self.voted + self.unused


@dataclass(frozen=True, slots=True)
class AgeTurnout:
    """Voting rights by age, the youngest first."""

    whole: AgeRow
    rows: tuple[AgeRow, ...]

    @property
    def hidden(self) -> bool:
        """Tell whether the reader must be told that numbers are left out."""
        return any(one.total is None for one in self.rows)


def age_turnout(engine: Engine, round_: Round) -> bytes:
    """Count voting rights per age band and whether they were used, as a document.

    Small numbers are left out.
    """
    bands = age_bands("age", {_LEVEL: LOWEST}, round_.voters.minimum_age, OLDEST)
    with engine.stores.register.read() as work:
        uses = {
            one.id: _COUNTED[one.channel]
            for one in work.entitlements.each(round_.slug)
            if one.channel in _COUNTED
        }
        ages = {
            one.entitlement: _band(round_, bands, one) for one in work.residents.each(round_.slug)
        }
    found = Counter((ages.get(right, _UNKNOWN), use) for right, use in uses.items())
    total = Counter(uses.values())
    names = sorted({band for band, _ in found}, key=_lowest)
    filled = {(band, use): found[band, use] for band in names for use in total}
    known = len(names) > 1 and names[0] != _UNKNOWN
    return canonical_json(
        {"total": dict(total), "ages": shown_counts(filled, names) if known else {}}
    )


def read_age_turnout(raw: bytes | None) -> AgeTurnout | None:
    """Return what was published; ``None`` where no age was known or any table told too much."""
    told = json.loads(raw) if raw else {}
    if not told.get("ages"):
        return None
    rows = tuple(
        _row(band or None, told["ages"][band]) for band in sorted(told["ages"], key=_lowest)
    )
    return AgeTurnout(_row(None, told["total"]), rows)


def _row(band: str | None, numbers: Mapping[str, int | None]) -> AgeRow:
    # A use that nobody made of a right is no column of the published table.
    return AgeRow(band, numbers.get("voted", 0), numbers.get("unused", 0))


def _lowest(band: str) -> tuple[bool, int]:
    """Order bands by age; those whose age nobody knows come last."""
    return band == _UNKNOWN, int(band.rstrip("+").partition("-")[0]) if band else 0


def _band(round_: Round, bands: Hierarchy, resident: Resident) -> str:
    """Return the band of a resident; empty where the register does not say enough."""
    youngest, year = round_.voters.minimum_age, round_.voters.reference_date.year
    if resident.birth_year is not None:
        age = min(max(year - resident.birth_year, youngest), OLDEST)
        return bands.at(_LEVEL, str(age))
    told = AgeBand.read(resident.age_band or "")
    if told is None or told.oldest < youngest:
        return _UNKNOWN
    ends = {bands.at(_LEVEL, str(max(age, youngest))) for age in (told.youngest, told.oldest)}
    # A band of the register that reaches over two of ours fits in neither.
    return ends.pop() if len(ends) == 1 else _UNKNOWN


def kept_age_turnout(engine: Engine, slug: RoundId) -> AgeTurnout | None:
    """Return turnout per age of a round as it was published."""
    with engine.stores.site.read() as work:
        return read_age_turnout(work.counts.get(slug, AGE_TURNOUT))
