"""What submitters say of proposals to merge ideas."""

from __future__ import annotations

import dataclasses

from sqlalchemy import ColumnElement, select

from pb_engine.domain.consents import Consent, ConsentState
from pb_engine.errors import UnknownIdea
from pb_engine.store.site.front_tables import CONSENTS
from pb_engine.store.site.tables import IDEAS
from pb_engine.store.unit import Unit
from pb_engine.units import IdeaId, RoundId

_C = CONSENTS.c


class Consents:
    """The questions about merging, of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def ask(self, consent: Consent) -> bool:
        """Keep a question; ``False`` when this submitter was asked this before."""
        return bool(self._unit.add_new(CONSENTS, [_row(consent)]))

    def of_idea(self, idea: IdeaId) -> tuple[Consent, ...]:
        """Return the questions about an idea that would go into another one."""
        return self._where(_C.idea == idea)

    def get(self, slug: RoundId, consent: str) -> Consent:
        """Return a question of a round.

        :raises UnknownIdea: this round has no such question.
        """
        found = self._where((_C.id == consent) & (IDEAS.c.round == slug))
        if not found:
            raise UnknownIdea("this round has no such question", problem="consent")
        return found[0]

    def answer(self, consent: Consent) -> None:
        """Keep an answer; it replaces an earlier one."""
        self._unit.put(CONSENTS, _row(consent))

    def _where(self, those: ColumnElement[bool]) -> tuple[Consent, ...]:
        query = select(CONSENTS).join(IDEAS, IDEAS.c.id == _C.idea).where(those)
        rows = self._unit.rows(query.order_by(_C.into, _C.of_idea, _C.place))
        names = [field.name for field in dataclasses.fields(Consent)]
        plain = ({name: getattr(row, name) for name in names} for row in rows)
        return tuple(Consent(**{**one, "state": ConsentState(one["state"])}) for one in plain)


def _row(consent: Consent) -> dict[str, object]:
    return {**dataclasses.asdict(consent), "state": str(consent.state)}
