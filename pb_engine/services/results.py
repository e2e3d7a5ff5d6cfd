"""The results page: read from the published record alone, so it can never differ from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import structlog

from pb_engine.api import Figure, LocalText, Result
from pb_engine.domain.council import CouncilDecision, granted, in_force
from pb_engine.domain.ideas import Idea
from pb_engine.domain.phases import Phase
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import PluginProblem, WrongPhase
from pb_engine.pluginhost import load_settings, pick
from pb_engine.services.council import decisions_in
from pb_engine.services.editions import Edition, editions_in
from pb_engine.services.other_rules import OTHER_RULES, read_other_rules, read_uncounted
from pb_engine.services.places import places_of
from pb_engine.services.publication import PAPER_COUNTED, is_of_an_edition, published_record
from pb_engine.services.shortages import SHORTAGES, read_shortages
from pb_engine.services.turnout import TURNOUT, Turnout, read_turnout
from pb_engine.store.site import SiteWork
from pb_engine.tallying import Decision, Outcome, Verdict
from pb_engine.tallying.record import ElectionRecord, MethodChoice
from pb_engine.tallying.recount import record_election
from pb_engine.units import Cents, ProjectId, RoundId

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Shortage:
    """How much more a project needed, all else being the same.

    :ivar unit: ``votes``, ``ballots`` or ``points``.
    """

    number: int
    unit: str


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One project in the result.

    :ivar place: 1 for the project that was funded first; ``None`` when it was not funded.
    :ivar short: ``None`` when it was funded, and when no number can be told.
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
    short: Shortage | None


@dataclass(frozen=True, slots=True)
class ComparedRule:
    """What a rule funds on the same ballots; ``deciding`` marks the rule of this round."""

    name: str
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
    :ivar comparison: the deciding rule first, then those that the round compares.
    :ivar others: further rules that are installed, counted when the result was published.
    :ivar uncounted: further rules for which there was too much to count.
    :ivar decisions: by project, what was decided otherwise than counted; ``rows`` and
        ``spent_cents`` are the count alone, ``granted_cents`` has them in.
    :ivar editions: the results that this one replaced, the newest first.
    :ivar turnout: ``None`` where the result was published before turnout was kept.
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
    others: tuple[ComparedRule, ...]
    uncounted: tuple[LocalText, ...]
    turnout: Turnout | None
    downloads: tuple[Download, ...]
    decisions: Mapping[ProjectId, CouncilDecision]
    granted_cents: Cents
    editions: tuple[Edition, ...]

    @property
    def whatif(self) -> tuple[ComparedRule, ...]:
        """Every rule that counted these ballots, the deciding one first."""
        return self.comparison + self.others


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
        others = work.counts.get(round_id, OTHER_RULES)
        lacking = read_shortages(work.counts.get(round_id, SHORTAGES))
        turnout = work.counts.get(round_id, TURNOUT)
        decisions = decisions_in(work, round_id)
        editions = editions_in(work, round_id)
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
        rows=tuple(_rows(record, ideas, lacking)),
        figures=tuple(_figures(engine, stored.round, record, ideas)),
        comparison=tuple(_comparison(engine, record)),
        others=tuple(_others(engine, record, others)),
        uncounted=tuple(label_of(engine, one) for one in read_uncounted(others)),
        turnout=read_turnout(stored.round, turnout),
        downloads=downloads,
        editions=editions,
        decisions=in_force(decisions),
        granted_cents=Cents(sum(granted(counted_in(record), decisions).values())),
    )


def counted_in(record: ElectionRecord) -> Mapping[ProjectId, Cents]:
    """Return what the count gives each funded project, in its order."""
    costs = {project.id: project.cost for project in record.projects}
    return {project: costs[project] for project in record.outcome.selected}


def label_of(engine: Engine, choice: MethodChoice) -> LocalText:
    """Return how a voting method is called; its name where it is not loaded any more."""
    method = engine.plugins.voting_methods.get(choice.name)
    return method.card.label if method else LocalText(choice.name, choice.name)


def _downloads(work: SiteWork, slug: RoundId) -> tuple[Download, ...]:
    return tuple(
        Download(one.name, one.media_type, one.digest, one.size)
        for one in work.publications.all(slug)
        if not is_of_an_edition(one.name)
    )


def _rows(
    record: ElectionRecord, ideas: dict[str, Idea], lacking: Mapping[str, int]
) -> Iterator[ResultRow]:
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
            short=_shortage(decision, lacking),
        )


def _shortage(decision: Decision, lacking: Mapping[str, int]) -> Shortage | None:
    """Return what the method itself says was missing, or what was found by search."""
    for unit in ("votes", "ballots", "points"):
        number = decision.facts.get(f"{unit}_short")
        if isinstance(number, int) and decision.verdict is not Verdict.FUNDED:
            return Shortage(number, unit)
    found = lacking.get(decision.project)
    return Shortage(found, "votes") if found else None


def _spent(record: ElectionRecord, outcome: Outcome) -> Cents:
    costs = {project.id: project.cost for project in record.projects}
    return Cents(sum(costs[project] for project in outcome.selected))


def _comparison(engine: Engine, record: ElectionRecord) -> Iterator[ComparedRule]:
    rules = ((record.method, record.outcome, True), *((c, o, False) for c, o in record.compared))
    for choice, outcome, deciding in rules:
        yield ComparedRule(
            name=choice.name,
            label=label_of(engine, choice),
            funded=frozenset(outcome.selected),
            spent_cents=_spent(record, outcome),
            deciding=deciding,
        )


def _others(engine: Engine, record: ElectionRecord, raw: bytes | None) -> Iterator[ComparedRule]:
    costs = {project.id: project.cost for project in record.projects}
    for choice, selected in read_other_rules(raw):
        yield ComparedRule(
            name=choice.name,
            label=label_of(engine, choice),
            funded=frozenset(selected),
            spent_cents=Cents(sum(costs[ProjectId(project)] for project in selected)),
            deciding=False,
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
