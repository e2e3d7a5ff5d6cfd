"""After the result: how it goes with every idea that got money, and what is due to be told."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pb_engine.domain.council import granted
from pb_engine.domain.delivery import Milestone, Payment
from pb_engine.domain.events import Event
from pb_engine.domain.ideas import tidy
from pb_engine.domain.phases import DUTCH_TIME, Phase
from pb_engine.domain.rounds import Round
from pb_engine.domain.works import (
    LONGEST_OWNER,
    LONGEST_UPDATE,
    OVER,
    Update,
    Work,
    WorkState,
    next_due,
)
from pb_engine.engine import Engine
from pb_engine.errors import ConcurrentEdit, InvalidIdea, UnknownIdea, WrongPhase
from pb_engine.services.council import decisions_in
from pb_engine.services.pictures import Drawn, Picture, with_words
from pb_engine.services.publication import published_record
from pb_engine.store.site import SiteWork
from pb_engine.units import Cents, IdeaId, ProjectId, RoundId

_FARTHEST_DAYS = 3660
_PICTURES = "progress"
"""How the subject of a picture of an update begins."""


@dataclass(frozen=True, slots=True)
class WorkCard:
    """One funded idea after the result.

    :ivar granted_cents: what it got.
    :ivar due: when residents must hear again; ``None`` when nothing is due any more.
    :ivar updates: what they heard, the newest first.
    :ivar pictures: the photograph with an update, by the identifier of the update.
    :ivar payments: what was spent, the earliest first.
    :ivar milestones: the steps of the work, in order.
    :ivar late: the names of the steps that should have been done by now.
    """

    work: Work
    title: str
    granted_cents: Cents
    due: date | None
    overdue: bool
    updates: tuple[Update, ...]
    pictures: Mapping[str, Picture]
    payments: tuple[Payment, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    late: tuple[str, ...] = ()

    @property
    def spent_cents(self) -> int:
        """Return what was spent so far."""
        return sum(one.cents for one in self.payments)

    @property
    def left_cents(self) -> int:
        """Return what is not spent of what it got; below zero when it took more."""
        return self.granted_cents - self.spent_cents

    @property
    def over(self) -> bool:
        """Tell whether the work has ended, so that what is left stays left."""
        return self.work.state in OVER


@dataclass(frozen=True, slots=True)
class WorksPage:
    """All funded ideas of a round, in the order in which they got their money.

    :ivar adopted: the day of the result.
    :ivar ballots: how many ballots were counted.
    """

    round: Round
    adopted: date
    ballots: int
    works: tuple[WorkCard, ...]

    @property
    def granted_cents(self) -> int:
        """Return what all of them got."""
        return sum(one.granted_cents for one in self.works)

    @property
    def spent_cents(self) -> int:
        """Return what all of them spent so far."""
        return sum(one.spent_cents for one in self.works)

    @property
    def overdue(self) -> tuple[WorkCard, ...]:
        """Return the ideas of which residents should have heard by now, the latest first."""
        late = [one for one in self.works if one.overdue]
        return tuple(sorted(late, key=lambda one: one.due or self.adopted))


@dataclass(frozen=True, slots=True)
class NewProgress:
    """What an official says of an idea; an empty ``body`` tells residents nothing new.

    :ivar photo: a file with a photograph for the update; empty when there is none.
    :ivar alternative: what is on the photograph, for who does not see it.
    """

    state: str
    owner: str
    ready_on: date | None
    body: str
    photo: bytes = b""
    alternative: str = ""


def works_page(engine: Engine, slug: str) -> WorksPage:
    """Return how it goes with every idea that got money.

    :raises UnknownRound: no round has this slug.
    :raises WrongPhase: the result is not published yet.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as work:
        stored = work.rounds.get(round_id)
        _require_published(stored.phase)
        decisions = decisions_in(work, round_id)
        works, updates = work.works.all(round_id), work.works.updates(round_id)
        payments = work.deliveries.payments(round_id)
        milestones = work.deliveries.milestones(round_id)
        shown = {one.subject: one for one in work.pictures.of_kind(round_id, _PICTURES)}
    record, _ = published_record(engine, slug)
    adopted = stored.since.astimezone(DUTCH_TIME).date()
    projects = {project.id: project for project in record.projects}
    given = granted({one: projects[one].cost for one in record.outcome.selected}, decisions)
    told_of = (
        _card(
            works.get(IdeaId(one)) or Work(round_id, IdeaId(one)),
            (projects[ProjectId(one)].title, amount),
            tuple(told for told in updates if told.idea == IdeaId(one)),
            (adopted, engine.today()),
            shown,
        )
        for one, amount in given.items()
    )
    cards = tuple(
        _with_plan(card, payments, milestones.get(card.work.idea, ()), engine.today())
        for card in told_of
    )
    ballots = len(record.receipts) + (record.totals.sheets if record.totals else 0)
    return WorksPage(stored.round, adopted, ballots, cards)


