"""One spelling per value: the bytes that are hashed, sealed and published."""

from __future__ import annotations

import json

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]
"""What a canonical document may hold.  There is no float: no float decides anything."""


def canonical_json(value: object) -> bytes:
    """Spell ``value`` as UTF-8 JSON with sorted keys and no white space.

    Equal values give equal bytes on every machine.  Tuples are written as lists.

    :raises TypeError: for a float, a set, or any other value without one spelling.
    """
    return json.dumps(
        _plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def _plain(value: object) -> Json:
    if value is None or isinstance(value, (bool, str, int)):
        # str() and int() shed subclasses such as StrEnum, whose JSON spelling could differ.
        if isinstance(value, str):
            return str(value)
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("a canonical document has text keys only")
        return {str(key): _plain(item) for key, item in value.items()}
    raise TypeError(f"{type(value).__name__} has no canonical spelling")
