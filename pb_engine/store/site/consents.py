"""What submitters say of proposals to merge ideas, or to split one."""

from __future__ import annotations

import dataclasses

from sqlalchemy import ColumnElement, delete, select

from pb_engine.domain.consents import Consent, ConsentState
from pb_engine.domain.splits import Part, SplitProposal
from pb_engine.errors import UnknownIdea
from pb_engine.store.columns import from_json, json_text
from pb_engine.store.site.front_tables import CONSENTS, SPLIT_PROPOSALS
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
        return self._where((_C.idea == idea) & (_C.into != idea))

    def of_split(self, idea: IdeaId) -> tuple[Consent, ...]:
        """Return the questions about an idea that would be split."""
        return self._where((_C.idea == idea) & (_C.into == idea))

    def forget_split(self, idea: IdeaId) -> None:
        """Forget what was asked and said of splitting an idea."""
        mine = (_C.idea == idea) & (_C.into == idea)
        self._unit.change(delete(CONSENTS).where(mine))

    def proposal(self, idea: IdeaId) -> SplitProposal | None:
        """Return what submitters are asked about, if somebody proposed a split."""
        row = self._unit.row(select(SPLIT_PROPOSALS).where(SPLIT_PROPOSALS.c.idea == idea))
        if row is None:
            return None
        first, second = (Part(*one) for one in from_json(row.document))
        return SplitProposal(IdeaId(row.idea), (first, second), row.made_by, row.made_on)

    def propose(self, new: SplitProposal) -> None:
        """Keep a proposal; it replaces an earlier one."""
        document = json_text([dataclasses.astuple(one) for one in new.parts])
        row = {"idea": new.idea, "document": document, "made_by": new.made_by}
        self._unit.put(SPLIT_PROPOSALS, {**row, "made_on": new.made_on})

    def drop_proposal(self, idea: IdeaId) -> None:
        """Forget a proposal: the idea is split."""
        self._unit.change(delete(SPLIT_PROPOSALS).where(SPLIT_PROPOSALS.c.idea == idea))

    def forget_round(self, slug: RoundId) -> int:
        """Forget all proposals and answers of a round; return how many there were."""
        ideas = select(IDEAS.c.id).where(IDEAS.c.round == slug)
        gone = self._unit.change(delete(CONSENTS).where(_C.idea.in_(ideas)))
        mine = SPLIT_PROPOSALS.c.idea.in_(ideas)
        return gone + self._unit.change(delete(SPLIT_PROPOSALS).where(mine))

    def get(self, slug: RoundId, consent: str) -> Consent:
        """Return a question of a round.

        :raises UnknownIdea: this round has no such question.
        """
        found = self.find(slug, consent)
        if found is None:
            raise UnknownIdea("this round has no such question", problem="consent")
        return found

    def find(self, slug: RoundId, consent: str) -> Consent | None:
        """Return a question of a round, if it is still asked."""
        found = self._where((_C.id == consent) & (IDEAS.c.round == slug))
        return found[0] if found else None

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