def work_page(engine: Engine, slug: str, idea_id: str) -> tuple[WorksPage, WorkCard]:
    """Return one funded idea, and the page of all of them.

    :raises UnknownIdea: there is no such idea, or it got no money.
    :raises WrongPhase: the result is not published yet.
    """
    page = works_page(engine, slug)
    for card in page.works:
        if card.work.idea == IdeaId(idea_id):
            return page, card
    raise UnknownIdea(f"no idea {idea_id[:64]!r} got money in this round", idea=idea_id[:64])


def tell_progress(
    engine: Engine, slug: str, idea_id: str, told: NewProgress, seen: int, by: str
) -> None:
    """Keep how it goes, and tell residents, in one step.

    :param seen: the version of the work that the official had before them.
    :raises InvalidIdea: naming every field that is not right; nothing was stored.
    :raises UnknownIdea: there is no such idea, or it got no money.
    :raises ConcurrentEdit: somebody else told first.
    """
    _, card = work_page(engine, slug, idea_id)
    body, owner = tidy(told.body), " ".join(tidy(told.owner).split())
    _check(engine.today(), told, owner, body)
    update = f"v{secrets.token_hex(6)}"
    photo = _photo(slug, update, told)
    work = Work(
        round=card.work.round,
        idea=card.work.idea,
        state=WorkState(told.state),
        owner=owner,
        ready_on=told.ready_on,
        version=seen,
    )
    facts: Mapping[str, str | int] = {
        "idea": work.idea,
        "state": str(work.state),
        "spent_cents": card.spent_cents,
    }
    name = "progress_told" if body else "work_changed"
    with engine.stores.site.write() as writing:
        writing.works.save(work)
        if body:
            writing.works.tell(Update(update, work.round, work.idea, engine.today(), body))
        if photo:
            writing.pictures.add(photo[0], photo[1].body, photo[1].small)
        _finish(engine, writing, Event(name, work.round, by, facts))


def take_back_update(engine: Engine, slug: str, idea_id: str, update: str, by: str) -> None:
    """Take an update off the site; the event log keeps that it was there.

    :raises ConcurrentEdit: there is no such update of this idea, or not any more.
    """
    round_id, idea = RoundId(slug), IdeaId(idea_id)
    with engine.stores.site.write() as work:
        if not work.works.take_back(round_id, idea, update):
            raise ConcurrentEdit("this update is not there any more", idea=idea)
        for picture in work.pictures.of(round_id, f"{_PICTURES}:{update}", hidden=True):
            work.pictures.remove(picture.subject, picture.id)
        _finish(engine, work, Event("progress_taken_back", round_id, by, {"idea": idea}))


def _photo(slug: str, update: str, told: NewProgress) -> tuple[Picture, Drawn] | None:
    if not told.photo:
        return None
    return with_words(slug, f"{_PICTURES}:{update}", told.photo, told.alternative)


def _finish(engine: Engine, work: SiteWork, event: Event) -> None:
    work.log.append(event, engine.clock())
    work.commit()


def _require_published(phase: Phase) -> None:
    if phase is not Phase.PUBLISHED:
        raise WrongPhase("the result is not published yet", phase=phase, wanted="published")


def _card(
    work: Work,
    project: tuple[str, Cents],
    updates: tuple[Update, ...],
    days: tuple[date, date],
    shown: Mapping[str, Picture],
) -> WorkCard:
    adopted, today = days
    due = next_due(adopted, (one.told_on for one in updates), work.state)
    late = due is not None and due < today
    pictures = {
        one.id: shown[subject] for one in updates if (subject := f"{_PICTURES}:{one.id}") in shown
    }
    return WorkCard(work, *project, due=due, overdue=late, updates=updates, pictures=pictures)


def _with_plan(
    card: WorkCard, payments: tuple[Payment, ...], steps: tuple[Milestone, ...], today: date
) -> WorkCard:
    return dataclasses.replace(
        card,
        payments=tuple(one for one in payments if one.idea == card.work.idea),
        milestones=steps,
        late=tuple(one.name for one in steps if one.late(today)),
    )


def _check(today: date, told: NewProgress, owner: str, body: str) -> None:
    mistakes = list(_mistakes(today, told, owner, body))
    if mistakes:
        field, problem, *_ = mistakes[0].split(":")
        raise InvalidIdea(
            "this cannot be told of an idea", field=field, problem=problem, all=" ".join(mistakes)
        )


def _mistakes(today: date, told: NewProgress, owner: str, body: str) -> Iterator[str]:
    if told.state not in set(WorkState):
        yield "state:unknown"
    if len(owner) > LONGEST_OWNER:
        yield f"owner:too_long:{LONGEST_OWNER}"
    if told.ready_on and abs((told.ready_on - today).days) > _FARTHEST_DAYS:
        yield "ready_on:not_a_day"
    if told.photo and not body:
        yield "body:empty"
    if len(body) > LONGEST_UPDATE:
        yield f"body:too_long:{LONGEST_UPDATE}"
