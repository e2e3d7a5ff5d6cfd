"""The settings of a plugin as questions to an official, and the answers as settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from pb_engine.api import Offer
from pb_engine.api.setting import Asked, how_asked
from pb_engine.engine import Engine
from pb_engine.pluginhost import Plugins
from pb_engine.units import LocalText

_OFFERS = {
    "voting_method": "voting_methods",
    "compared_methods": "voting_methods",
    "identity_checks": "identity_checks",
    "surveys": "trust_surveys",
    "result_views": "result_views",
}
KEYS = tuple(_OFFERS)
"""The keys of a round file that choose plugins."""


@dataclass(frozen=True, slots=True)
class SettingQuestion:
    """One field of a form.

    :ivar name: how the form calls it: the name of a setting, or ``setting.key`` of a table.
    :ivar kind: ``choice``, ``yes``, ``whole``, ``days`` or ``lines`` (one a line), or ``text``.
    :ivar choices: of a ``choice``: value and words.
    """

    name: str
    kind: str
    label: LocalText
    hint: LocalText | None
    choices: tuple[tuple[str, LocalText], ...] = ()


def offers_of(plugins: Plugins, key: str) -> Mapping[str, Offer]:
    """Return the loaded offers among which a key of a round file chooses, by name."""
    offers: Mapping[str, Offer] = getattr(plugins, _OFFERS[key])
    return offers


def setting_questions(engine: Engine, key: str, name: str) -> tuple[SettingQuestion, ...]:
    """Return what the desk asks about an offer; nothing where it is not loaded."""
    offer = offers_of(engine.plugins, key).get(name)
    return tuple(_questions(offer.settings_schema())) if offer else ()


def settings_unasked(engine: Engine, key: str, name: str) -> tuple[str, ...]:
    """Return the names of the settings that can be given in a round file only."""
    offer = offers_of(engine.plugins, key).get(name)
    known = offer.settings_schema().fields if offer else {}
    return tuple(name for name, field in known.items() if how_asked(field) is None)


def typed_settings(
    engine: Engine, key: str, name: str, stored: Mapping[str, Any]
) -> dict[str, str]:
    """Return what stands in the fields: what is stored, and the defaults where nothing is."""
    schema = offers_of(engine.plugins, key)[name].settings_schema()
    values = {**schema.dump(schema.load({})), **stored}
    return {one.name: _text(_found(values, one.name)) for one in _questions(schema)}


def read_settings(
    engine: Engine, key: str, name: str, stored: Mapping[str, Any], typed: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return settings for a round file, and a sentence in English per field that is not right.

    What the desk does not ask stays as it was stored, and so does what is not sent.  An empty
    field takes the default.

    :param typed: what was sent, by the names of the questions.
    """
    schema = offers_of(engine.plugins, key)[name].settings_schema()
    questions = tuple(_questions(schema))
    given: dict[str, Any] = dict(stored)
    for one in questions:
        _clear(given, one.name)
    for one in questions:
        _fill(given, one, typed.get(one.name, "").strip())
    try:
        plain: dict[str, Any] = dict(schema.dump(schema.load(given)))
    except ValidationError as problem:
        return {}, dict(_mistakes(problem.messages_dict, questions))
    usual = schema.dump(schema.load({}))
    kept = {top: value for top, value in plain.items() if top in stored or value != usual.get(top)}
    return kept, {}


def _questions(schema: Schema) -> Iterator[SettingQuestion]:
    for name, field in schema.fields.items():
        told = how_asked(field)
        if told is None:
            continue
        if isinstance(field, fields.Mapping):
            yield from _of_a_table(name, told)
        else:
            kind, choices = _kind(field), _choices(field, told)
            yield SettingQuestion(name, kind, told.label, told.hint, choices)


def _of_a_table(name: str, told: Asked) -> Iterator[SettingQuestion]:
    for at, (key, word) in enumerate(told.choices.items()):
        label = LocalText(f"{told.label.nl}: {word.nl}", f"{told.label.en}: {word.en}")
        yield SettingQuestion(f"{name}.{key}", "whole", label, told.hint if at == 0 else None)


def _kind(field: fields.Field[Any]) -> str:
    if _closed_list(field):
        return "choice"
    if isinstance(field, fields.List) and isinstance(field.inner, fields.Date):
        return "days"
    kinds = ((fields.Boolean, "yes"), (fields.Integer, "whole"), (fields.List, "lines"))
    return next((kind for sort, kind in kinds if isinstance(field, sort)), "text")


def _closed_list(field: fields.Field[Any]) -> tuple[str, ...]:
    lists = [one for one in field.validators if isinstance(one, validate.OneOf)]
    return tuple(str(choice) for one in lists for choice in one.choices)


def _choices(field: fields.Field[Any], told: Asked) -> tuple[tuple[str, LocalText], ...]:
    return tuple(
        (choice, told.choices.get(choice, LocalText(choice, choice)))
        for choice in _closed_list(field)
    )


def _found(values: Mapping[str, Any], name: str) -> Any:
    top, dot, key = name.partition(".")
    value = values.get(top)
    return value.get(key) if dot and isinstance(value, Mapping) else value


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else ""
    if isinstance(value, list):
        return "\n".join(str(one) for one in value)
    return "" if value is None else str(value)


def _clear(given: dict[str, Any], name: str) -> None:
    top, dot, key = name.partition(".")
    table = given.pop(top, None)
    if dot and isinstance(table, Mapping):
        given[top] = {other: value for other, value in table.items() if other != key}


def _fill(given: dict[str, Any], question: SettingQuestion, text: str) -> None:
    top, dot, key = question.name.partition(".")
    if question.kind == "yes":
        given[top] = bool(text)
    elif question.kind in {"lines", "days"}:
        given[top] = [line.strip() for line in text.splitlines() if line.strip()]
    elif text and dot:
        given.setdefault(top, {})[key] = text
    elif text:
        given[top] = text


def _mistakes(
    messages: Mapping[str, Any], questions: tuple[SettingQuestion, ...]
) -> Iterator[tuple[str, str]]:
    """Yield the first sentence per field; what is about no field stands at the first."""
    for top, told in messages.items():
        names = [one.name for one in questions if one.name.partition(".")[0] == top]
        for keys, sentence in _sentences(told):
            exact = [name for name in names if name == ".".join((top, *keys[:1]))]
            yield (exact or names or [questions[0].name])[0], sentence
            break


def _sentences(told: Any, keys: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(told, Mapping):
        for key, inner in told.items():
            yield from _sentences(inner, (*keys, str(key)))
    else:
        lines = told if isinstance(told, list) else [told]
        yield keys, str(lines[0]).rstrip(".")
