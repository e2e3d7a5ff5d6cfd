"""Reads plain documents strictly: every complaint names the key."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from pb_engine.errors import InvalidElectionFile

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Part:
    """A value somewhere in a document, and where that is."""

    value: object
    path: str

    def refuse(self, sentence: str) -> NoReturn:
        """Complain about this part.

        :raises InvalidElectionFile: always.
        """
        raise InvalidElectionFile(f"{self.path}: {sentence}", field=self.path)

    def text(self) -> str:
        """Return a text."""
        if not isinstance(self.value, str):
            self.refuse("must be a text")
        return self.value

    def whole(self, least: int = 0) -> int:
        """Return a whole number of at least ``least``."""
        if isinstance(self.value, bool) or not isinstance(self.value, int) or self.value < least:
            self.refuse(f"must be a whole number of at least {least}")
        return self.value

    def items(self) -> list[Part]:
        """Return the parts of a list."""
        if not isinstance(self.value, list):
            self.refuse("must be a list")
        return [Part(item, f"{self.path}[{at}]") for at, item in enumerate(self.value)]

    def pair(self) -> tuple[Part, Part]:
        """Return the two parts of a list of two."""
        found = self.items()
        if len(found) != 2:  # noqa: PLR2004 - a pair
            self.refuse("must be a list of two")
        return found[0], found[1]

    def entries(self) -> dict[str, Part]:
        """Return the parts of an object by key."""
        if not isinstance(self.value, dict):
            self.refuse("must be an object")
        return {key: Part(item, f"{self.path}.{key}") for key, item in self.value.items()}

    def exactly(self, keys: Iterable[str]) -> dict[str, Part]:
        """Return the parts of an object that has these keys and no others."""
        found = self.entries()
        for key in keys:
            if key not in found:
                self.refuse(f"the key {key!r} is missing")
        for key in found:
            if key not in frozenset(keys):
                self.refuse(f"the key {key[:40]!r} is unknown")
        return found

    def optional(self, read: Callable[[Part], Read]) -> Read | None:
        """Return ``None`` for null, and otherwise what ``read`` makes of this part."""
        return None if self.value is None else read(self)


def parse(raw: bytes) -> Part:
    """Parse JSON without floats, repeated keys or constants such as NaN.

    :raises InvalidElectionFile: it is something else.
    """
    try:
        value = json.loads(
            raw, parse_float=_no_float, parse_constant=_no_float, object_pairs_hook=_once
        )
    except (ValueError, RecursionError) as problem:
        raise InvalidElectionFile(f"this is not an election record: {problem}") from problem
    return Part(value, "record")


def _no_float(text: str) -> NoReturn:
    raise ValueError(f"{text[:40]} is not a whole number; a record has no others")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice[:40]!r} stands twice")
    return found
