"""What the schemas of a round file are made of."""

from __future__ import annotations

from datetime import date
from typing import Any

from marshmallow import RAISE, Schema, fields, post_dump, post_load, validate

from pb_engine.units import LocalText

SHORT = validate.Length(min=1, max=200, error="must be 1 to 200 characters")
LONG = validate.Length(max=5000, error="must be at most 5000 characters")
AMOUNT = validate.Range(min=0, max=10_000_000_000, error="must be 0 to 10000000000 cents")


class Part(Schema):
    """A table of the document: unknown keys are refused, absent values are left out."""

    makes: type[Any]

    class Meta:  # noqa: D106 - what marshmallow asks for
        unknown = RAISE

    @post_load
    def _make(self, loaded: dict[str, Any], **_: object) -> Any:
        return self.makes(**loaded)

    @post_dump
    def _shed(self, dumped: dict[str, Any], **_: object) -> dict[str, Any]:
        return {key: value for key, value in dumped.items() if value is not None}


class Tuple(fields.List[Any]):
    """A list in the document, a tuple in the value."""

    def _deserialize(self, *args: Any, **kwargs: Any) -> Any:
        return tuple(super()._deserialize(*args, **kwargs))


class Day(fields.Date):
    """A date: a TOML date, or text as in JSON."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        # A datetime is a date too, but a time of day would be lost without a word.
        if type(value) is date:
            return value
        return super()._deserialize(value, *args, **kwargs)


def whole(low: int, high: int, **more: Any) -> fields.Integer:
    """Return a field for a whole number between two bounds, these included."""
    sentence = f"must be a whole number from {low} to {high}"
    return fields.Integer(
        strict=True,
        validate=validate.Range(min=low, max=high, error=sentence),
        error_messages={"invalid": sentence},
        **more,
    )


class Text(Part):
    """The same sentence in two languages at least; what is not said is left out."""

    makes = LocalText
    nl = fields.String(required=True, validate=LONG)
    en = fields.String(required=True, validate=LONG)
    de = fields.String(validate=LONG)
    tr = fields.String(validate=LONG)
    ar = fields.String(validate=LONG)
    pl = fields.String(validate=LONG)

    @post_dump
    def _leave_out(self, dumped: dict[str, Any], **_: object) -> dict[str, Any]:
        # A round in two languages keeps the digest that it has always had.
        return {key: text for key, text in dumped.items() if text or key in {"nl", "en"}}
