"""What the result means for one idea: why, how much was missing, and what other rules choose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pb_engine.domain.council import CouncilDecision
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import UnknownIdea
from pb_engine.services.results import ComparedRule, ResultRow, ResultsPage, results_page
from pb_engine.units import Cents, LocalText, ProjectId


@dataclass(frozen=True, slots=True)
class RuleForIdea:
    """Whether one rule gives this idea its money."""

    label: LocalText
    funded: bool
    deciding: bool


@dataclass(frozen=True, slots=True)
class OutcomePage:
    """The page of one idea in the result.

    :ivar ballots: how many ballots were counted.
    :ivar decision: what was decided otherwise than counted.
    :ivar before: the idea above this one on the results page; ``after`` the one below.
    """

    round: Round
    row: ResultRow
    ballots: int
    budget_cents: Cents
    method_label: LocalText
    rules: tuple[RuleForIdea, ...]
    before: ResultRow | None
    after: ResultRow | None
    decision: CouncilDecision | None

    @property
    def agreeing(self) -> int:
        """Return how many of the rules give the idea its money."""
        return sum(one.funded for one in self.rules)


def outcome_page(engine: Engine, slug: str, idea_id: str) -> OutcomePage:
    """Return what the published result means for one idea of the ballot paper.

    :raises UnknownRound: no round has this slug.
    :raises WrongPhase: the result is not published yet.
    :raises UnknownIdea: the idea does not exist, or was not on the ballot paper.
    """
    page = results_page(engine, slug)
    at = next((at for at, row in enumerate(page.rows) if row.project_id == idea_id), None)
    if at is None:
        raise UnknownIdea(f"no project of this round is {idea_id[:64]!r}", idea=idea_id[:64])
    return OutcomePage(
        round=page.round,
        row=page.rows[at],
        ballots=page.voters,
        budget_cents=page.budget_cents,
        method_label=page.method_label,
        rules=tuple(_rules(page, page.rows[at])),
        before=page.rows[at - 1] if at else None,
        after=page.rows[at + 1] if at + 1 < len(page.rows) else None,
        decision=page.decisions.get(ProjectId(idea_id)),
    )


def _rules(page: ResultsPage, row: ResultRow) -> Iterator[RuleForIdea]:
    rules: tuple[ComparedRule, ...] = page.whatif
    for rule in rules:
        yield RuleForIdea(rule.label, row.project_id in rule.funded, rule.deciding)
