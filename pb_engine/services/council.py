"""A council decides otherwise than the count: noted by one official, confirmed by another.

The outcome of the count stays as it is, and public.  What was decided lives in the event log alone,
so it cannot be changed without breaking the chain.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from pb_engine.domain.council import (
    LONGEST_REASON,
    LONGEST_REFERENCE,
    MOST,
    SHORTEST_REASON,
    SHORTEST_REFERENCE,
    CouncilDecision,
    DecisionState,
    granted,
)
from pb_engine.domain.events import Event, LogEntry
from pb_engine.domain.ideas import tidy
from pb_engine.domain.phases import Phase
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import DecisionRefused, NotAllowed, WrongPhase
from pb_engine.services.adoption import is_same_person
from pb_engine.store.site import SiteWork, StoredRound
from pb_engine.tallying import Project
from pb_engine.tallying.record import read_outcome
from pb_engine.units import Cents, ProjectId, RoundId, euros

__all__ = [
    "CouncilDecision",
    "CouncilPage",
    "NewDecision",
    "council_page",
    "decisions_in",
    "propose_decision",
    "require_affordable",
    "settle_decision",
]

PROPOSED_EVENT, SETTLED_EVENT = "council_decision_proposed", "council_decision_settled"
_CONFIRMED = "confirmed"
_PHASES = (Phase.EXPLAINED, Phase.PUBLISHED)


@dataclass(frozen=True, slots=True)
class NewDecision:
    """What an official types; ``None`` for an amount or a day that cannot be read."""

    project: str
    funded: bool
    amount_cents: int | None
    reference: str
    decided_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class CouncilPage:
    """What the desk shows.

    :ivar counted: what the count gives, in its order; ``granted`` the same with decisions.
    """

    round: Round
    projects: tuple[Project, ...]
    counted: Mapping[ProjectId, Cents]
    granted: Mapping[ProjectId, Cents]
    decisions: tuple[CouncilDecision, ...]

    @property
    def left_cents(self) -> int:
        """Return what is left of the money, decisions included."""
        return self.round.fund.budget_cents - sum(self.granted.values())

    def title(self, project: str) -> str:
        """Return the title of a project."""
        return next(one.title for one in self.projects if one.id == project)


def council_page(engine: Engine, slug: str) -> CouncilPage:
    """Return the outcome and what was decided otherwise.

    :raises UnknownRound: no round has this slug.
    :raises WrongPhase: the ballots are not counted and explained yet.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as work:
        stored = work.rounds.get(round_id)
        _require_counted(stored)
        projects, counted = work.papers.projects(round_id), _counted(work, round_id)
        decisions = decisions_in(work, round_id)
    given = granted(counted, decisions)
    return CouncilPage(stored.round, projects, counted, given, decisions)


def decisions_in(work: SiteWork, slug: RoundId) -> tuple[CouncilDecision, ...]:
    """Return every decision of a round that was noted, in the order of their numbers."""
    found: dict[int, CouncilDecision] = {}
    for entry in work.log.named(slug, (PROPOSED_EVENT, SETTLED_EVENT)):
        facts, number = entry.event.facts, int(entry.event.facts["number"])
        if entry.event.name == PROPOSED_EVENT:
            found[number] = _proposed(entry)
        else:
            agreed = facts["decision"] == _CONFIRMED
            state = DecisionState.AGREED if agreed else DecisionState.REFUSED
            found[number] = replace(found[number], state=state, settled_by=entry.event.by)
    return tuple(found.values())


def propose_decision(engine: Engine, slug: str, told: NewDecision, by: str) -> int:
    """Note what was decided; it counts once another official confirms it.  Return its number.

    :raises WrongPhase: the ballots are not counted and explained yet.
    :raises DecisionRefused: saying what is missing or cannot be; nothing was kept.
    """
    round_id = RoundId(slug)
    with engine.stores.site.write() as work:
        stored = work.rounds.lock(round_id)
        _require_counted(stored)
        decisions = decisions_in(work, round_id)
        if len(decisions) >= MOST:
            raise DecisionRefused(f"a round has {MOST} decisions at most", problem="many")
        if any(one.project == told.project and _waits(one) for one in decisions):
            raise DecisionRefused("a decision about this idea waits already", problem="waiting")
        made = _checked(engine, work, stored.round, told, len(decisions) + 1, by)
        _require_affordable(stored.round, _counted(work, round_id), (*decisions, _agreed(made)))
        facts: dict[str, str | int] = {
            "idea": made.project,
            "number": made.number,
            "amount_cents": made.amount_cents,
            "reference": made.reference,
            "decided_on": made.decided_on.isoformat(),
            "reason": made.reason,
        }
        work.log.append(Event(PROPOSED_EVENT, round_id, by, facts), engine.clock())
        work.commit()
    return made.number


