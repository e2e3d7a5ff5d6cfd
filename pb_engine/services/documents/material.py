"""Everything that a document of a finished round is written from, read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pb_engine.domain.activities import Activity
from pb_engine.domain.channels import ChannelPlan
from pb_engine.domain.ideas import Idea
from pb_engine.domain.phases import DUTCH_TIME
from pb_engine.domain.reports import RoundReport
from pb_engine.domain.stories import Story
from pb_engine.engine import Engine
from pb_engine.services.age_turnout import AgeTurnout, kept_age_turnout
from pb_engine.services.charter import SelfCheck, self_check
from pb_engine.services.leftovers import LeftoverLine, leftover_lines
from pb_engine.services.progress import WorksPage, works_page
from pb_engine.services.results import ResultsPage, results_page
from pb_engine.services.round_costs import RoundCosts, round_costs
from pb_engine.units import RoundId

_MOST_ENTRIES = 100_000
_MOMENTS = (
    *("ideas_opened", "review_started", "voting_opened", "voting_closed", "box_opened"),
    *("outcome_adopted", "results_published", "rules_amended", "phase_moved_by_hand"),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A step of the round as the event log has it.

    :ivar reason: why, where somebody had to say so.
    """

    name: str
    on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """A finished round, with its result and what became of it.

    :ivar moments: the steps of the round, the earliest first.
    :ivar left: what is left of the money, and what becomes of it.
    :ivar ages: turnout per age as it was published; ``None`` where no age was known.
    :ivar costs: what it cost to hold the round.
    :ivar check: what officials found of their own round.
    :ivar done: how often each other event stands in the log of this round.
    :ivar letters: how many letters were made.
    :ivar stories: those that may be shown today.
    :ivar ideas: by number, without those that were withdrawn.
    """

    results: ResultsPage
    works: WorksPage
    ideas: tuple[Idea, ...]
    activities: tuple[Activity, ...]
    stories: tuple[Story, ...]
    channels: ChannelPlan
    moments: tuple[Moment, ...]
    done: Mapping[str, int]
    letters: int
    report: RoundReport
    left: tuple[LeftoverLine, ...]
    ages: AgeTurnout | None
    costs: RoundCosts
    check: SelfCheck
    today: date


def material_of(engine: Engine, slug: str) -> Material:
    """Read a finished round.

    :raises UnknownRound: no round has this slug.
    :raises WrongPhase: the result is not published yet.
    """
    results, works = results_page(engine, slug), works_page(engine, slug)
    round_id = RoundId(slug)
    with engine.stores.site.read() as work:
        entries = work.log.entries(round_id=round_id, limit=_MOST_ENTRIES)
        ideas = work.ideas.all(round_id)
        activities = work.activities.all(round_id)
        stories = work.stories.all(round_id)
        channels = work.channel_plans.get(round_id)
        report = work.reports.get(round_id)
    moments = tuple(
        Moment(
            one.event.name,
            one.at.astimezone(DUTCH_TIME).date(),
            str(one.event.facts.get("reason", "")),
        )
        for one in entries
        if one.event.name in _MOMENTS
    )
    letters = sum(
        int(one.event.facts["letters"]) for one in entries if one.event.name == "letters_made"
    )
    return Material(
        results=results,
        works=works,
        ideas=tuple(sorted(ideas, key=lambda one: one.number)),
        activities=activities,
        channels=channels,
        stories=tuple(one for one in stories if one.shown(engine.today())),
        moments=moments,
        done=Counter(one.event.name for one in entries),
        letters=letters,
        report=report,
        left=leftover_lines(engine, works),
        ages=kept_age_turnout(engine, round_id),
        costs=round_costs(engine, slug),
        check=self_check(engine, slug),
        today=engine.today(),
    )
