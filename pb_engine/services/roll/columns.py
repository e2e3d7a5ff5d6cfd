"""Which column of a register holds what: Dutch names, or those of a small file."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from pb_engine.errors import InvalidRegister

FIELDS = (
    "postcode",
    "house",
    "addition",
    "birth_year",
    "age_band",
    "name",
    "email",
    "secret",
    "person",
)
"""What a row of a register can say."""

LARGEST_FILE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a register.

    :ivar names: of each field the column that holds it.
    :ivar named: the fields whose column must be there.
    :ivar yes: what stands in the column of secret addresses, in small letters, for yes.
    """

    names: Mapping[str, str]
    named: frozenset[str] = field(default=frozenset({"postcode", "house"}))
    yes: frozenset[str] = field(default=frozenset({"1", "j", "ja", "x", "true", "waar", "geheim"}))

    def places(self, header: Sequence[str]) -> dict[str, int]:
        """Return where in a row each field stands; a field without a column is left out.

        :raises InvalidRegister: a column stands there twice, or one that must be there does not.
        """
        seen = [_folded(cell) for cell in header]
        twice = sorted({cell for cell in seen if cell and seen.count(cell) > 1})
        if twice:
            raise InvalidRegister(
                f"line 1: the column {twice[0][:40]!r} stands there twice", problem="columns"
            )
        found = {
            name: seen.index(_folded(column))
            for name, column in self.names.items()
            if _folded(column) in seen
        }
        missing = [self.names[name] for name in FIELDS if name in self.named - set(found)]
        if missing:
            there = ", ".join(cell[:30] for cell in header[:20])
            raise InvalidRegister(
                f"line 1: there is no column {missing[0]!r}; the columns are: {there}",
                problem="columns",
            )
        return found

    def unread(self, header: Sequence[str]) -> tuple[str, ...]:
        """Return the columns that nothing is read from."""
        known = {_folded(column) for column in self.names.values()}
        return tuple(cell.strip() for cell in header if _folded(cell) not in known)


DUTCH = Columns(
    {
        "postcode": "postcode",
        "house": "huisnummer",
        "addition": "toevoeging",
        "birth_year": "geboortejaar",
        "age_band": "leeftijdsgroep",
        "name": "naam",
        "email": "email",
        "secret": "geheim",
        "person": "persoonsnummer",
    }
)
"""The columns that are looked for when nobody says otherwise."""


class _Names(Schema):
    class Meta:
        unknown = RAISE


_NEEDED = ("postcode", "house")
_SENTENCE = "must be 1 to 80 characters"
_NAMED = _Names.from_dict(
    {
        name: fields.String(
            validate=validate.Length(min=int(name in _NEEDED), max=80, error=_SENTENCE)
        )
        for name in FIELDS
    }
)


class _File(Schema):
    class Meta:
        unknown = RAISE

    columns = fields.Nested(_NAMED(unknown=RAISE), required=True)
    yes = fields.List(
        fields.String(validate=validate.Length(min=1, max=40)),
        validate=validate.Length(min=1, max=20, error="must hold 1 to 20 words"),
    )


def read_columns(raw: bytes, name: str) -> Columns:
    """Read a schema file: TOML, or JSON where its name ends in ``.json``.

    A field that it does not name keeps its Dutch column; one with an empty name is not read.

    :raises InvalidRegister: naming the file, the key and what is allowed.
    """
    if len(raw) > LARGEST_FILE:
        raise InvalidRegister(f"{name} is far too long for a schema", problem="schema")
    read: Callable[[str], Any] = json.loads if name.endswith(".json") else tomllib.loads
    try:
        loaded = _File().load(read(raw.decode("utf-8-sig")))
    except ValidationError as problem:
        key, sentence = _first(problem.messages)
        raise InvalidRegister(f"{name}: {key}: {sentence}", problem="schema") from problem
    except (ValueError, RecursionError) as problem:
        raise InvalidRegister(f"{name} cannot be read: {problem}", problem="schema") from problem
    told: dict[str, str] = loaded["columns"]
    names = {name: column for name, column in {**DUTCH.names, **told}.items() if column.strip()}
    named = frozenset(_NEEDED) | (set(told) & set(names))
    if "yes" in loaded:
        return Columns(names, named, frozenset(map(_folded, loaded["yes"])))
    return Columns(names, named)


def _first(messages: Any, path: str = "") -> tuple[str, str]:
    while isinstance(messages, dict):
        key = next(iter(messages))
        path, messages = f"{path}.{key}" if path else str(key), messages[key]
    return path, str(messages[0] if isinstance(messages, list) else messages)


def _folded(cell: str) -> str:
    return " ".join(cell.casefold().split())
