"""Readable test data: a round, an engine with real SQLite stores, a round in any phase."""

from __future__ import annotations

import atexit
import contextlib
import dataclasses
import shutil
import tempfile
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from pb_engine.ballots import BallotFormat
from pb_engine.domain.areas import AddressRange, Area, AreaKind, AreaTree
from pb_engine.domain.ideas import IdeaDraft, Recurrence, Submitter
from pb_engine.domain.phases import Calendar, Window
from pb_engine.domain.review import Colour, Judgement
from pb_engine.domain.rounds import (
    BallotRules,
    Contact,
    Criterion,
    Decision,
    Eligibility,
    Fund,
    FundSource,
    PluginChoice,
    ReferralBody,
    Round,
    Submission,
    Theme,
    Tie,
    VotingPoint,
)
from pb_engine.engine import Engine, build, store_urls
from pb_engine.errors import NotReady
from pb_engine.services import (
    adoption,
    counting,
    identity,
    phases,
    publication,
    rehearsal,
    review,
    rounds,
)
from pb_engine.services.code_batches import create_batch, issue_codes
from pb_engine.services.ideas import SubmittedIdea, submit_idea
from pb_engine.services.register_import import import_register
from pb_engine.services.voting import Receipt, cast_ballot, new_attempt
from pb_engine.settings import Settings, settings_in
from pb_engine.store import StoreUrls, close_stores, migrate
from pb_engine.units import AreaId, Cents, LocalText, RoundId

CHEAP = (64, 1, 1)
SEED = "een zaad uit een openbare trekking"
DAY = timedelta(days=1)
PHASE_ORDER = (
    "draft",
    "ideas",
    "review",
    "voting",
    "closed",
    "opened",
    "counted",
    "explained",
    "published",
)


def both(nl: str, en: str | None = None) -> LocalText:
    return LocalText(nl, en or nl)


def calendar_in(year: int) -> Calendar:
    """The calendar of a round in the spring of a year."""
    return Calendar(
        announced=date(year, 2, 8),
        ideas=Window(date(year, 3, 1), date(year, 3, 28)),
        review=Window(date(year, 3, 29), date(year, 4, 18)),
        appeal=Window(date(year, 4, 19), date(year, 4, 25)),
        voting=Window(date(year, 5, 10), date(year, 5, 30)),
        counting=Window(date(year, 5, 31), date(year, 6, 1)),
        result=date(year, 6, 4),
    )


CALENDAR = calendar_in(2027)

VIEWS = ("votes_and_money", "voters_served", "round_story", "money_flow")

AREAS = AreaTree(
    areas=(
        Area(AreaId("GM0153"), AreaKind.MUNICIPALITY, "Enschede"),
        Area(AreaId("noord"), AreaKind.DISTRICT, "Noord", AreaId("GM0153")),
        Area(AreaId("mekkelholt"), AreaKind.SUB_NEIGHBOURHOOD, "Mekkelholt", AreaId("noord")),
        Area(AreaId("roombeek"), AreaKind.SUB_NEIGHBOURHOOD, "Roombeek", AreaId("noord")),
    ),
    addresses=(
        AddressRange(AreaId("mekkelholt"), "7523AB", 1, 99),
        AddressRange(AreaId("roombeek"), "7523XY", 1, 99),
    ),
)


def a_round(**changes: Any) -> Round:
    """A small valid round; name any field to change it."""
    round_ = Round(
        slug=RoundId("proef-2027"),
        name=both("Proefwijk beter", "A better trial district"),
        place="Enschede",
        summary=both("Wat maakt uw wijk fijner?", "What makes your district nicer?"),
        languages=("nl", "en"),
        ordinance=both("Verordening wijkbudgetten 2024", "Ordinance 2024"),
        fund=Fund(FundSource.NEIGHBOURHOOD_BUDGET, Cents(10_000_00)),
        areas=AREAS,
        calendar=CALENDAR,
        voters=Eligibility((AreaId("mekkelholt"),), 12, date(2027, 5, 10)),
        submission=Submission(
            min_cost_cents=Cents(250_00),
            max_cost_cents=Cents(6_000_00),
            max_ideas=3,
            helper_below=16,
            themes=(
                Theme("groen", both("groen", "green")),
                Theme("spelen", both("spelen", "play")),
            ),
            who=both("bewoners", "residents"),
        ),
        criteria=(
            Criterion("R1", both("Het idee is voor de hele wijk.", "For the whole district.")),
            Criterion("R2", both("Het idee gaat niet over verkeer.", "Not about traffic.")),
        ),
        ballot=BallotRules(BallotFormat.APPROVAL, 1, 3, None, may_change=True),
        voting_method=PluginChoice("greedy"),
        compared_methods=(PluginChoice("equal_shares", {"completion": "none"}),),
        tie=Tie(both("Het lot beslist.", "The lot decides."), SEED),
        identity_checks=(PluginChoice("voting_code"),),
        surveys=(PluginChoice("trust_core"),),
        result_views=tuple(map(PluginChoice, VIEWS)),
        contact=Contact("Participatieteam", "team@example.org", "14 053", "Langestraat 24"),
        voting_points=(VotingPoint("Beien", "Rigtersbleek", both("maandag 9-12", "Monday 9-12")),),
        referral_bodies=(
            ReferralBody("verkeer", both("de verkeerskundige", "the traffic expert"), 14),
        ),
        decision=Decision(
            both("bewoners", "residents"), objection_possible=False, text=both("Bindend.")
        ),
        fictional=True,
    )
    return dataclasses.replace(round_, **changes)


