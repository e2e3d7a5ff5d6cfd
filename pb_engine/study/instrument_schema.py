"""The shape of an instrument file.  Everything arrives as text; here it gets its type."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from pb_engine.study.instruments import Adding, Status
from pb_engine.units import LANGUAGES, LocalText

MOST_ITEMS = 200
_NAME = validate.Regexp(
    r"[a-z][a-z0-9_]{0,39}\Z", error="use a-z, 0-9 and _; at most 40 characters"
)
_CODE = validate.Regexp(
    r"[A-Za-z0-9_-]{1,12}\Z", error="a code has 1 to 12 letters, digits, - or _"
)
_VERSION = validate.Regexp(r"[0-9]{1,4}(\.[0-9]{1,4}){0,2}\Z", error="write a version as 1 or 1.2")
_WAVE = validate.Regexp(r"[A-Z][0-9]\Z", error="a wave is a capital and a digit, as T0 or N2")
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,3})\Z")
_FRACTION = re.compile(r"-?[0-9]{1,6}(?:/[1-9][0-9]{0,5})?\Z")
_MARKUP = re.compile(r"[<>\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]|\{\{|\{%|\}\}|%\}")
_PLACE = re.compile(r"\{([^{}]*)\}")
PLACES = frozenset({"municipality", "recipients", "round"})
"""What a study fills in; nothing else may stand between braces."""


class Shape(Schema):
    """A mapping of the file: unknown keys are refused."""

    class Meta:  # noqa: D106 - what marshmallow asks for
        unknown = RAISE


class Whole(fields.Field[int]):
    """A whole number, written without zeros in front: ``012`` is no number."""

    def __init__(self, low: int, high: int, **more: Any) -> None:
        super().__init__(**more)
        self._low, self._high = low, high

    def _deserialize(self, value: Any, *_: object, **__: object) -> int:
        if not isinstance(value, str) or not _WHOLE.match(value):
            raise ValidationError("must be a whole number")
        if not self._low <= int(value) <= self._high:
            raise ValidationError(f"must be {self._low} to {self._high}")
        return int(value)


class Exact(fields.Field[Fraction]):
    """A fraction: ``4``, ``-1`` or ``10/4``."""

    def _deserialize(self, value: Any, *_: object, **__: object) -> Fraction:
        if not isinstance(value, str) or not _FRACTION.match(value):
            raise ValidationError("write a whole number, or a fraction as 10/4")
        return Fraction(value)


class YesNo(fields.Field[bool]):
    """``yes`` or ``no``, as text."""

    def _deserialize(self, value: Any, *_: object, **__: object) -> bool:
        if value not in {"yes", "no"}:
            raise ValidationError("write yes or no")
        return bool(value == "yes")


class Said(fields.Field[LocalText]):
    """A text per language: Dutch and English, and others if they are there."""

    def __init__(self, longest: int = 600, **more: Any) -> None:
        super().__init__(**more)
        self._longest = longest

    def _deserialize(self, value: Any, *_: object, **__: object) -> LocalText:
        if not isinstance(value, dict):
            raise ValidationError("write a text per language: nl and en at least")
        if strange := sorted(set(value) - set(LANGUAGES)):
            raise ValidationError(f"{strange[0]!r} is no language; use {', '.join(LANGUAGES)}")
        if lacking := [one for one in ("nl", "en") if one not in value]:
            raise ValidationError(f"the language {lacking[0]} is missing")
        for language, text in value.items():
            self._plain(language, text)
        return LocalText(**value)

    def _plain(self, language: str, text: Any) -> None:
        if not isinstance(text, str) or not text.strip() or text != text.strip():
            raise ValidationError(f"{language}: write a text, without spaces around it")
        if len(text) > self._longest:
            raise ValidationError(f"{language}: at most {self._longest} characters")
        if found := _MARKUP.search(text):
            raise ValidationError(f"{language}: {found.group()!r} may not stand in a text")
        rest = _PLACE.sub("", text)
        if "{" in rest or "}" in rest or not PLACES.issuperset(_PLACE.findall(text)):
            known = ", ".join(f"{{{one}}}" for one in sorted(PLACES))
            raise ValidationError(f"{language}: only {known} may be filled in")


class OptionShape(Shape):
    """One answer."""

    code = fields.String(required=True, validate=_CODE)
    label = Said(longest=120, required=True)


class NumbersShape(Shape):
    """Whole numbers with words at both ends."""

    lowest = Whole(0, 1, required=True)
    highest = Whole(1, 10, required=True)
    low = Said(longest=120, required=True)
    high = Said(longest=120, required=True)


class ScaleShape(Shape):
    """Either options, or numbers."""

    name = fields.String(required=True, validate=_NAME)
    options = fields.List(fields.Nested(OptionShape), validate=validate.Length(2, 11))
    numbers = fields.Nested(NumbersShape)


class ItemShape(Shape):
    """One question."""

    id = fields.String(required=True, validate=_NAME)
    text = Said(required=True)
    scale = fields.String(required=True)
    status = fields.Enum(Status, by_value=True, required=True)
    source = fields.String(required=True, validate=validate.Length(3, 1000))
    # What a condition may hold is read by `reading.conditions`, since it nests.
    show_if = fields.Raw()
    dont_know = YesNo(load_default=True)
    prefer_not = YesNo(load_default=False)
    placebo = YesNo(load_default=False)


class ScoreShape(Shape):
    """How some items are added up."""

    id = fields.String(required=True, validate=_NAME)
    label = Said(longest=120, required=True)
    items = fields.List(fields.String(), required=True, validate=validate.Length(1, 40))
    adding = fields.Enum(Adding, by_value=True, load_default=Adding.MEAN)
    least = Whole(1, 40, required=True)
    reverse = fields.List(fields.String(), load_default=list)
    values = fields.Dict(keys=fields.String(), values=Exact())
    times = Exact(load_default=Fraction(1))
    source = fields.String(required=True, validate=validate.Length(3, 1000))


class WaveShape(Shape):
    """What one wave asks."""

    wave = fields.String(required=True, validate=_WAVE)
    pages = fields.List(
        fields.List(fields.String(), validate=validate.Length(1, 20)),
        required=True,
        validate=validate.Length(1, 60),
    )


class InstrumentShape(Shape):
    """The whole file."""

    instrument = fields.String(required=True, validate=_NAME)
    version = fields.String(required=True, validate=_VERSION)
    title = Said(longest=120, required=True)
    consent = Said(longest=1500, required=True)
    languages = fields.List(
        fields.String(validate=validate.OneOf(LANGUAGES)), load_default=lambda: ["nl", "en"]
    )
    scales = fields.List(fields.Nested(ScaleShape), required=True, validate=validate.Length(1, 60))
    items = fields.List(
        fields.Nested(ItemShape), required=True, validate=validate.Length(1, MOST_ITEMS)
    )
    scores = fields.List(fields.Nested(ScoreShape), load_default=list)
    waves = fields.List(fields.Nested(WaveShape), required=True, validate=validate.Length(1, 12))
