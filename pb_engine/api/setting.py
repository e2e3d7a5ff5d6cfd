"""Setting fields that take a value from TOML (typed) and from a command line (text) alike."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate


class SettingsSchema(Schema):
    """A schema for settings: a name that it does not know is an error, not a no-op."""

    class Meta:
        """Strict about names."""

        unknown = RAISE


class WholeNumber(fields.Integer):
    """A whole number: ``3`` or ``"3"``; never ``3.7`` and never ``true``."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if isinstance(value, (bool, float)):
            raise ValidationError("Not a whole number.")
        return super()._deserialize(value, attr, data, **kwargs)


def whole_number(default: int, *, least: int = 0) -> WholeNumber:
    """Return a field for a whole number of at least ``least``."""
    return WholeNumber(load_default=default, validate=validate.Range(min=least))


def yes_or_no(*, default: bool) -> fields.Boolean:
    """Return a field for ``true`` and ``false``."""
    return fields.Boolean(load_default=default)


def one_of(choices: Iterable[str], default: str) -> fields.String:
    """Return a field for one word out of a closed list."""
    return fields.String(load_default=default, validate=validate.OneOf(tuple(choices)))


class _Listing(fields.List[Any]):
    """A list; on a command line it is written as JSON."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except (ValueError, RecursionError) as problem:
                raise ValidationError("Not a list, and not one in JSON.") from problem
        return super()._deserialize(value, attr, data, **kwargs)


def listing(inner: fields.Field[Any]) -> fields.List[Any]:
    """Return a field for a list, empty where nothing is given."""
    return _Listing(inner, load_default=list)
