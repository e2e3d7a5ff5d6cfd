"""All ideas of a round at once, with what each waits for; and deciding many together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pb_engine.domain.assessing import Assessment, differ, proposal, still_needed
from pb_engine.domain.conversation import AppealState
from pb_engine.domain.costs import CostLine
from pb_engine.domain.ideas import Idea
from pb_engine.domain.phases import Phase
from pb_engine.domain.rounds import Round
from pb_engine.domain.waiting import Awaited, Waiting, waiting_for
from pb_engine.engine import Engine
from pb_engine.errors import EngineError, NotReady
from pb_engine.services.pages import idea_page
from pb_engine.services.review import NewReview, judge_idea
from pb_engine.store.site import Appeal
from pb_engine.units import AreaId, IdeaId, RoundId

__all__ = [
    "REVIEW_SORTS",
    "Awaited",
    "Choice",
    "Refused",
    "ReviewLine",
    "ReviewList",
    "ReviewWishes",
    "decide_together",
    "review_list",
]

MOST_TOGETHER = 500


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One idea in the list of the desk.

    :ivar made: how many assessments there are; ``missing``: how many must still come.
    """

    idea: Idea
    made: int
    missing: int
    differ: bool
    waiting: Waiting | None
    late: bool

    @property
    def agreed(self) -> bool:
        """Tell whether all assessments are there and propose the same step."""
        here = self.waiting is not None and self.waiting.what is Awaited.DECISION
        return here and self.made > 0 and not self.missing and not self.differ


@dataclass(frozen=True, slots=True)
class ReviewWishes:
    """What somebody asks of the list; what is empty asks nothing, nor does an unknown order."""

    state: str = ""
    waits: str = ""
    theme: str = ""
    area: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class ReviewList:
    """The ideas of a round that fit the wishes.

    :ivar waiting: how many ideas of the whole round wait for a decision.
    :ivar late: the ideas of the whole round that are over a norm, the latest first.
    """

    round: Round
    phase: Phase
    today: date
    lines: tuple[ReviewLine, ...]
    total: int
    waiting: int
    late: tuple[ReviewLine, ...]


_FAR = date.max
_OPEN = {"submitted"}
_SORTS: dict[str, Callable[[ReviewLine], Any]] = {
    "open": lambda one: (one.idea.state not in _OPEN, one.idea.number),
    "number": lambda one: one.idea.number,
    "due": lambda one: (_due(one), one.idea.number),
    "dearest": lambda one: (-one.idea.price, one.idea.number),
    "cost": lambda one: (one.idea.price, one.idea.number),
    "title": lambda one: (one.idea.title.casefold(), one.idea.number),
}
REVIEW_SORTS = tuple(_SORTS)


def review_list(engine: Engine, slug: str, wishes: ReviewWishes) -> ReviewList:
    """Return the ideas of a round with what each waits for, all on one page.

    :raises UnknownRound: no round has this slug.
    """
    with engine.stores.site.read() as work:
        stored = work.rounds.get(RoundId(slug))
        ideas = work.ideas.all(RoundId(slug))
        assessments = work.assessments.of_round(RoundId(slug))
        appeals = work.appeals.of_round(RoundId(slug))
    today = engine.today()
    every = [
        _line(
            stored.round,
            idea,
            [one for one in assessments if one.idea == idea.id],
            [one for one in appeals if one.idea == idea.id],
            today,
        )
        for idea in ideas
    ]
    kept = [one for one in every if _fits(stored.round, one, wishes)]
    late = sorted((one for one in every if one.late), key=_due)
    return ReviewList(
        round=stored.round,
        phase=stored.phase,
        today=today,
        lines=tuple(sorted(kept, key=_SORTS.get(wishes.sort, _SORTS["open"]))),
        total=len(every),
        waiting=sum(one.idea.state in _OPEN for one in every),
        late=tuple(late),
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """An idea that was ticked, in the version that was on the page."""

    idea: str
    version: int


@dataclass(frozen=True, slots=True)
class Refused:
    """An idea that could not be decided, and why."""

    idea: str
    problem: EngineError


def decide_together(
    engine: Engine, slug: str, chosen: Iterable[Choice], body: str, by: str
) -> tuple[tuple[Idea, ...], tuple[Refused, ...]]:
    """Decide ideas as their assessments propose, each on its own; return which and which not.

    One that cannot be decided stops no other.

    :param body: to whom ideas go that are to be passed on.
    """
    done: list[Idea] = []
    refused: list[Refused] = []
    for one in tuple(chosen)[:MOST_TOGETHER]:
        try:
            done.append(_decide(engine, slug, one, body, by))
        except EngineError as problem:
            refused.append(Refused(one.idea, problem))
    return tuple(done), tuple(refused)


def _decide(engine: Engine, slug: str, one: Choice, body: str, by: str) -> Idea:
    page = idea_page(engine, slug, one.idea)
    with engine.stores.site.read() as work:
        found = work.assessments.of_idea(IdeaId(one.idea))
    proposed = proposal(page.round, found)
    if proposed.outcome is None or differ(found):
        raise NotReady("the assessments of this idea do not propose one step", problem="proposal")
    passes, refers = proposed.outcome == "pass", proposed.outcome == "refer"
    reasons = (each.reason for each in proposed.judgements if each.reason)
    new = NewReview(
        outcome=str(proposed.outcome),
        judgements=proposed.judgements,
        reason="\n".join(dict.fromkeys(reasons)),
        suggestion=proposed.suggestion,
        referred_to=body or None if refers else None,
        final_cost_cents=int(page.idea.cost_cents) if passes else None,
        cost_lines=_lines(page.idea) if passes else (),
    )
    return judge_idea(engine, slug, one.idea, new, one.version, by)


def _lines(idea: Idea) -> tuple[CostLine, ...]:
    total = sum(line.sum_cents for line in idea.cost_lines)
    return idea.cost_lines if total == idea.cost_cents else ()


def _line(
    round_: Round, idea: Idea, found: list[Assessment], appeals: list[Appeal], today: date
) -> ReviewLine:
    missing = still_needed(round_.assessors, found)
    asked = [one.asked_on for one in appeals if one.state is AppealState.OPEN]
    granted = [one.answered_on for one in appeals if one.state is AppealState.UPHELD]
    waiting = waiting_for(
        round_,
        idea,
        missing,
        appealed_on=min(asked, default=None),
        reopened_on=max((day for day in granted if day), default=None),
    )
    late = waiting is not None and waiting.late(today)
    return ReviewLine(idea, len(found), missing, differ(found), waiting, late)


def _fits(round_: Round, one: ReviewLine, wishes: ReviewWishes) -> bool:
    idea, what = one.idea, one.waiting.what if one.waiting else ""
    area = round_.areas.find(AreaId(wishes.area)) if wishes.area else None
    return (
        (not wishes.state or idea.state == wishes.state)
        and (not wishes.waits or what == wishes.waits or (wishes.waits == "late" and one.late))
        and (not wishes.theme or idea.theme == wishes.theme)
        and (area is None or (idea.area is not None and round_.areas.lies_in(idea.area, [area.id])))
    )


def _due(one: ReviewLine) -> date:
    return one.waiting.due or _FAR if one.waiting else _FAR
