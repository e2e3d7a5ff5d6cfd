"""Page models of the resident's site: read-only, few statements, no choices before the count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pb_engine.domain.ideas import Idea, IdeaState
from pb_engine.domain.phases import Calendar, Phase, Window
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import WrongPhase
from pb_engine.services.ballot_projects import (
    area_name,
    theme_name,
)
from pb_engine.services.round_picture import SUBJECT as PICTURE_OF_ROUND
from pb_engine.services.rule_comments import lies_open
from pb_engine.services.shown_links import ShownLink, shown_links
from pb_engine.store.site import Freeze, Picture, StoredRound
from pb_engine.tallying import Project
from pb_engine.units import Cents, IdeaId, LocalText, RoundId

_BALLOT_VISIBLE = (
    Phase.VOTING,
    Phase.CLOSED,
    Phase.OPENED,
    Phase.COUNTED,
    Phase.EXPLAINED,
    Phase.PUBLISHED,
)


@dataclass(frozen=True, slots=True)
class RoundCard:
    """A round on the home page.

    :ivar comments_until: the last day on which anybody may comment on its rules; ``None`` where
        they do not lie open today.
    """

    slug: RoundId
    name: LocalText
    summary: LocalText
    phase: Phase
    budget_cents: Cents
    place: str
    calendar: Calendar
    fictional: bool
    picture: Picture | None = None
    comments_until: date | None = None


@dataclass(frozen=True, slots=True)
class CalendarStep:
    """One step of the calendar, and whether it is done, now, or later."""

    key: str
    opens: date
    closes: date
    state: str


@dataclass(frozen=True, slots=True)
class RoundPage:
    """What a resident sees of a round.

    :ivar voters: how many people voted, and nothing else about the votes.
    """

    round: Round
    phase: Phase
    since: datetime
    steps: tuple[CalendarStep, ...]
    freezes: tuple[Freeze, ...]
    rules_digest: str | None
    ideas: int
    voters: int | None
    projects: tuple[Project, ...]


@dataclass(frozen=True, slots=True)
class IdeasPage:
    """All ideas of a round."""

    round: Round
    phase: Phase
    ideas: tuple[Idea, ...]


@dataclass(frozen=True, slots=True)
class IdeaPage:
    """One idea with its lineage and the words for its review."""

    round: Round
    phase: Phase
    idea: Idea
    merged_into: Idea | None
    merged_from: tuple[Idea, ...]
    theme_name: LocalText
    area_name: str
    criteria: Mapping[str, LocalText]
    referred_to: LocalText | None
    split_from: Idea | None = None
    split_into: tuple[Idea, ...] = ()
    links: tuple[ShownLink, ...] = ()


def home(engine: Engine) -> tuple[RoundCard, ...]:
    """Return the rounds that residents may see: all but the cancelled; one not begun says so."""
    with engine.stores.site.read() as work:
        rounds = work.rounds.all()
        pictures = {one.round: one for one in work.pictures.of_subject(PICTURE_OF_ROUND)}
    return tuple(
        RoundCard(
            slug=one.round.slug,
            name=one.round.name,
            summary=one.round.summary,
            phase=one.phase,
            budget_cents=one.round.fund.budget_cents,
            place=one.round.place,
            calendar=one.round.calendar,
            fictional=one.round.fictional,
            picture=pictures.get(one.round.slug),
            comments_until=_comments_until(engine, one),
        )
        for one in rounds
        if one.phase is not Phase.CANCELLED
    )


def _comments_until(engine: Engine, stored: StoredRound) -> date | None:
    talk = stored.round.consultation
    return talk.closes if talk and lies_open(engine, stored) else None


def round_page(engine: Engine, slug: str) -> RoundPage:
    """Return the page of a round.

    :raises UnknownRound: no round has this slug.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as work:
        stored = work.rounds.get(round_id)
        freezes = work.freezes.all(round_id)
        ideas = work.ideas.all(round_id)
        projects = work.papers.projects(round_id)
    return RoundPage(
        round=stored.round,
        phase=stored.phase,
        since=stored.since,
        steps=calendar_steps(stored.round.calendar, engine.today()),
        freezes=freezes,
        rules_digest=freezes[-1].digest if freezes else None,
        ideas=sum(idea.state is not IdeaState.WITHDRAWN for idea in ideas),
        voters=voters_of(engine, round_id, stored.phase),
        projects=projects,
    )


def voters_of(engine: Engine, slug: RoundId, phase: Phase) -> int | None:
    """Return how many people voted; ``None`` before voting opens, and where no box is in reach."""
    if phase not in _BALLOT_VISIBLE or "box" not in engine.parts:
        return None
    with engine.stores.box.read() as box:
        return box.voters(slug)


def calendar_steps(calendar: Calendar, today: date) -> tuple[CalendarStep, ...]:
    """Return the steps of a calendar with their state on a day."""
    spans: list[tuple[str, Window | None]] = [
        ("ideas", calendar.ideas),
        ("review", calendar.review),
        ("appeal", calendar.appeal),
        ("voting", calendar.voting),
        ("counting", calendar.counting),
        ("result", Window(calendar.result, calendar.result)),
    ]
    return tuple(
        CalendarStep(key, span.opens, span.closes, _state(span, today))
        for key, span in spans
        if span
    )


def _state(span: Window, today: date) -> str:
    if today > span.closes:
        return "done"
    return "now" if today >= span.opens else "later"


def ideas_page(engine: Engine, slug: str) -> IdeasPage:
    """Return all ideas of a round with everything about them, by number.

    Withdrawn ideas are not among them.

    :raises UnknownRound: no round has this slug.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as work:
        stored = work.rounds.get(round_id)
        every = work.ideas.all(round_id)
    shown = tuple(idea for idea in every if idea.state is not IdeaState.WITHDRAWN)
    return IdeasPage(stored.round, stored.phase, shown)


def idea_page(engine: Engine, slug: str, idea_id: str) -> IdeaPage:
    """Return one idea; a withdrawn idea keeps its address and says so.

    :raises UnknownIdea: no idea in this round has this identifier.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as work:
        stored = work.rounds.get(round_id)
        idea = work.ideas.get(round_id, IdeaId(idea_id))
        every = work.ideas.all(round_id)
        links = work.links.of_idea(idea.id)
    round_ = stored.round
    referred = idea.review.referred_to if idea.review else None
    return IdeaPage(
        round=round_,
        phase=stored.phase,
        idea=idea,
        merged_into=next((one for one in every if one.id == idea.merged_into), None),
        merged_from=tuple(one for one in every if one.merged_into == idea.id),
        split_from=next((one for one in every if one.id == idea.split_from), None),
        split_into=tuple(one for one in every if one.split_from == idea.id),
        links=shown_links(idea.id, links, every),
        theme_name=theme_name(round_, idea.theme),
        area_name=area_name(round_, idea),
        criteria={rule.number: rule.text for rule in round_.criteria},
        referred_to=next((b.name for b in round_.referral_bodies if b.id == referred), None),
    )


def voting_page(engine: Engine, slug: str) -> RoundPage:
    """Return the page of a round in which voting is open.

    :raises UnknownRound: no round has this slug.
    :raises WrongPhase: voting is not open.
    """
    page = round_page(engine, slug)
    if page.phase is not Phase.VOTING:
        raise WrongPhase("voting is not open in this round", phase=page.phase, wanted="voting")
    return page
