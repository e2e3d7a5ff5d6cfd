"""What officials write when a round is over."""

from __future__ import annotations

import json

from sqlalchemy import select, update

from pb_engine.domain.reports import RoundReport
from pb_engine.errors import ConcurrentEdit
from pb_engine.store.site.front_tables import ROUND_REPORTS
from pb_engine.store.unit import Unit
from pb_engine.units import IdeaId, RoundId

_C = ROUND_REPORTS.c


class RoundReports:
    """One report per round; none until somebody writes."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def get(self, slug: RoundId) -> RoundReport:
        """Return the report of a round; an empty one where nobody wrote yet."""
        for row in self._unit.rows(select(ROUND_REPORTS).where(_C.round == slug)):
            answers = {IdeaId(idea): text for idea, text in json.loads(row.answers).items()}
            return RoundReport(
                round=slug,
                reaction=row.reaction,
                used=row.used,
                answers=answers,
                thanked_on=row.thanked_on,
                archived_on=row.archived_on,
                version=row.version,
            )
        return RoundReport(slug)

    def save(self, report: RoundReport) -> None:
        """Keep a report, whose ``version`` is the one that was seen.

        :raises ConcurrentEdit: somebody else wrote in the meantime.
        """
        row = {
            "round": report.round,
            "reaction": report.reaction,
            "used": report.used,
            "answers": json.dumps(dict(report.answers), ensure_ascii=False, sort_keys=True),
            "thanked_on": report.thanked_on,
            "archived_on": report.archived_on,
            "version": report.version + 1,
        }
        mine = (_C.round == report.round) & (_C.version == report.version)
        done = (
            self._unit.change(update(ROUND_REPORTS).where(mine).values(row))
            if report.version
            else self._unit.add_new(ROUND_REPORTS, [row])
        )
        if not done:
            raise ConcurrentEdit("somebody else wrote in this report", round=report.round)