def an_engine(folder: Path, now: datetime | None = None, **settings: Any) -> Engine:
    """An engine on four fresh SQLite stores; its clock stands still at ``now``."""
    chosen = _settings_in(folder, **settings)
    folder.mkdir(parents=True, exist_ok=True)
    urls = store_urls(chosen)
    if urls == StoreUrls.in_folder(folder) and not any(folder.iterdir()):
        shutil.copytree(_migrated(), folder, dirs_exist_ok=True)
    else:
        migrate(urls)
    return build(chosen, clock=lambda: now or CALENDAR.ideas.start)


def _settings_in(folder: Path, **settings: Any) -> Settings:
    usual = {"demo": True, "code_cost": CHEAP, "log_level": "error", "code_line": 100}
    return settings_in(folder, **{**usual, **settings})


def _a_folder_for_copies(prefix: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _migrated() -> Path:
    """Four migrated, empty stores, which are copied: migrating takes longer than most tests."""
    folder = _a_folder_for_copies("pbempty")
    migrate(store_urls(settings_in(folder)))
    return folder


def at(engine: Engine, moment: datetime) -> Engine:
    """The same engine with its clock at another moment."""
    return dataclasses.replace(engine, clock=lambda: moment)


def a_draft(title: str = "Bankjes in het park", **changes: Any) -> IdeaDraft:
    draft = IdeaDraft(
        title=title,
        description="Er komen vier bankjes langs de route.",
        motivation="Zo kunnen ouderen onderweg zitten.",
        cost_cents=Cents(3_000_00),
        area=AreaId("mekkelholt"),
        place="bij de vijver",
        theme="groen",
        own_effort="Wij houden de bankjes schoon.",
        recurrence=Recurrence.ONCE,
        submitter=Submitter("Sanne"),
    )
    return dataclasses.replace(draft, **changes)


def a_pass(cost: int, round_: Round | None = None) -> review.NewReview:
    rules = (round_ or a_round()).criteria
    return review.NewReview(
        outcome="pass",
        judgements=tuple(Judgement(rule.number, Colour.GREEN) for rule in rules),
        final_cost_cents=cost,
    )


@dataclasses.dataclass(frozen=True)
class Staged:
    """A round in some phase: engine (its clock inside that phase), codes, ideas by title."""

    engine: Engine
    slug: str
    codes: tuple[str, ...] = ()
    ideas: dict[str, str] = dataclasses.field(default_factory=dict)

    def move_to(self, moment: datetime) -> Staged:
        return dataclasses.replace(self, engine=at(self.engine, moment))


COSTS = {"Bankjes": 3_000_00, "Moestuin": 4_000_00, "Speeltoestel": 5_000_00, "AED": 1_900_00}


def a_round_in(
    folder_or_engine: Path | Engine,
    phase: str = "voting",
    *,
    round_: Round | None = None,
    codes: int = 6,
    votes: dict[str, int] | None = None,
    register: BinaryIO | None = None,
) -> Staged:
    """Take a round through the real services up to ``phase``.

    In a new folder the same round is staged once per test process, and copied after that.

    :param votes: how many one-idea ballots each title gets before the close.
    :param register: a voter register that is taken in before any code is made.
    """
    round_ = round_ or a_round()
    if isinstance(folder_or_engine, Engine):
        return _staged(folder_or_engine, phase, round_, codes, votes or {}, register)
    folder = folder_or_engine
    if register or (folder.exists() and any(folder.iterdir())):
        return _staged(an_engine(folder), phase, round_, codes, votes or {}, register)
    wanted = repr((phase, round_, codes, votes))
    if wanted not in _kept:
        kept = _a_folder_for_copies("pbstaged")
        staged = _staged(an_engine(kept), phase, round_, codes, votes or {}, None)
        close_stores(staged.engine.stores)
        _kept[wanted] = kept, staged
    kept, staged = _kept[wanted]
    shutil.copytree(kept, folder, dirs_exist_ok=True)
    engine = build(_settings_in(folder), clock=staged.engine.clock)
    return dataclasses.replace(staged, engine=engine, ideas=dict(staged.ideas))


_kept: dict[str, tuple[Path, Staged]] = {}


def _staged(
    engine: Engine,
    phase: str,
    round_: Round,
    codes: int,
    votes: dict[str, int],
    register: BinaryIO | None,
) -> Staged:
    wanted = PHASE_ORDER.index(phase)
    calendar, slug = round_.calendar, str(round_.slug)
    staged = Staged(at(engine, calendar.ideas.start - 10 * DAY), slug)
    rounds.add_round(staged.engine, round_, "team")
    if register:
        import_register(staged.engine, slug, register, "team")
    if wanted < 1:
        return staged
    staged = staged.move_to(calendar.ideas.start + DAY)
    phases.take_step(staged.engine, slug, "open_ideas", "team")
    made = {title: _submitted(staged, title, cost) for title, cost in COSTS.items()}
    issued = some_codes(staged, codes)
    staged = dataclasses.replace(
        staged, codes=issued, ideas={title: one.idea.id for title, one in made.items()}
    )
    if wanted < 2:
        return staged
    staged = staged.move_to(calendar.review.start + DAY)
    phases.take_step(staged.engine, slug, "start_review", "team")
    for title, one in made.items():
        review.judge_idea(
            staged.engine, slug, one.idea.id, a_pass(COSTS[title], round_), 1, "commissie"
        )
    with contextlib.suppress(NotReady):  # a round with a planted mistake stays in review
        rehearsal.keep_rehearsal(staged.engine, slug, "team")
    if wanted < 3:
        return staged
    staged = staged.move_to(calendar.voting.start + DAY)
    phases.take_step(staged.engine, slug, "open_voting", "team")
    _cast_all(staged, votes)
    if wanted < 4:
        return staged
    staged = staged.move_to(calendar.voting.end + timedelta(minutes=15))
    phases.take_step(staged.engine, slug, "close_voting", "team")
    steps = (counting.open_box, counting.tally, counting.explain, adopt_and_publish)
    for step in steps[: wanted - 4]:
        step(staged.engine, slug, "team")
    return staged


def adopt_and_publish(engine: Engine, slug: str, by: str) -> str:
    """Publish what a second official, who only does this, adopted."""
    adoption.adopt(engine, slug, "tweede")
    return publication.publish(engine, slug, by)


def _submitted(staged: Staged, title: str, cost: int) -> SubmittedIdea:
    return submit_idea(staged.engine, staged.slug, a_draft(title, cost_cents=Cents(cost)))


def some_codes(staged: Staged, number: int, first: int = 1) -> tuple[str, ...]:
    """Make codes: for so many residents from the ``first`` on where the round has a register.

    Residents of ``tests.registers.people`` are numbered from 1.
    """
    with staged.engine.stores.register.read() as work:
        roll = work.rolls.get(RoundId(staged.slug))
    if roll is None:
        return issue_codes(staged.engine, staged.slug, number, "team").codes
    listed = [str(one) for one in range(first, first + min(number, roll.residents))]
    if not listed:
        return ()
    made = create_batch(staged.engine, staged.slug, kind="letter", people=listed, by="team")
    return made.codes


def _cast_all(staged: Staged, votes: dict[str, int]) -> None:
    total = sum(votes.values())
    if total:
        extra = iter(some_codes(staged, total, first=1 + len(staged.codes)))
        for title, times in votes.items():
            for _ in range(times):
                vote(staged, next(extra), [title])


def admitted(staged: Staged, code: str, check: str = "voting_code") -> identity.Admitted:
    """Go through the identity check with a code."""
    asked = identity.begin_check(staged.engine, staged.slug, check, locale="nl")
    assert isinstance(asked, identity.Asked)
    answer = {asked.questions[0].name: code}
    outcome = identity.complete_check(
        staged.engine, staged.slug, check, asked.carry, answer, locale="nl"
    )
    assert isinstance(outcome, identity.Admitted)
    return outcome


def vote(staged: Staged, code: str, titles: list[str]) -> Receipt:
    """Cast one ballot as a resident would."""
    ticket = admitted(staged, code).ticket
    choices = [staged.ideas[title] for title in titles]
    return cast_ballot(staged.engine, staged.slug, ticket, choices, new_attempt())
