"""The schema of a round file: every key, what it may hold, and what must go together."""

from __future__ import annotations

from datetime import date
from typing import Any

from marshmallow import (
    RAISE,
    Schema,
    ValidationError,
    fields,
    post_dump,
    post_load,
    validate,
    validates_schema,
)

from pb_engine.ballots import BallotFormat
from pb_engine.domain import areas, phases, rounds
from pb_engine.domain.round_contradictions import contradictions
from pb_engine.units import LocalText

_SLUG = validate.Regexp(
    r"^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$",
    error="must be lower case letters, digits and dashes, at most 40",
)
_SHORT = validate.Length(min=1, max=200, error="must be 1 to 200 characters")
_LONG = validate.Length(max=5000, error="must be at most 5000 characters")
_AMOUNT = validate.Range(min=0, max=10_000_000_000, error="must be 0 to 10000000000 cents")


class _Part(Schema):
    """A table of the document: unknown keys are refused, absent values are left out."""

    makes: type[Any]

    class Meta:
        unknown = RAISE

    @post_load
    def _make(self, loaded: dict[str, Any], **_: object) -> Any:
        return self.makes(**loaded)

    @post_dump
    def _shed(self, dumped: dict[str, Any], **_: object) -> dict[str, Any]:
        return {key: value for key, value in dumped.items() if value is not None}


class _Tuple(fields.List[Any]):
    """A list in the document, a tuple in the value."""

    def _deserialize(self, *args: Any, **kwargs: Any) -> Any:
        return tuple(super()._deserialize(*args, **kwargs))


class _Day(fields.Date):
    """A date: a TOML date, or text as in JSON."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        # A datetime is a date too, but a time of day would be lost without a word.
        if type(value) is date:
            return value
        return super()._deserialize(value, *args, **kwargs)


def _whole(low: int, high: int, **more: Any) -> fields.Integer:
    sentence = f"must be a whole number from {low} to {high}"
    return fields.Integer(
        strict=True,
        validate=validate.Range(min=low, max=high, error=sentence),
        error_messages={"invalid": sentence},
        **more,
    )


class _Text(_Part):
    makes = LocalText
    nl = fields.String(required=True, validate=_LONG)
    en = fields.String(required=True, validate=_LONG)


class _Fund(_Part):
    makes = rounds.Fund
    source = fields.Enum(rounds.FundSource, by_value=True, required=True)
    budget_cents = fields.Integer(required=True, strict=True, validate=_AMOUNT)
    note = fields.Nested(_Text)


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


class _Calendar(_Part):
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
    reference_date = _Day(required=True)


class _Theme(_Part):
    makes = rounds.Theme
    id = fields.String(required=True, validate=_SLUG)
    name = fields.Nested(_Text, required=True)


class _Submission(_Part):
    makes = rounds.Submission
    min_cost_cents = fields.Integer(required=True, strict=True, validate=_AMOUNT)
    max_cost_cents = fields.Integer(required=True, strict=True, validate=_AMOUNT)
    max_ideas = _whole(1, 100, required=True)
    helper_below = _whole(0, 30, required=True)
    themes = _Tuple(fields.Nested(_Theme), required=True)
    who = fields.Nested(_Text, required=True)


class _Criterion(_Part):
    makes = rounds.Criterion
    number = fields.String(
        required=True,
        validate=validate.Regexp(r"^[A-Z]{1,3}[0-9]{1,2}$", error="must look like R4"),
    )
    text = fields.Nested(_Text, required=True)


class _Ballot(_Part):
    makes = rounds.BallotRules
    format = fields.Enum(BallotFormat, by_value=True, required=True)
    min_choices = _whole(0, 1000, required=True)
    max_choices = _whole(1, 1000, required=True)
    spend_limit_cents = fields.Integer(strict=True, validate=_AMOUNT, load_default=None)
    may_change = fields.Boolean(required=True, truthy={True}, falsy={False})
    recommended_choices = _whole(1, 1000)

    @validates_schema
    def _limits(self, loaded: dict[str, Any], **_: object) -> None:
        if loaded["min_choices"] > loaded["max_choices"]:
            raise ValidationError("must not be above max_choices", "min_choices")
        basket = loaded["format"] is BallotFormat.BASKET
        if basket and loaded.get("spend_limit_cents") is None:
            raise ValidationError("is required for a basket ballot", "spend_limit_cents")
        if loaded["format"] is BallotFormat.SINGLE and loaded["max_choices"] != 1:
            raise ValidationError("must be 1 for a single-choice ballot", "max_choices")


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


class RoundSchema(_Part):
    """A whole round; loading gives a ``Round``, dumping gives plain values."""

    makes = rounds.Round
    slug = fields.String(required=True, validate=_SLUG)
    name = fields.Nested(_Text, required=True)
    place = fields.String(required=True, validate=_SHORT)
    summary = fields.Nested(_Text, required=True)
    languages = _Tuple(
        fields.String(validate=validate.OneOf(["nl", "en"])),
        required=True,
        validate=validate.Length(min=1),
    )
    ordinance = fields.Nested(_Text, required=True)
    fund = fields.Nested(_Fund, required=True)
    areas = fields.Nested(_Areas, required=True)
    calendar = fields.Nested(_Calendar, required=True)
    voters = fields.Nested(_Eligibility, required=True)
    submission = fields.Nested(_Submission, required=True)
    criteria = _Tuple(fields.Nested(_Criterion), required=True, validate=validate.Length(min=1))
    ballot = fields.Nested(_Ballot, required=True)
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

    @validates_schema
    def _together(self, loaded: dict[str, Any], **_: object) -> None:
        for key, sentence in contradictions(rounds.Round(**loaded)):
            raise ValidationError(sentence, key)
