"""Counting day: open the box, tally, explain -- each a step of its own, each logged."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import structlog

from pb_engine.api import Explanation, VotingMethod
from pb_engine.ballots import Ballot, canonical_json, decode_ballot
from pb_engine.domain.events import Event
from pb_engine.domain.phases import Phase, Step, after
from pb_engine.engine import Engine
from pb_engine.errors import (
    EngineError,
    NotReady,
    TallyRefused,
)
from pb_engine.pluginhost import Plugins, load_settings, pick
from pb_engine.services import unsealing
from pb_engine.services.one_count import count_once, guarded
from pb_engine.services.paper.corrected import Corrected, corrected_paper, with_corrections
from pb_engine.services.paper.totals import totals_in
from pb_engine.services.rules import digest_of, frozen_methods
from pb_engine.store.site import SiteWork
from pb_engine.tallying import Election, Outcome, Profile, draw_lot
from pb_engine.tallying.record import MethodChoice, outcome_document, read_outcome
from pb_engine.units import RoundId

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Opened:
    """How many ballots count, were replaced by their voters, or turned out invalid."""

    counted: int
    superseded: int
    invalid: int


def open_box(engine: Engine, slug: str, by: str, key_file: bytes | None = None) -> Opened:
    """Open every sealed ballot with the round key; the last one of each voting right counts.

    :param key_file: the key as its trustee brings it; ``None`` takes it from the key folder.
    :raises WrongPhase: voting is not closed, or the box was opened before.
    :raises InvalidKey: the key is unreadable, of another round, or a demo key outside the demo.
    """
    round_id = RoundId(slug)
    _require_step(engine, round_id, Step.OPEN_BOX)
    private = unsealing.private_key(engine, slug, key_file)
    with engine.stores.box.read() as work:
        state = work.state(round_id)
        if state is None or state.open:
            raise NotReady("the ballot box is not closed", problem="box")
        unsealing.try_key(state, private)
        opening = unsealing.unsealed(work, state, private)
    with engine.stores.box.write() as writing:
        if writing.opening(round_id) is None:
            writing.put_opening(opening)
        writing.commit()
    opened = Opened(len(opening.counted), len(opening.superseded), opening.invalid)
    facts = {
        "counted": opened.counted,
        "superseded": opened.superseded,
        "invalid": opened.invalid,
    }
    _finish(engine, round_id, Step.OPEN_BOX, Event("box_opened", round_id, by, facts))
    return opened


def tally(engine: Engine, slug: str, by: str) -> str:
    """Count by the frozen method, twice, and store the outcome; return its digest.

    The other rules of the round are counted for comparison; one that fails is left out.

    :raises WrongPhase: the box is not opened, or the count was done before.
    :raises TallyRefused: the method is not the version that froze, raised, or gave back
        something that is not an outcome; nothing was stored.
    """
    round_id = RoundId(slug)
    _require_step(engine, round_id, Step.TALLY)
    election, methods = election_of(engine, slug)
    outcome, compared = counted_documents(engine, election, methods)
    document = canonical_json(outcome_document(outcome))
    with engine.stores.site.write() as work:
        work.counts.put(round_id, "outcome", document)
        work.counts.put(round_id, "compared", compared)
        facts: dict[str, str | int] = {
            "method": outcome.method,
            "outcome_digest": digest_of(document),
            "funded": len(outcome.selected),
        }
        _move(engine, work, round_id, Step.TALLY, Event("ballots_tallied", round_id, by, facts))
    return digest_of(document)


def explain(engine: Engine, slug: str, by: str) -> None:
    """Let the method explain its outcome per project, and store the explanations.

    :raises WrongPhase: there is no tally yet, or it was explained before.
    :raises TallyRefused: the method leaves a project or a language out; nothing was stored.
    """
    round_id = RoundId(slug)
    _require_step(engine, round_id, Step.EXPLAIN)
    election, (deciding, *_) = election_of(engine, slug)
    document = explained_document(engine, deciding, election, stored_outcome(engine, slug))
    with engine.stores.site.write() as work:
        work.counts.put(round_id, "explanations", document)
        facts = {"projects": len(election.projects)}
        _move(engine, work, round_id, Step.EXPLAIN, Event("outcome_explained", round_id, by, facts))


def counted_documents(
    engine: Engine, election: Election, methods: Sequence[MethodChoice]
) -> tuple[Outcome, bytes]:
    """Count by the first method; return its outcome, and what the others choose as a document.

    :raises TallyRefused: see ``tally``.
    """
    deciding, *others = methods
    outcome = counted_by(engine, deciding, election)
    compared = [
        (choice, other) for choice in others if (other := _compared(engine, choice, election))
    ]
    return outcome, _compared_document(compared)


def explained_document(
    engine: Engine, choice: MethodChoice, election: Election, outcome: Outcome
) -> bytes:
    """Return the reason per project, as the method tells it, as a document.

    :raises TallyRefused: see ``explain``.
    """
    method = _loaded(engine.plugins, choice)
    settings = load_settings(method, choice.settings)
    told = guarded(method, lambda: dict(method.explain(election, outcome, settings)))
    return canonical_json(
        {project.id: _written(told.get(project.id), project.id) for project in election.projects}
    )


def election_of(
    engine: Engine, slug: str, corrected: Corrected | None = None
) -> tuple[Election, tuple[MethodChoice, ...]]:
    """Return what is counted and the frozen methods, the deciding one first.

    :param corrected: totals of paper in the place of those that are in force.
    :raises NotReady: the box is not opened yet.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as work:
        stored = work.rounds.get(round_id)
        projects = work.papers.projects(round_id)
        freezes = work.freezes.all(round_id)
        told = corrected_paper(work, round_id) if corrected is None else corrected
    with engine.stores.box.read() as box:
        opening, stacks = box.opening(round_id), box.sheets.stacks(round_id)
    voting = [freeze for freeze in freezes if freeze.moment == "voting"]
    if opening is None or not voting:
        raise NotReady("the ballot box is not opened yet", problem="box")
    ballots: Iterator[Ballot] = (decode_ballot(raw) for raw in opening.ballots)
    election = Election(
        budget=stored.round.fund.budget_cents,
        projects=projects,
        profile=Profile.of(ballots),
        lot=draw_lot(stored.round.tie.seed or "", (project.id for project in projects)),
        totals=totals_in(with_corrections(stacks, told)),
    )
    return election, frozen_methods(voting[-1])


