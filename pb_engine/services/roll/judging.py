"""What happens to each row of a register: taken in, left out, or wrong."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from pb_engine.domain.areas import Address
from pb_engine.domain.eligibility import OLDEST, area_of, asks_age, is_old_enough, is_young_enough
from pb_engine.domain.rounds import Round
from pb_engine.services.rights import bare_number
from pb_engine.services.roll.columns import Columns
from pb_engine.services.roll.findings import Finding, Level
from pb_engine.services.roll.reading import Cells, Reading
from pb_engine.services.roll.rows import Flaw, Row, read_row, sought
from pb_engine.units import AreaId


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one row.

    :ivar row: ``None`` where the row cannot be read.
    :ivar area: where its voting right lies; ``None`` where it gives none.
    """

    line: int
    row: Row | None
    area: AreaId | None
    findings: tuple[Finding, ...]

    @property
    def taken(self) -> bool:
        """Whether this row gives a voting right."""
        return not any(one.level in {Level.WRONG, Level.LEFT_OUT} for one in self.findings)


class Judge:
    """Judges the rows of one file in order.

    It remembers a hash per person, so that it finds doubles: some 350 bytes per row, no name.
    """

    def __init__(self, round_: Round, reading: Reading, columns: Columns) -> None:
        self._round, self._reading, self._yes = round_, reading, columns.yes
        self._year = round_.voters.reference_date.year
        self._inside: dict[AreaId, bool] = {}
        self._persons: dict[bytes, int] = {}
        # Lines of rows without a number of the person are kept below 0.
        self._names: dict[bytes, int] = {}

    def verdict(self, line: int, cells: Cells) -> Verdict:
        """Return what becomes of a row."""
        if len(cells) != self._reading.width:
            return _unread(line, "cells", f"{len(cells)}/{self._reading.width}")
        try:
            row = read_row(line, cells, self._reading.places, self._yes, self._year)
        except Flaw as flaw:
            return _unread(line, flaw.kind, flaw.detail)
        area = self._area(row.place)
        found = self._age(row) if area else [Finding(line, "area")]
        if area and not any(one.kind in {"age", "too_old"} for one in found):
            # Two who stay outside anyway are no reason to refuse the file.
            found += [*self._doubles(row), *_notes(row)]
        return Verdict(line, row, area, tuple(found))

    def _area(self, place: Address) -> AreaId | None:
        area = self._round.areas.locate(place)
        if area is None:
            return None
        if area not in self._inside:
            self._inside[area] = area_of(self._round, place) is not None
        return area if self._inside[area] else None

    def _doubles(self, row: Row) -> list[Finding]:
        found = []
        if row.person:
            person = _mark("person", bare_number(row.person))
            first = self._persons.setdefault(person, row.line)
            if first != row.line:
                found.append(Finding(row.line, "same_person", f"{first}"))
        if row.name and not found:
            age = str(row.birth_year or row.band_text)
            name = _mark("name", sought(row.name), str(row.place), age)
            mine = row.line if row.person else -row.line
            first = self._names.setdefault(name, mine)
            if first != mine:
                kind = "alike" if first > 0 and row.person else "same_name"
                found.append(Finding(row.line, kind, f"{abs(first)}"))
        return found

    def _age(self, row: Row) -> list[Finding]:
        voters = self._round.voters
        if asks_age(self._round) and row.birth_year is None and row.band is None:
            return [Finding(row.line, "age_missing")]
        if not is_old_enough(self._round, birth_year=row.birth_year, band=row.band):
            return [Finding(row.line, "age")]
        if not is_young_enough(self._round, birth_year=row.birth_year, band=row.band):
            return [Finding(row.line, "too_old")]
        oldest = OLDEST if voters.maximum_age is None else voters.maximum_age
        if row.band and (row.band.youngest < voters.minimum_age or row.band.oldest > oldest):
            return [Finding(row.line, "band_over_age")]
        return []


def _unread(line: int, kind: str, detail: str = "") -> Verdict:
    return Verdict(line, None, None, (Finding(line, kind, detail),))


def _notes(row: Row) -> list[Finding]:
    notes = (("secret", row.secret), ("email", row.email_dropped))
    return [Finding(row.line, kind) for kind, holds in notes if holds]


def _mark(*facts: str) -> bytes:
    return hashlib.blake2b("\0".join(facts).encode(), digest_size=16).digest()
