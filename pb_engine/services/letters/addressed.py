"""From codes and residents to letters; who gets none is counted, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from pb_engine.services.letters.letter import Address, Letter
from pb_engine.services.letters.streets import Streets
from pb_engine.services.printable import strange
from pb_engine.store.register import Resident, ResidentState

Coded = tuple[str, Resident | None]
"""A code as it is written on a letter, and whose it is; ``None``: nobody's in particular."""

SECRET, GONE, NOWHERE, CHANGED = "secret_address", "not_active", "no_address", "changed_sign"
"""Why somebody gets no letter; ``CHANGED``: a letter came, with a name the fonts cannot write."""


class Addressed:
    """The letters for some codes, and how many codes got none.

    :ivar skipped: how many codes got no letter, by reason; whole once all letters are taken.
    :ivar changed: letters in which a character became a question mark.
    """

    def __init__(self, coded: Iterable[Coded], streets: Streets, place: str) -> None:
        self._coded, self._streets, self._place = coded, streets, place
        self._skipped: Counter[str] = Counter()
        self.changed = 0

    @property
    def skipped(self) -> Mapping[str, int]:
        """Return how many codes got no letter so far, by reason."""
        return dict(self._skipped)

    def __iter__(self) -> Iterator[Letter]:
        """Yield the letters in the order of the codes, numbered from 1."""
        number = 0
        for code, resident in self._coded:
            reason = _reason(resident) if resident else None
            if reason:
                self._skipped[reason] += 1
                continue
            number += 1
            yield self._letter(number, code, resident)

    def _letter(self, number: int, code: str, resident: Resident | None) -> Letter:
        if resident is None:
            return Letter(number, code)
        self.changed += bool(strange(resident.name))
        known = self._streets.get(resident.postcode)
        street, place = known or ("", self._place)
        house = f"{resident.house} {resident.addition}".strip()
        address = Address(resident.name, street, house, resident.postcode, place or self._place)
        return Letter(number, code, address, resident.area)


def _reason(resident: Resident) -> str | None:
    if resident.secret:
        return SECRET
    if resident.state is not ResidentState.ACTIVE:
        return GONE
    return None if resident.postcode and resident.house else NOWHERE
