"""The schema of a round file: every key, what it may hold, and what must go together."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, post_dump, validate, validates_schema

from pb_engine.domain import areas, phases, rounds
from pb_engine.domain.accents import require_readable
from pb_engine.domain.ballot_schema import BallotSchema
from pb_engine.domain.conversation_schema import ConversationSchema
from pb_engine.domain.leftovers import SavedShare
from pb_engine.domain.pots_schema import PotsSchema
from pb_engine.domain.review_schema import ReviewSchema
from pb_engine.domain.round_contradictions import contradictions
from pb_engine.domain.schema_parts import AMOUNT as _AMOUNT
from pb_engine.domain.schema_parts import SHORT as _SHORT
from pb_engine.domain.schema_parts import Day as _Day
from pb_engine.domain.schema_parts import Part as _Part
from pb_engine.domain.schema_parts import Text as _Text
from pb_engine.domain.schema_parts import Tuple as _Tuple
from pb_engine.domain.schema_parts import whole as _whole
from pb_engine.domain.short_names import require_short
from pb_engine.units import LANGUAGES

_SLUG = validate.Regexp(
    r"^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$",
    error="must be lower case letters, digits and dashes, at most 40",
)


class _SavedShare(_Part):
    makes = SavedShare
    round = fields.String(required=True, validate=_SLUG)
    part = fields.String(load_default="", validate=validate.Length(max=64))
    cents = fields.Integer(required=True, strict=True, validate=_AMOUNT)


class _Fund(_Part):
    makes = rounds.Fund
    source = fields.Enum(rounds.FundSource, by_value=True, required=True)
    budget_cents = fields.Integer(required=True, strict=True, validate=_AMOUNT)
    note = fields.Nested(_Text)
    saved = _Tuple(fields.Nested(_SavedShare), validate=validate.Length(max=100))

    @post_dump
    def _without_nothing(self, dumped: dict[str, Any], **_: object) -> dict[str, Any]:
        # A round without saved money keeps the digest that it had before there was any.
        return {key: value for key, value in dumped.items() if key != "saved" or value}


class _Area(_Part):
    makes = areas.Area
    id = fields.String(required=True, validate=_SHORT)
    kind = fields.Enum(areas.AreaKind, by_value=True, required=True)
    name = fields.String(required=True, validate=_SHORT)
    parent = fields.String()
    residents = _whole(1, 100_000_000)


class _AddressRange(_Part):
    makes = areas.AddressRange
    area = fields.String(required=True)
    postcode = fields.String(required=True)
    first = _whole(1, 99999, required=True)
    last = _whole(1, 99999, required=True)
    parity = fields.Enum(areas.Parity, by_value=True)


class _Areas(_Part):
    makes = areas.AreaTree
    areas = _Tuple(fields.Nested(_Area), required=True, data_key="tree")
    addresses = _Tuple(fields.Nested(_AddressRange))

    @validates_schema
    def _sound(self, loaded: dict[str, Any], **_: object) -> None:
        flaw = areas.AreaTree(loaded["areas"], loaded.get("addresses", ())).flaw()
        if flaw:
            raise ValidationError(flaw, "tree")


class _Window(_Part):
    makes = phases.Window
    opens = _Day(required=True)
    closes = _Day(required=True)


class CalendarSchema(_Part):
    """The dates of a round, in order."""

    makes = phases.Calendar
    announced = _Day(required=True)
    ideas = fields.Nested(_Window, required=True)
    review = fields.Nested(_Window, required=True)
    appeal = fields.Nested(_Window)
    voting = fields.Nested(_Window, required=True)
    counting = fields.Nested(_Window, required=True)
    result = _Day(required=True)

    @validates_schema
    def _in_order(self, loaded: dict[str, Any], **_: object) -> None:
        wrong = phases.Calendar(**loaded).disorder()
        if wrong:
            raise ValidationError(wrong[1], wrong[0])


class _Eligibility(_Part):
    makes = rounds.Eligibility
    areas = _Tuple(fields.String(), required=True, validate=validate.Length(min=1))
    minimum_age = _whole(0, 120, required=True)
    maximum_age = _whole(0, 120)
    reference_date = _Day(required=True)

    @validates_schema
    def _in_order(self, loaded: dict[str, Any], **_: object) -> None:
        if loaded.get("maximum_age", 120) < loaded["minimum_age"]:
            raise ValidationError("must not be below minimum_age", "maximum_age")


class _Theme(_Part):
    makes = rounds.Theme
    id = fields.String(required=True, validate=_SLUG)
    name = fields.Nested(_Text, required=True)


class _Price(_Part):
    makes = rounds.UsualPrice
    id = fields.String(required=True, validate=_SLUG)
    name = fields.Nested(_Text, required=True)
    cents = fields.Integer(required=True, strict=True, validate=_AMOUNT)


class _Submission(_Part):
    makes = rounds.Submission
    min_cost_cents = fields.Integer(required=True, strict=True, validate=_AMOUNT)
    max_cost_cents = fields.Integer(required=True, strict=True, validate=_AMOUNT)
    max_ideas = _whole(1, 100, required=True)
    helper_below = _whole(0, 30, required=True)
    themes = _Tuple(fields.Nested(_Theme), required=True)
    who = fields.Nested(_Text, required=True)
    prices = _Tuple(fields.Nested(_Price), validate=validate.Length(max=30))

    @post_dump
    def _without_nothing(self, dumped: dict[str, Any], **_: object) -> dict[str, Any]:
        # A round without prices keeps the digest that it had before there were any.
        return {key: value for key, value in dumped.items() if key != "prices" or value}


class _Criterion(_Part):
    makes = rounds.Criterion
    number = fields.String(
        required=True,
        validate=validate.Regexp(r"^[A-Z]{1,3}[0-9]{1,2}$", error="must look like R4"),
    )
    text = fields.Nested(_Text, required=True)


class _Choice(_Part):
    makes = rounds.PluginChoice
    name = fields.String(required=True, validate=_SHORT)
    settings = fields.Dict(keys=fields.String())


class _Contact(_Part):
    makes = rounds.Contact
    name = fields.String(required=True, validate=_SHORT)
    email = fields.Email(required=True)
    phone = fields.String(required=True, validate=_SHORT)
    address = fields.String(required=True, validate=_SHORT)


class _VotingPoint(_Part):
    makes = rounds.VotingPoint
    name = fields.String(required=True, validate=_SHORT)
    address = fields.String(required=True, validate=_SHORT)
    hours = fields.Nested(_Text, required=True)


class _Referral(_Part):
    makes = rounds.ReferralBody
    id = fields.String(required=True, validate=_SLUG)
    name = fields.Nested(_Text, required=True)
    reply_days = _whole(1, 366, required=True)


class _Decision(_Part):
    makes = rounds.Decision
    who = fields.Nested(_Text, required=True)
    objection_possible = fields.Boolean(required=True, truthy={True}, falsy={False})
    text = fields.Nested(_Text, required=True)


class _Tie(_Part):
    makes = rounds.Tie
    text = fields.Nested(_Text, required=True)
    seed = fields.String(validate=validate.Length(min=8, max=200))


class _Trustees(_Part):
    makes = rounds.Trustees
    threshold = _whole(1, 255, required=True)
    shares = _whole(1, 255, required=True)

    @validates_schema
    def _possible(self, loaded: dict[str, Any], **_: object) -> None:
        if loaded["threshold"] > loaded["shares"]:
            raise ValidationError("must not be above shares", "threshold")


class _CounterRules(_Part):
    makes = rounds.CounterRules
    proxies = _whole(0, 10, load_default=0)
    organisations = fields.Boolean(load_default=False, truthy={True}, falsy={False})


class _Plan(_Part):
    makes = rounds.Plan
    goal = fields.Nested(_Text, required=True)
    influence = fields.Nested(_Text, required=True)
    substance = fields.Nested(_Text, required=True)
    finance = fields.Nested(_Text, required=True)
    procedure = fields.Nested(_Text, required=True)
    decided_by = fields.Nested(_Text, required=True)
    decided_on = _Day(required=True)


class _Agreement(_Part):
    makes = rounds.Agreement
    body = fields.String(required=True, validate=_SHORT)
    level = _whole(1, 3, required=True)
    stand = fields.Enum(rounds.Stand, by_value=True, required=True)
    on = _Day()


class RoundSchema(_Part):
    """A whole round; loading gives a ``Round``, dumping gives plain values."""

    makes = rounds.Round
    slug = fields.String(required=True, validate=_SLUG)
    name = fields.Nested(_Text, required=True)
    place = fields.String(required=True, validate=_SHORT)
    summary = fields.Nested(_Text, required=True)
    languages = _Tuple(
        fields.String(validate=validate.OneOf(LANGUAGES)),
        required=True,
        validate=validate.Length(min=1),
    )
    ordinance = fields.Nested(_Text, required=True)
    fund = fields.Nested(_Fund, required=True)
    areas = fields.Nested(_Areas, required=True)
    calendar = fields.Nested(CalendarSchema, required=True)
    voters = fields.Nested(_Eligibility, required=True)
    submission = fields.Nested(_Submission, required=True)
    criteria = _Tuple(fields.Nested(_Criterion), required=True, validate=validate.Length(min=1))
    ballot = fields.Nested(BallotSchema, required=True)
    voting_method = fields.Nested(_Choice, required=True)
    compared_methods = _Tuple(fields.Nested(_Choice), load_default=())
    tie = fields.Nested(_Tie, required=True)
    identity_checks = _Tuple(fields.Nested(_Choice), required=True, validate=validate.Length(min=1))
    surveys = _Tuple(fields.Nested(_Choice), load_default=())
    result_views = _Tuple(fields.Nested(_Choice), load_default=())
    contact = fields.Nested(_Contact, required=True)
    voting_points = _Tuple(fields.Nested(_VotingPoint), load_default=())
    referral_bodies = _Tuple(fields.Nested(_Referral), load_default=())
    decision = fields.Nested(_Decision, required=True)
    fictional = fields.Boolean(load_default=False, truthy={True}, falsy={False})
    trustees = fields.Nested(_Trustees)
    counter = fields.Nested(_CounterRules, load_default=rounds.CounterRules())
    conversation = fields.Nested(ConversationSchema)
    plan = fields.Nested(_Plan)
    agreements = _Tuple(fields.Nested(_Agreement), validate=validate.Length(max=100))
    consultation = fields.Nested(_Window)
    pots = fields.Nested(PotsSchema)
    address = fields.String(load_default="u", validate=validate.OneOf(["u", "je"]))
    accent = fields.String(load_default="", validate=require_readable)
    review = fields.Nested(ReviewSchema)
    short = fields.String(load_default="", validate=require_short)

    @post_dump
    def _without_agreements(self, dumped: dict[str, Any], **_: object) -> dict[str, Any]:
        # A round without these keeps the digest that it had before there were any.
        newer = ("agreements", "short")
        return {key: value for key, value in dumped.items() if key not in newer or value}

    @validates_schema
    def _together(self, loaded: dict[str, Any], **_: object) -> None:
        for key, sentence in contradictions(rounds.Round(**loaded)):
            raise ValidationError(sentence, key)
