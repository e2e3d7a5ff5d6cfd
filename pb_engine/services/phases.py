"""One service moves rounds: by the clock, or by hand with a reason.  Safe to run twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pb_engine.domain.events import Event
from pb_engine.domain.ideas import IdeaState
from pb_engine.domain.phases import Phase, Step, after
from pb_engine.engine import Engine
from pb_engine.errors import EngineError, NotReady, WrongPhase
from pb_engine.services.clocks import require_right_clock
from pb_engine.services.closing import close_box
from pb_engine.services.opening import freeze_ideas, open_voting
from pb_engine.services.paper.settling import unlogged
from pb_engine.services.register_check import checked_at_close
from pb_engine.services.saving import release_saved
from pb_engine.store.site import SiteWork, StoredRound
from pb_engine.units import RoundId

SHORTEST_REASON = 10
_BY_HAND = (
    Step.OPEN_IDEAS,
    Step.START_REVIEW,
    Step.OPEN_VOTING,
    Step.CLOSE_VOTING,
    Step.CANCEL,
)


@dataclass(frozen=True, slots=True)
class Moved:
    """A step that the clock asked for: taken, or why it could not be."""

    round: RoundId
    step: Step
    problem: str | None = None


def advance(engine: Engine) -> tuple[Moved, ...]:
    """Take every step that is due by the clock; return what was taken and what was refused.

    Two of these at once, or one after the other, take each step once: each step is taken under
    a lock on its round.  A round that is not ready (no seed, no projects) stays where it is, and
    voting stays open while the clock cannot be trusted.
    """
    with engine.stores.site.read() as work:
        rounds = work.rounds.all()
    moved: list[Moved] = []
    for stored in rounds:
        moved.extend(_advance_round(engine, stored.round.slug))
    return tuple(moved)


def _advance_round(engine: Engine, slug: RoundId) -> list[Moved]:
    moved: list[Moved] = []
    for _ in Phase:  # a round that slept through its whole calendar takes several steps
        with engine.stores.site.read() as work:
            stored = work.rounds.get(slug)
        step = stored.round.calendar.due(stored.phase, engine.clock())
        if step is None:
            break
        try:
            if step is Step.CLOSE_VOTING:
                require_right_clock(engine)
            _take(engine, slug, step, "clock", "")
            moved.append(Moved(slug, step))
        except WrongPhase:
            break  # somebody else took it between our look and our lock
        except EngineError as problem:
            moved.append(Moved(slug, step, problem.sentence))
            break
    return moved


def take_step(engine: Engine, slug: str, step: str, by: str, reason: str = "") -> str:
    """Move a round by hand; return its new phase.

    :raises WrongPhase: the round is not in the phase before this step, or this step is not
        taken by hand here (counting has its own services).
    :raises NotReady: the reason is missing where the step is not due yet, or a precondition
        does not hold.
    """
    if step not in {str(one) for one in _BY_HAND}:
        raise WrongPhase(f"{step[:40]!r} is not a step that is taken by hand", step=step[:40])
    return _take(engine, RoundId(slug), Step(step), by, reason.strip())


def _take(engine: Engine, slug: RoundId, step: Step, by: str, reason: str) -> Phase:
    now = engine.clock()
    with engine.stores.site.write() as work:
        stored = work.rounds.lock(slug)
        reached = after(stored.phase, step)
        due = stored.round.calendar.due(stored.phase, now) is step
        if not due and len(reason) < SHORTEST_REASON:
            raise NotReady("a step outside the calendar needs a reason in words", problem="reason")
        for event in _prepare(engine, work, stored, step, by, reason, now):
            work.log.append(event, now)
        if not due:
            facts = {"step": str(step), "reason": reason}
            work.log.append(Event("phase_moved_by_hand", slug, by, facts), now)
        work.rounds.set_phase(slug, reached, now)
        work.commit()
    return reached


def _prepare(
    engine: Engine,
    work: SiteWork,
    stored: StoredRound,
    step: Step,
    by: str,
    reason: str,
    now: datetime,
) -> list[Event]:
    slug = stored.round.slug
    match step:
        case Step.OPEN_IDEAS:
            digest = freeze_ideas(engine, work, stored, now)
            return [Event("ideas_opened", slug, by, {"rules_digest": digest})]
        case Step.START_REVIEW:
            number = sum(idea.state is not IdeaState.WITHDRAWN for idea in work.ideas.all(slug))
            return [Event("review_started", slug, by, {"ideas": number})]
        case Step.OPEN_VOTING:
            return [open_voting(engine, work, stored, by, now)]
        case Step.CLOSE_VOTING:
            closed = close_box(engine, slug, by)
            late = unlogged(engine, work, slug, by)
            return [*late, *closed, checked_at_close(engine, work, slug, by)]
        case _:
            if stored.phase is Phase.VOTING:
                close_box(engine, slug, by, cancelled=True)
            stopped = Event("round_cancelled", slug, by, {"reason": reason})
            return [stopped, *release_saved(work, slug, by)]