def settle_decision(engine: Engine, slug: str, number: int, by: str, *, agreed: bool) -> None:
    """Confirm a noted decision, or refuse it; whoever noted it may only take it back.

    :raises NotAllowed: whoever noted it wants to confirm it (``problem="same"``).
    :raises DecisionRefused: there is no such decision, it is settled, or there is no money for it.
    """
    round_id = RoundId(slug)
    with engine.stores.site.write() as work:
        stored = work.rounds.lock(round_id)
        _require_counted(stored)
        decisions = decisions_in(work, round_id)
        asked = next((one for one in decisions if one.number == number), None)
        if asked is None or not _waits(asked):
            raise DecisionRefused(f"decision {number} does not wait for anybody", problem="settled")
        if agreed:
            if is_same_person(asked.proposed_by, by):
                raise NotAllowed("somebody else must confirm this decision", problem="same")
            then = [_agreed(one) if one.number == number else one for one in decisions]
            _require_affordable(stored.round, _counted(work, round_id), then)
        facts: dict[str, str | int] = {
            "idea": asked.project,
            "number": number,
            "decision": _CONFIRMED if agreed else "refused",
        }
        work.log.append(Event(SETTLED_EVENT, round_id, by, facts), engine.clock())
        work.commit()


def require_affordable(work: SiteWork, round_: Round, counted: Mapping[ProjectId, Cents]) -> None:
    """Refuse an outcome that, with the decisions beside it, costs more than there is.

    :raises DecisionRefused: saying how much (``problem="budget"``).
    """
    _require_affordable(round_, counted, decisions_in(work, round_.slug))


def _require_affordable(
    round_: Round, counted: Mapping[ProjectId, Cents], decisions: Iterable[CouncilDecision]
) -> None:
    spent, budget = sum(granted(counted, decisions).values()), round_.fund.budget_cents
    if spent > budget:
        raise DecisionRefused(
            f"with this decision ideas get {euros(spent)} and there is {euros(budget)}: first "
            "decide which idea gets less",
            problem="budget",
            spent_money=euros(spent),
            budget_money=euros(budget),
        )


def _require_counted(stored: StoredRound) -> None:
    if stored.phase not in _PHASES:
        raise WrongPhase(
            "a council decides otherwise than a count once there is one", phase=stored.phase
        )


def _counted(work: SiteWork, slug: RoundId) -> Mapping[ProjectId, Cents]:
    costs = {one.id: one.cost for one in work.papers.projects(slug)}
    raw = work.counts.get(slug, "outcome")
    selected = read_outcome(json.loads(raw)).selected if raw else ()
    return {project: costs[project] for project in selected}


def _checked(
    engine: Engine, work: SiteWork, round_: Round, told: NewDecision, number: int, by: str
) -> CouncilDecision:
    reference, reason = tidy(told.reference), tidy(told.reason)
    amount = told.amount_cents if told.funded else 0
    day, first, last = told.decided_on, round_.calendar.voting.closes, engine.today()
    if told.project not in {one.id for one in work.papers.projects(round_.slug)}:
        raise DecisionRefused("choose an idea of the ballot paper", problem="project")
    if amount is None or (told.funded and not 0 < amount <= round_.fund.budget_cents):
        raise DecisionRefused("say how much the idea gets", problem="amount")
    if not SHORTEST_REFERENCE <= len(reference) <= LONGEST_REFERENCE:
        raise DecisionRefused("say how the decision is called", problem="reference")
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise DecisionRefused("say why, in words that residents read", problem="reason")
    if day is None or not first <= day <= last:
        raise DecisionRefused(f"the day lies between {first} and {last}", problem="day")
    return CouncilDecision(
        number, ProjectId(told.project), told.funded, Cents(amount), reference, day, reason, by
    )


def _waits(decision: CouncilDecision) -> bool:
    return decision.state is DecisionState.PROPOSED


def _agreed(decision: CouncilDecision) -> CouncilDecision:
    return replace(decision, state=DecisionState.AGREED)


def _proposed(entry: LogEntry) -> CouncilDecision:
    facts = entry.event.facts
    return CouncilDecision(
        number=int(facts["number"]),
        project=ProjectId(str(facts["idea"])),
        funded=bool(facts["amount_cents"]),
        amount_cents=Cents(int(facts["amount_cents"])),
        reference=str(facts["reference"]),
        decided_on=date.fromisoformat(str(facts["decided_on"])),
        reason=str(facts["reason"]),
        proposed_by=entry.event.by,
    )
