"""Setting fields that take a value from TOML (typed) and from a command line (text) alike."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from pb_engine.units import LocalText

Kind = TypeVar("Kind", bound=fields.Field[Any])
_ASKED = "asked"


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


def percent(default: int = 0) -> WholeNumber:
    """Return a field for a whole percentage from 0 to 100."""
    return WholeNumber(load_default=default, validate=validate.Range(min=0, max=100))


class _Listing(fields.List[Any]):
    """A list; on a command line it is written as JSON."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        return super()._deserialize(_from_json(value, "list"), attr, data, **kwargs)


def listing(inner: fields.Field[Any]) -> fields.List[Any]:
    """Return a field for a list, empty where nothing is given."""
    return _Listing(inner, load_default=list)


class _Table(fields.Dict):
    """A table in TOML; on a command line it is written as JSON."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        known = _from_json(value, "table")
        return super()._deserialize(known, attr, data, **kwargs)  # type: ignore[no-untyped-call]


def table(values: fields.Field[Any]) -> fields.Dict:
    """Return a field for a table of values by name, empty where nothing is given."""
    return _Table(keys=fields.String(), values=values, load_default=dict)


def _from_json(value: Any, what: str) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError) as problem:
        raise ValidationError(f"Not a {what}, and not one in JSON.") from problem


@dataclass(frozen=True, slots=True)
class Asked:
    """How the desk asks for a setting.  Officials read Dutch or English.

    :ivar choices: a word for every value of a closed list, or for every name in a table.
    """

    label: LocalText
    hint: LocalText | None
    choices: Mapping[str, LocalText]


Pair = tuple[str, str]
"""The same words in Dutch and in English."""


def asked(
    field: Kind, label: Pair, hint: Pair | None = None, choices: Mapping[str, Pair] | None = None
) -> Kind:
    """Return the field with the words in which the desk asks an official for it.

    A setting without words is not offered at the desk: it can be set in a round file only.
    """
    words = {name: LocalText(*text) for name, text in (choices or {}).items()}
    told = Asked(LocalText(*label), LocalText(*hint) if hint else None, words)
    field.metadata = {**field.metadata, _ASKED: told}
    return field


def how_asked(field: fields.Field[Any]) -> Asked | None:
    """Return the words in which the desk asks for a setting; ``None``: it does not."""
    told = field.metadata.get(_ASKED)
    return told if isinstance(told, Asked) else None
