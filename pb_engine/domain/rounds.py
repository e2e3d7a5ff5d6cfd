"""A round as the commission configures it: one frozen value, the spelregels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from pb_engine.ballots import BallotFormat
from pb_engine.domain.areas import AreaTree
from pb_engine.domain.conversation import Conversation
from pb_engine.domain.leftovers import SavedShare
from pb_engine.domain.phases import Calendar, Window
from pb_engine.domain.pot_values import Pots
from pb_engine.domain.review_rules import ReviewRules
from pb_engine.units import AreaId, Cents, LocalText, RoundId


class FundSource(StrEnum):
    """Where the money comes from."""

    NEIGHBOURHOOD_BUDGET = "wijkbudget"
    DISTRICT_INITIATIVE_FUND = "initiatiefkracht"
    SAVED = "gespaard"
    TRANSFERRED = "overgeheveld"


@dataclass(frozen=True, slots=True)
class Fund:
    """The money of a round, in cents; ``saved`` is the part of it that earlier rounds left."""

    source: FundSource
    budget_cents: Cents
    note: LocalText | None = None
    saved: tuple[SavedShare, ...] = ()


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Who may do something: residents of these areas, of this age on this day.

    :ivar minimum_age: years, reached on ``reference_date`` at the latest; 0 asks nothing.
    :ivar maximum_age: the oldest age on ``reference_date``; ``None`` asks nothing.
    """

    areas: tuple[AreaId, ...]
    minimum_age: int
    reference_date: date
    maximum_age: int | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    """A subject under which ideas are grouped."""

    id: str
    name: LocalText


@dataclass(frozen=True, slots=True)
class UsualPrice:
    """What something usual costs, to help with an estimate; it limits nothing."""

    id: str
    name: LocalText
    cents: Cents


@dataclass(frozen=True, slots=True)
class Submission:
    """What an idea must keep to.

    :ivar max_ideas: ideas per submitter, counted by contact address where one is given.
    :ivar helper_below: under this age a submitter names an adult helper; 0 asks nothing.
    """

    min_cost_cents: Cents
    max_cost_cents: Cents
    max_ideas: int
    helper_below: int
    themes: tuple[Theme, ...]
    who: LocalText
    prices: tuple[UsualPrice, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """A numbered, published rule by which ideas are judged: ``R4``."""

    number: str
    text: LocalText


@dataclass(frozen=True, slots=True)
class ChoiceLimit:
    """The most projects of one theme or of one area (with all that lies in it) on a ballot.

    Either ``theme`` or ``area`` is named.
    """

    max_choices: int
    theme: str | None = None
    area: AreaId | None = None


@dataclass(frozen=True, slots=True)
class BallotRules:
    """The ballot format and its limits.

    :ivar may_change: the voter may vote again until the close; the last ballot counts.
    :ivar recommended_choices: a hint on the page; it limits nothing.
    :ivar max_points: for ``points``: how many a voter has; for ``score``: the highest grade.
    :ivar grades: for ``score``: the words for the grades 0, 1, 2 ...; empty: the numbers.
    :ivar limits: further limits, per theme or area.
    """

    format: BallotFormat
    min_choices: int
    max_choices: int
    spend_limit_cents: Cents | None
    may_change: bool
    recommended_choices: int | None = None
    max_points: int | None = None
    grades: tuple[LocalText, ...] = ()
    limits: tuple[ChoiceLimit, ...] = ()


@dataclass(frozen=True, slots=True)
class PluginChoice:
    """A plugin offer by name, with settings as they stand in the file."""

    name: str
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a person."""

    name: str
    email: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class VotingPoint:
    """A place where people can vote or get help."""

    name: str
    address: str
    hours: LocalText


@dataclass(frozen=True, slots=True)
class ReferralBody:
    """Somebody to whom an idea can be passed on, and how many days they get to answer."""

    id: str
    name: LocalText
    reply_days: int


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decides, and whether objection is possible."""

    who: LocalText
    objection_possible: bool
    text: LocalText


@dataclass(frozen=True, slots=True)
class Trustees:
    """How many trustees keep a share of the key of the ballot box, and how many it takes."""

    threshold: int
    shares: int


@dataclass(frozen=True, slots=True)
class CounterRules:
    """What the counter may do beside helping people to their own vote; nothing, unless said.

    :ivar proxies: for how many others one person may vote as well.
    """

    proxies: int = 0
    organisations: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """How ties fall: by a lot drawn from a seed that is published before voting opens.

    :ivar seed: ``None`` until it is drawn; voting cannot open without it.
    """

    text: LocalText
    seed: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The participatieplan: what residents can change, within which frames, decided by whom."""

    goal: LocalText
    influence: LocalText
    substance: LocalText
    finance: LocalText
    procedure: LocalText
    decided_by: LocalText
    decided_on: date


class Stand(StrEnum):
    """What came of asking a body of residents about the rules."""

    AGREED = "akkoord"
    ABSENT = "afwezig"
    SEPARATE = "apart"
    IN_WRITING = "schriftelijk"


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a body of residents said of the rules.

    :ivar level: of working together, that it chose for this year: 1 base, 2 execution, 3 policy.
    """

    body: str
    level: int
    stand: Stand
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """One budget, one neighbourhood, one calendar: everything the commission decides.

    :ivar fictional: the round holds invented examples; every page and file says so.
    :ivar conversation: what residents may say about ideas; ``None``: nothing.
    :ivar address: how Dutch pages speak to a resident: ``u`` or ``je``.
    :ivar short: a short address that leads to the round; empty: none.
    :ivar accent: colour behind the menu, ``#0a5c36``; empty: that of the theme.
    :ivar plan: what was decided before the round began, where that was written down.
    :ivar agreements: what bodies of residents said of the rules.
    :ivar pots: money per theme or per area, for a voting method that knows pots.
    :ivar consultation: days on which everybody can comment on the rules, before they freeze.
    :ivar trustees: voting does not open without a key that is split like this.
    :ivar review: how ideas are reviewed; ``None``: as each member sees fit.
    """

    slug: RoundId
    name: LocalText
    place: str
    summary: LocalText
    languages: tuple[str, ...]
    ordinance: LocalText
    fund: Fund
    areas: AreaTree
    calendar: Calendar
    voters: Eligibility
    submission: Submission
    criteria: tuple[Criterion, ...]
    ballot: BallotRules
    voting_method: PluginChoice
    compared_methods: tuple[PluginChoice, ...]
    tie: Tie
    identity_checks: tuple[PluginChoice, ...]
    surveys: tuple[PluginChoice, ...]
    result_views: tuple[PluginChoice, ...]
    contact: Contact
    voting_points: tuple[VotingPoint, ...]
    referral_bodies: tuple[ReferralBody, ...]
    decision: Decision
    fictional: bool = False
    trustees: Trustees | None = None
    counter: CounterRules = CounterRules()
    conversation: Conversation | None = None
    address: str = "u"
    accent: str = ""
    short: str = ""
    plan: Plan | None = None
    agreements: tuple[Agreement, ...] = ()
    consultation: Window | None = None
    pots: Pots | None = None
    review: ReviewRules | None = None

    @property
    def assessors(self) -> int:
        """How many members assess an idea before it is decided."""
        return self.review.assessors if self.review else 0

    def criterion(self, number: str) -> Criterion | None:
        """Return the published criterion with this number, or ``None``."""
        return next((rule for rule in self.criteria if rule.number == number), None)
