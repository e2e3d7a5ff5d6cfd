"""How a round goes, in numbers: reach, ideas, days that things took, turnout, delivery.

No number says what anybody chose, and turnout is told only as it was published, with small numbers
left out.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pb_engine.domain.events import LogEntry
from pb_engine.domain.ideas import Idea, IdeaState
from pb_engine.domain.phases import DUTCH_TIME, Phase
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.services.age_turnout import AgeTurnout, kept_age_turnout
from pb_engine.services.feedback import FeedbackNorm, feedback_norm
from pb_engine.services.pages import voters_of
from pb_engine.services.progress import WorksPage, works_page
from pb_engine.services.results import results_page
from pb_engine.services.round_costs import RoundCosts, round_costs
from pb_engine.services.turnout import Turnout
from pb_engine.units import Cents, RoundId

_MOST_ENTRIES = 100_000
_SPANS = (
    ("judged", "idea_submitted", "idea_judged", "idea"),
    ("appeal", "appeal_made", "appeal_decided", "appeal"),
)
"""What took days: a name, the event that began it, the one that ended it, and what joins them."""


@dataclass(frozen=True, slots=True)
class Span:
    """How long something took.

    :ivar done: how often it was finished.
    :ivar waiting: how often it was begun and is not finished.
    :ivar median_days: half of them took at most so many days; ``None`` when none is finished.
    :ivar longest_days: the longest of the finished ones.
    """

    name: str
    done: int
    waiting: int
    median_days: Fraction | None
    longest_days: int | None


@dataclass(frozen=True, slots=True)
class Dashboard:
    """One round in numbers.

    :ivar ideas: how many ideas are in each state.
    :ivar people: who came or was reached, where somebody counted.
    :ivar voters: how many people voted; ``None`` before voting opens.
    :ivar funded: how many ideas got money; ``None`` before the result.
    :ivar turnout: as it was published; ``None`` before.
    :ivar ages: turnout per age, as it was published; ``None`` before, or where no age was known.
    :ivar paper: how many of the ballots came on paper; 0 before the result.
    :ivar costs: what it cost to hold the round.
    :ivar feedback: whether submitters heard in time.
    :ivar works: how it goes with the ideas that got money; ``None`` before the result.
    """

    round: Round
    phase: Phase
    ideas: Mapping[str, int]
    activities: int
    people: int
    letters: int
    news: int
    spans: tuple[Span, ...]
    voters: int | None
    funded: int | None
    turnout: Turnout | None
    ages: AgeTurnout | None
    paper: int
    costs: RoundCosts
    feedback: FeedbackNorm
    works: WorksPage | None

    @property
    def submitted(self) -> int:
        """Return how many ideas were submitted."""
        return sum(self.ideas.values())

    @property
    def answered(self) -> int:
        """Return how many ideas have an answer."""
        waiting = (IdeaState.SUBMITTED, IdeaState.ADAPT)
        return self.submitted - sum(self.ideas.get(state, 0) for state in waiting)

    @property
    def cents_per_voter(self) -> Cents | None:
        """Return how much money was divided for each person who voted, rounded down."""
        if not self.voters or self.works is None:
            return None
        return Cents(self.works.granted_cents // self.voters)

    @property
    def cents_per_ballot(self) -> Cents | None:
        """Return what a counted ballot cost; ``None`` before the result and without costs."""
        return self.costs.per_ballot(self.voters or 0) if self.works else None

    @property
    def cents_per_channel(self) -> Mapping[str, Cents]:
        """Return what a ballot of each channel cost; nothing before the result."""
        if self.works is None or not self.voters:
            return {}
        return self.costs.per_channel({"digital": self.voters - self.paper, "paper": self.paper})


_GONE = frozenset({"idea_withdrawn", "ideas_merged"})
"""After these nobody waits for a decision about the idea."""


def dashboard(engine: Engine, slug: str) -> Dashboard:
    """Return a round in numbers.

    :raises UnknownRound: no round has this slug.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as work:
        stored = work.rounds.get(round_id)
        ideas = work.ideas.all(round_id)
        entries = work.log.entries(round_id=round_id, limit=_MOST_ENTRIES)
        activities = work.activities.all(round_id)
    over = stored.phase is Phase.PUBLISHED
    results = results_page(engine, slug) if over else None
    made = (one for one in entries if one.event.name == "letters_made")
    return Dashboard(
        round=stored.round,
        phase=stored.phase,
        ideas=_by_state(ideas),
        activities=len(activities),
        people=sum(one.people or 0 for one in activities),
        letters=sum(int(one.event.facts["letters"]) for one in made),
        news=sum(one.event.name == "news_added" for one in entries),
        spans=tuple(_span(entries, *one) for one in _SPANS),
        voters=results.voters if results else voters_of(engine, round_id, stored.phase),
        funded=sum(row.funded for row in results.rows) if results else None,
        turnout=results.turnout if results else None,
        ages=kept_age_turnout(engine, round_id) if over else None,
        paper=results.paper if results else 0,
        costs=round_costs(engine, slug),
        feedback=feedback_norm(stored.round, ideas, entries, engine.today()),
        works=works_page(engine, slug) if over else None,
    )


def all_rounds(engine: Engine) -> tuple[Dashboard, ...]:
    """Return every round in numbers, to compare them."""
    with engine.stores.site.read() as work:
        slugs = [one.round.slug for one in work.rounds.all()]
    return tuple(dashboard(engine, slug) for slug in slugs)


def _by_state(ideas: Iterable[Idea]) -> Mapping[str, int]:
    return Counter(str(one.state) for one in ideas)


def _span(entries: Iterable[LogEntry], name: str, begins: str, ends: str, by: str) -> Span:
    begun: dict[str, date] = {}
    took: list[int] = []
    for entry in entries:
        key, day = str(entry.event.facts.get(by, "")), entry.at.astimezone(DUTCH_TIME).date()
        if entry.event.name == begins:
            begun.setdefault(key, day)
        elif entry.event.name == ends and key in begun:
            took.append((day - begun.pop(key)).days)
        elif entry.event.name in _GONE:
            begun.pop(key, None)
    median = Fraction(statistics.median(map(Fraction, took))) if took else None
    return Span(name, len(took), len(begun), median, max(took, default=None))