def stored_outcome(engine: Engine, slug: str) -> Outcome:
    """Return the outcome that ``tally`` stored.

    :raises NotReady: there is none.
    """
    with engine.stores.site.read() as work:
        raw = work.counts.get(RoundId(slug), "outcome")
    if raw is None:
        raise NotReady("the ballots are not counted yet", problem="outcome")
    return read_outcome(json.loads(raw))


def counted_by(engine: Engine, choice: MethodChoice, election: Election) -> Outcome:
    """Count twice by one frozen method and return the outcome.

    :raises TallyRefused: see ``tally``.
    """
    return counted_with(engine.plugins, choice, election)


def counted_with(plugins: Plugins, choice: MethodChoice, election: Election) -> Outcome:
    """Count twice by one frozen method of these plugins; needs no store.

    :raises TallyRefused: see ``tally``.
    """
    method = _loaded(plugins, choice)
    settings = load_settings(method, choice.settings)
    first = count_once(method, settings, election)
    second = count_once(method, settings, election)
    if first != second:
        raise TallyRefused(
            f"voting method {choice.name!r}: two counts of the same ballots differ",
            method=choice.name,
        )
    return first


def _loaded(plugins: Plugins, choice: MethodChoice) -> VotingMethod:
    method = pick(plugins.voting_methods, choice.name, "voting method")
    if method.card.version != choice.version:
        raise TallyRefused(
            f"voting method {choice.name!r} is version {method.card.version}, but the rules froze "
            f"version {choice.version}",
            method=choice.name,
        )
    return method


def _compared(engine: Engine, choice: MethodChoice, election: Election) -> Outcome | None:
    try:
        return counted_by(engine, choice, election)
    except EngineError as problem:  # a comparison must never stand in the way of the result
        _log.warning("comparison left out", method=choice.name, problem=problem.sentence)
        return None


def _compared_document(compared: list[tuple[MethodChoice, Outcome]]) -> bytes:
    return canonical_json(
        [
            {
                "name": choice.name,
                "version": choice.version,
                "settings": dict(choice.settings),
                "outcome": outcome_document(outcome),
            }
            for choice, outcome in compared
        ]
    )


def _written(told: Explanation | None, project: str) -> dict[str, object]:
    if told is None or not told.sentence.nl or not told.sentence.en:
        raise TallyRefused(f"the voting method does not explain project {project!r} in nl and en")
    return {
        "sentence": [told.sentence.nl, told.sentence.en],
        "steps": [[step.nl, step.en] for step in told.steps],
    }


def _require_step(engine: Engine, slug: RoundId, step: Step) -> Phase:
    with engine.stores.site.read() as work:
        return after(work.rounds.get(slug).phase, step)


def _finish(engine: Engine, slug: RoundId, step: Step, event: Event) -> None:
    with engine.stores.site.write() as work:
        _move(engine, work, slug, step, event)


def _move(engine: Engine, work: SiteWork, slug: RoundId, step: Step, event: Event) -> None:
    """Take the step under the lock of the round, log it, and commit."""
    reached = after(work.rounds.lock(slug).phase, step)
    work.log.append(event, engine.clock())
    work.rounds.set_phase(slug, reached, engine.clock())
    work.commit()
