"""The results page: read from the published record alone, so it can never differ from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import structlog

from pb_engine.api import Figure, LocalText, Result
from pb_engine.domain.ideas import Idea
from pb_engine.domain.phases import Phase
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import PluginProblem, WrongPhase
from pb_engine.pluginhost import load_settings, pick
from pb_engine.services.places import places_of
from pb_engine.services.publication import PAPER_COUNTED, published_record
from pb_engine.store.site import SiteWork
from pb_engine.tallying import Outcome, Verdict
from pb_engine.tallying.record import ElectionRecord, MethodChoice
from pb_engine.tallying.recount import record_election
from pb_engine.units import Cents, RoundId

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One project in the result.

    :ivar place: 1 for the project that was funded first; ``None`` when it was not funded.
    """

    project_id: str
    number: int
    title: str
    cost_cents: Cents
    voters: int
    funded: bool
    place: int | None
    sentence: LocalText
    steps: tuple[LocalText, ...]
    tied_with: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparedRule:
    """What a rule funds on the same ballots; ``deciding`` marks the rule of this round."""

    label: LocalText
    funded: frozenset[str]
    spent_cents: Cents
    deciding: bool


@dataclass(frozen=True, slots=True)
class Download:
    """A published file: its digest is SHA-256, its size is in bytes."""

    name: str
    media_type: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """Everything on the results page; ``rows`` has the funded projects first, in order.

    :ivar paper: how many of the counted ballots came on paper.
    :ivar by_totals: how many of these were counted as totals only, so that no figure about voters
        knows them.
    """

    round: Round
    record_digest: str
    rules_digest: str
    method_label: LocalText
    voters: int
    paper: int
    by_totals: int
    invalid: int
    budget_cents: Cents
    spent_cents: Cents
    seed: str
    rows: tuple[ResultRow, ...]
    figures: tuple[Figure, ...]
    comparison: tuple[ComparedRule, ...]
    downloads: tuple[Download, ...]


def results_page(engine: Engine, slug: str) -> ResultsPage:
    """Return the published result.

    :raises UnknownRound: no round has this slug.
    :raises WrongPhase: the result is not published yet.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as work:
        stored = work.rounds.get(round_id)
        if stored.phase is not Phase.PUBLISHED:
            raise WrongPhase(
                "the result is not published yet", phase=stored.phase, wanted="published"
            )
        ideas = {str(idea.id): idea for idea in work.ideas.all(round_id)}
        downloads = _downloads(work, round_id)
        paper = int(work.counts.get(round_id, PAPER_COUNTED) or 0)
    record, digest = published_record(engine, slug)
    by_totals = record.totals.sheets if record.totals else 0
    return ResultsPage(
        round=stored.round,
        record_digest=digest,
        rules_digest=record.rules_digest,
        method_label=label_of(engine, record.method),
        voters=len(record.receipts) + by_totals,
        paper=paper + by_totals,
        by_totals=by_totals,
        invalid=record.invalid,
        budget_cents=record.budget,
        spent_cents=_spent(record, record.outcome),
        seed=record.seed,
        rows=tuple(_rows(record, ideas)),
        figures=tuple(_figures(engine, stored.round, record, ideas)),
        comparison=tuple(_comparison(engine, record)),
        downloads=downloads,
    )


def label_of(engine: Engine, choice: MethodChoice) -> LocalText:
    """Return how a voting method is called; its name where it is not loaded any more."""
    method = engine.plugins.voting_methods.get(choice.name)
    return method.card.label if method else LocalText(choice.name, choice.name)


def _downloads(work: SiteWork, slug: RoundId) -> tuple[Download, ...]:
    listed = (work.publications.get(slug, one.name) for one in work.publications.all(slug))
    return tuple(
        Download(file.name, file.media_type, file.digest, len(file.body)) for file in listed
    )


def _rows(record: ElectionRecord, ideas: dict[str, Idea]) -> Iterator[ResultRow]:
    order = {project: place for place, project in enumerate(record.outcome.selected, start=1)}
    projects = {project.id: project for project in record.projects}
    decisions = sorted(
        record.outcome.decisions,
        key=lambda one: (order.get(one.project, len(order) + 1), -one.voters, one.project),
    )
    for decision in decisions:
        project = projects[decision.project]
        told = record.explanations[decision.project]
        idea = ideas.get(decision.project)
        yield ResultRow(
            project_id=decision.project,
            number=idea.number if idea else 0,
            title=project.title,
            cost_cents=project.cost,
            voters=decision.voters,
            funded=decision.verdict is Verdict.FUNDED,
            place=order.get(decision.project),
            sentence=told.sentence,
            steps=told.steps,
            tied_with=tuple(projects[other].title for other in decision.tied_with),
        )


def _spent(record: ElectionRecord, outcome: Outcome) -> Cents:
    costs = {project.id: project.cost for project in record.projects}
    return Cents(sum(costs[project] for project in outcome.selected))


def _comparison(engine: Engine, record: ElectionRecord) -> Iterator[ComparedRule]:
    rules = ((record.method, record.outcome, True), *((c, o, False) for c, o in record.compared))
    for choice, outcome, deciding in rules:
        yield ComparedRule(
            label=label_of(engine, choice),
            funded=frozenset(outcome.selected),
            spent_cents=_spent(record, outcome),
            deciding=deciding,
        )


def _figures(
    engine: Engine, round_: Round, record: ElectionRecord, ideas: dict[str, Idea]
) -> Iterator[Figure]:
    """Draw with the views of the round; a view that fails leaves the page without its figure."""
    result = Result(
        election=record_election(record),
        outcome=record.outcome,
        compared=tuple((label_of(engine, choice), outcome) for choice, outcome in record.compared),
        explanations=record.explanations,
        places=places_of(round_, record.projects, ideas),
    )
    for choice in round_.result_views:
        try:
            view = pick(engine.plugins.result_views, choice.name, "result view")
            yield from tuple(view.figures(result, load_settings(view, choice.settings)))
        except PluginProblem:
            _log.warning("result view missing", view=choice.name)
        except Exception as problem:  # noqa: BLE001 - a view may fail in any way
            _log.warning("result view failed", view=choice.name, problem=type(problem).__name__)
