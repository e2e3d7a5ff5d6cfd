"""The part of a round file about the ballot: its format, and limits that fit that format."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, post_dump, validate, validates_schema

from pb_engine.ballots import BallotFormat
from pb_engine.domain import rounds
from pb_engine.domain.schema_parts import AMOUNT, Part, Text, Tuple, whole

MOST_POINTS, MOST_GRADE = 100, 10


class LimitSchema(Part):
    """The most choices of one theme or one area."""

    makes = rounds.ChoiceLimit
    max_choices = whole(1, 1000, required=True)
    theme = fields.String()
    area = fields.String()

    @validates_schema
    def _one(self, loaded: dict[str, Any], **_: object) -> None:
        if ("theme" in loaded) is ("area" in loaded):
            raise ValidationError("name a theme or an area, and not both", "theme")


class BallotSchema(Part):
    """The ballot format and its limits."""

    makes = rounds.BallotRules
    format = fields.Enum(BallotFormat, by_value=True, required=True)
    min_choices = whole(0, 1000, required=True)
    max_choices = whole(1, 1000, required=True)
    spend_limit_cents = fields.Integer(strict=True, validate=AMOUNT, load_default=None)
    may_change = fields.Boolean(required=True, truthy={True}, falsy={False})
    recommended_choices = whole(1, 1000)
    max_points = whole(1, MOST_POINTS)
    grades = Tuple(fields.Nested(Text), validate=validate.Length(min=2, max=MOST_GRADE + 1))
    limits = Tuple(fields.Nested(LimitSchema), validate=validate.Length(min=1, max=50))

    @post_dump
    def _shed_empty(self, dumped: dict[str, Any], **_: object) -> dict[str, Any]:
        # A round without grades and limits keeps the spelling, and the digest, it always had.
        return {key: value for key, value in dumped.items() if value != []}

    @validates_schema
    def _limits(self, loaded: dict[str, Any], **_: object) -> None:
        if loaded["min_choices"] > loaded["max_choices"]:
            raise ValidationError("must not be above max_choices", "min_choices")
        basket = loaded["format"] is BallotFormat.BASKET
        if basket and loaded.get("spend_limit_cents") is None:
            raise ValidationError("is required for a basket ballot", "spend_limit_cents")
        if loaded["format"] is BallotFormat.SINGLE and loaded["max_choices"] != 1:
            raise ValidationError("must be 1 for a single-choice ballot", "max_choices")
        _check_weights(loaded)


def _check_weights(loaded: dict[str, Any]) -> None:
    points, grades, form = loaded.get("max_points"), loaded.get("grades"), loaded["format"]
    if form is BallotFormat.POINTS:
        if points is None:
            raise ValidationError("is required for a points ballot", "max_points")
        if points < loaded["max_choices"]:
            sentence = "must not be below max_choices: every chosen idea gets a point or more"
            raise ValidationError(sentence, "max_points")
    elif form is not BallotFormat.SCORE and points is not None:
        raise ValidationError("is for points and score ballots only", "max_points")
    if form is BallotFormat.SCORE:
        _check_grades(points, grades)
    elif grades:
        raise ValidationError("is for score ballots only", "grades")


def _check_grades(points: int | None, grades: tuple[object, ...] | None) -> None:
    if points is None:
        raise ValidationError("is required for a score ballot: the highest grade", "max_points")
    if points > MOST_GRADE:
        sentence = f"the highest grade of a score ballot is at most {MOST_GRADE}"
        raise ValidationError(sentence, "max_points")
    if grades and len(grades) != points + 1:
        sentence = f"needs a word for each grade from 0 to {points}: {points + 1} words"
        raise ValidationError(sentence, "grades")
