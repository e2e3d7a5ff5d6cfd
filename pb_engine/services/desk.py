"""Page models of the desk: rounds, ideas to judge, the event log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pb_engine.ballots import decode_ballot
from pb_engine.disclosure import Advice, fingerprint_report
from pb_engine.domain.conversation import AppealState
from pb_engine.domain.events import LogEntry, check_chain
from pb_engine.domain.ideas import Idea, IdeaState
from pb_engine.domain.phases import Phase, Step, next_steps
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.services import keys
from pb_engine.services.opening import FEWEST_PROJECTS
from pb_engine.services.pages import CalendarStep, calendar_steps, voters_of
from pb_engine.services.rehearsal import kept_for_now
from pb_engine.services.trustees import ShownTrustees, shown_trustees
from pb_engine.store.site import Appeal, Freeze, StoredRound
from pb_engine.tallying import Project
from pb_engine.units import LocalText, RoundId

_ALARMING = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DeskRound:
    """A round in the overview; ``due`` is a step that the clock asks for now."""

    slug: RoundId
    name: LocalText
    phase: Phase
    since: datetime
    next_steps: tuple[Step, ...]
    due: Step | None
    ideas_open: int
    voters: int | None
    fictional: bool


@dataclass(frozen=True, slots=True)
class Check:
    """A precondition in words, and whether it holds."""

    sentence: LocalText
    holds: bool


@dataclass(frozen=True, slots=True)
class DeskRoundPage:
    """Everything an official sees of one round; never a choice.

    :ivar trustees: who keeps the key of the ballot box, if anybody does.
    :ivar guessing: when the last alarm came of somebody who guesses codes, within a day from now.
    :ivar open_ballots: what disclosure control says of publishing the opened ballots.
    """

    round: Round
    phase: Phase
    since: datetime
    next_steps: tuple[Step, ...]
    due: Step | None
    steps: tuple[CalendarStep, ...]
    checks: tuple[Check, ...]
    freezes: tuple[Freeze, ...]
    codes: Mapping[str, int]
    channels: Mapping[str, int]
    projects: tuple[Project, ...]
    ideas: int
    ideas_open: int
    voters: int | None
    has_round_key: bool
    trustees: ShownTrustees | None
    open_ballots: Advice | None
    guessing: datetime | None


@dataclass(frozen=True, slots=True)
class LogPage:
    """A part of the event log, and how many entries of the whole chain were checked."""

    entries: tuple[LogEntry, ...]
    checked: int


def desk_overview(engine: Engine) -> tuple[DeskRound, ...]:
    """Return every round with what it waits for."""
    now = engine.clock()
    with engine.stores.site.read() as work:
        stored = work.rounds.all()
        ideas = {one.round.slug: work.ideas.all(one.round.slug) for one in stored}
    return tuple(
        DeskRound(
            slug=one.round.slug,
            name=one.round.name,
            phase=one.phase,
            since=one.since,
            next_steps=next_steps(one.phase),
            due=one.round.calendar.due(one.phase, now),
            ideas_open=_open_ideas(ideas[one.round.slug]),
            voters=voters_of(engine, one.round.slug, one.phase),
            fictional=one.round.fictional,
        )
        for one in stored
    )


def desk_round(engine: Engine, slug: str) -> DeskRoundPage:
    """Return one round for the desk.

    :raises UnknownRound: no round has this slug.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as work:
        stored = work.rounds.get(round_id)
        freezes = work.freezes.all(round_id)
        projects = work.papers.projects(round_id)
        ideas = work.ideas.all(round_id)
        appeals = work.appeals.of_round(round_id)
    with engine.stores.register.read() as register:
        codes = {str(state): number for state, number in register.codes.counts(round_id).items()}
        channels = {
            str(channel): number
            for channel, number in register.entitlements.counts(round_id).items()
        }
    trustees = shown_trustees(engine, slug)
    return DeskRoundPage(
        round=stored.round,
        phase=stored.phase,
        since=stored.since,
        next_steps=next_steps(stored.phase),
        due=stored.round.calendar.due(stored.phase, engine.clock()),
        steps=calendar_steps(stored.round.calendar, engine.today()),
        checks=(
            *_checks(stored.round, ideas, codes, trustees),
            _check_of_appeals(appeals),
            *_check_of_rehearsal(engine, stored),
        ),
        freezes=freezes,
        codes=codes,
        channels=channels,
        projects=projects,
        ideas=sum(idea.state is not IdeaState.WITHDRAWN for idea in ideas),
        ideas_open=_open_ideas(ideas),
        voters=voters_of(engine, round_id, stored.phase),
        has_round_key=engine.keyring.has(keys.round_private(slug)),
        trustees=trustees,
        open_ballots=_open_ballots(engine, round_id, len(projects)),
        guessing=_guessing(engine, round_id),
    )


