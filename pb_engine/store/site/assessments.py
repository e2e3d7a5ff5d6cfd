"""What members of the commission find of ideas, and in which ideas they have an interest."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from sqlalchemy import ColumnElement, delete, select, update

from pb_engine.domain.assessing import Assessment, Interest
from pb_engine.domain.review import Colour, Judgement, ReviewOutcome
from pb_engine.errors import ConcurrentEdit
from pb_engine.store.columns import from_json, json_text
from pb_engine.store.site.front_tables import ASSESSMENTS, INTERESTS
from pb_engine.store.site.tables import IDEAS
from pb_engine.store.unit import Line, Unit
from pb_engine.units import IdeaId, RoundId

_C = ASSESSMENTS.c


class Assessments:
    """The assessments and interests of all rounds."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def of_idea(self, idea: IdeaId) -> tuple[Assessment, ...]:
        """Return the assessments of an idea, by day and then by member."""
        return self._where(_C.idea == idea)

    def of_round(self, slug: RoundId) -> tuple[Assessment, ...]:
        """Return the assessments of a round."""
        return self._where(IDEAS.c.round == slug)

    def save(self, assessment: Assessment) -> Assessment:
        """Keep an assessment that stands at ``assessment.version``; return it one version on.

        :raises ConcurrentEdit: the member changed it in another window since.
        """
        saved = dataclasses.replace(assessment, version=assessment.version + 1)
        c, row = _C, _row(saved)
        mine = (c.idea == assessment.idea) & (c.member == assessment.member)
        there = mine & (c.version == assessment.version)
        # The key decides between two that are both the first.
        done = (
            self._unit.change(update(ASSESSMENTS).where(there).values(**row))
            if assessment.version
            else self._unit.add_new(ASSESSMENTS, [row])
        )
        if not done:
            raise ConcurrentEdit("this assessment was changed meanwhile", idea=assessment.idea)
        return saved

    def remove(self, idea: IdeaId, member: str) -> None:
        """Forget the assessment of a member, if there is one."""
        mine = (_C.idea == idea) & (_C.member == member)
        self._unit.change(delete(ASSESSMENTS).where(mine))

    def forget(self, idea: IdeaId) -> None:
        """Forget all assessments of an idea: it is another idea now."""
        self._unit.change(delete(ASSESSMENTS).where(_C.idea == idea))

    def forget_round(self, slug: RoundId) -> int:
        """Forget all assessments and interests of a round; return how many there were."""
        ideas = select(IDEAS.c.id).where(IDEAS.c.round == slug)
        gone = self._unit.change(delete(ASSESSMENTS).where(_C.idea.in_(ideas)))
        return gone + self._unit.change(delete(INTERESTS).where(INTERESTS.c.idea.in_(ideas)))

    def declare(self, interest: Interest) -> bool:
        """Keep a declared interest; ``False`` when the member declared one before."""
        return bool(self._unit.add_new(INTERESTS, [dataclasses.asdict(interest)]))

    def interests(self, idea: IdeaId) -> tuple[Interest, ...]:
        """Return who has an interest in an idea, by name."""
        query = select(INTERESTS).where(INTERESTS.c.idea == idea).order_by(INTERESTS.c.member)
        return tuple(map(_interest, self._unit.rows(query)))

    def interests_of(self, slug: RoundId, member: str) -> tuple[Interest, ...]:
        """Return the interests that a member has in ideas of a round."""
        query = select(INTERESTS).join(IDEAS, IDEAS.c.id == INTERESTS.c.idea)
        mine = (IDEAS.c.round == slug) & (INTERESTS.c.member == member)
        return tuple(map(_interest, self._unit.rows(query.where(mine))))

    def _where(self, those: ColumnElement[bool]) -> tuple[Assessment, ...]:
        query = select(ASSESSMENTS).join(IDEAS, IDEAS.c.id == _C.idea).where(those)
        rows = self._unit.rows(query.order_by(_C.made_on, _C.member))
        return tuple(map(_assessment, rows))


def _interest(row: Line) -> Interest:
    return Interest(IdeaId(row.idea), row.member, row.reason, row.declared_on)


def _row(one: Assessment) -> Mapping[str, object]:
    document = {
        "outcome": one.outcome,
        "judgements": [[each.criterion, each.colour, each.reason] for each in one.judgements],
        "suggestion": one.suggestion,
        "note": one.note,
    }
    return {
        "idea": one.idea,
        "member": one.member,
        "document": json_text(document),
        "made_on": one.made_on,
        "version": one.version,
    }


def _assessment(row: Line) -> Assessment:
    kept = from_json(row.document)
    return Assessment(
        idea=IdeaId(row.idea),
        member=row.member,
        outcome=ReviewOutcome(kept["outcome"]),
        judgements=tuple(
            Judgement(criterion, Colour(colour), reason)
            for criterion, colour, reason in kept["judgements"]
        ),
        suggestion=kept["suggestion"],
        note=kept["note"],
        made_on=row.made_on,
        version=row.version,
    )
