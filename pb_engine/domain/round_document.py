"""A round as a document: checked on the way in, equal on the way out.

The document is what a TOML file holds and what is frozen and hashed when a phase opens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import ValidationError

from pb_engine.domain.phases import Calendar
from pb_engine.domain.round_schema import CalendarSchema, RoundSchema
from pb_engine.domain.rounds import Round
from pb_engine.errors import InvalidRound


def read_round(document: Mapping[str, Any], source: str) -> Round:
    """Check a document and return the round it describes.

    :param source: what to call the document in a sentence, usually a file name.
    :raises InvalidRound: naming ``source``, the key and what is allowed, for every mistake.
    """
    try:
        loaded: Round = RoundSchema().load(document)
    except ValidationError as problem:
        lines = [f"{source}: {path}: {told}" for path, told in _mistakes(problem.messages)]
        raise InvalidRound("\n".join(lines), source=source, mistakes=len(lines)) from problem
    return loaded


def mistakes_in(document: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return every mistake of a document: the dotted path, and what is allowed there."""
    return tuple(_mistakes(RoundSchema().validate(document)))


def calendar_in(document: Mapping[str, Any]) -> Calendar | None:
    """Return the calendar of a document that may have mistakes; ``None`` where it has some."""
    try:
        loaded: Calendar = CalendarSchema().load(document.get("calendar", {}))
    except ValidationError:
        return None
    return loaded


def _mistakes(messages: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(messages, dict):
        for key, value in messages.items():
            here = path if key == "_schema" else f"{path}.{key}" if path else str(key)
            yield from _mistakes(value, here)
    else:
        for message in messages:
            yield path, str(message).rstrip(".")


def round_document(round_: Round) -> dict[str, Any]:
    """Write a round as plain values; ``read_round`` gives back an equal round.

    Dates are written as text, so that the document has one canonical spelling.
    """
    dumped: dict[str, Any] = RoundSchema().dump(round_)
    return dumped