def _guessing(engine: Engine, slug: RoundId) -> datetime | None:
    with engine.stores.site.read() as work:
        alarm = work.log.newest("guessing_alarm", slug)
    recent = alarm is not None and engine.clock() - alarm.at < _ALARMING
    return alarm.at if alarm is not None and recent else None


def _open_ballots(engine: Engine, slug: RoundId, projects: int) -> Advice | None:
    """Say whether publishing these ballots one by one could point at voters; ``None`` before."""
    with engine.stores.box.read() as box:
        opening = box.opening(slug)
    if opening is None:
        return None
    ballots = [decode_ballot(raw) for raw in opening.ballots]
    return fingerprint_report(ballots, projects).advice


def _open_ideas(ideas: tuple[Idea, ...]) -> int:
    return sum(idea.state is IdeaState.SUBMITTED for idea in ideas)


def _checks(
    round_: Round,
    ideas: tuple[Idea, ...],
    codes: Mapping[str, int],
    trustees: ShownTrustees | None,
) -> tuple[Check, ...]:
    ready = {IdeaState.FEASIBLE, IdeaState.ON_BALLOT}
    feasible = sum(idea.state in ready for idea in ideas)
    waiting = sum(idea.state in {IdeaState.SUBMITTED, IdeaState.ADAPT} for idea in ideas)
    return (
        Check(
            LocalText(
                "De loting voor gelijke stand is gepubliceerd.", "The lot's seed is published."
            ),
            round_.tie.seed is not None,
        ),
        Check(
            LocalText(
                f"Er zijn minstens {FEWEST_PROJECTS} ideeën om op te stemmen.",
                f"There are at least {FEWEST_PROJECTS} ideas to vote for.",
            ),
            feasible >= FEWEST_PROJECTS,
        ),
        Check(LocalText("Elk idee heeft een besluit.", "Every idea has a decision."), waiting == 0),
        Check(
            LocalText("Er zijn stemcodes.", "There are voting codes."), bool(sum(codes.values()))
        ),
        *_check_of_trustees(round_, trustees),
    )


def _check_of_appeals(appeals: tuple[Appeal, ...]) -> Check:
    sentence = LocalText(
        "Elk verzoek om herziening heeft een beslissing.",
        "Every request for a new look is decided.",
    )
    return Check(sentence, all(one.state is not AppealState.OPEN for one in appeals))


def _check_of_rehearsal(engine: Engine, stored: StoredRound) -> tuple[Check, ...]:
    if stored.phase not in {Phase.DRAFT, Phase.IDEAS, Phase.REVIEW}:
        return ()
    sentence = LocalText(
        "De proefstemming is gelukt met deze spelregels en ideeën.",
        "The rehearsal passed with these rules and ideas.",
    )
    kept = stored.phase is Phase.REVIEW and kept_for_now(engine, stored.round)
    return (Check(sentence, kept),)


def _check_of_trustees(round_: Round, trustees: ShownTrustees | None) -> tuple[Check, ...]:
    if round_.trustees is None:
        return ()
    sentence = LocalText(
        f"{round_.trustees.shares} sleutelbewaarders hebben hun sleuteldeel.",
        f"{round_.trustees.shares} trustees have their share of the key.",
    )
    return (Check(sentence, trustees is not None),)


def desk_ideas(engine: Engine, slug: str) -> tuple[Idea, ...]:
    """Return all ideas of a round, the ones that wait for a judgement first.

    :raises UnknownRound: no round has this slug.
    """
    with engine.stores.site.read() as work:
        work.rounds.get(RoundId(slug))
        ideas = work.ideas.all(RoundId(slug))
    return tuple(
        sorted(ideas, key=lambda idea: (idea.state is not IdeaState.SUBMITTED, idea.number))
    )


def log_page(
    engine: Engine, *, round_id: str | None = None, after: int = 0, limit: int = 100
) -> LogPage:
    """Return entries of the event log after a number, and check the whole chain.

    :raises StoreProblem: the chain is broken; the sentence names the entry.
    """
    with engine.stores.site.read() as work:
        wanted = RoundId(round_id) if round_id else None
        entries = work.log.entries(after=after, limit=limit, round_id=wanted)
        every: list[LogEntry] = []
        while page := work.log.entries(after=len(every), limit=1000):
            every.extend(page)
    return LogPage(entries, check_chain(every))
