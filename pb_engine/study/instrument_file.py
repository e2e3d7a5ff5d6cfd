"""From the bytes of an instrument file to an :class:`Instrument`, or a sentence that says why not.

Each refusal names what and where.  ``docs/reference/instrument-file.md`` describes the file.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from marshmallow import ValidationError

from pb_engine.errors import InvalidInstrument
from pb_engine.study.condition_reading import read_condition
from pb_engine.study.conditions import items_in
from pb_engine.study.instrument_schema import InstrumentShape
from pb_engine.study.instruments import Compare, Instrument, Option, Question, Scale, WaveForm
from pb_engine.study.score_reading import read_score
from pb_engine.study.yaml_text import read_yaml
from pb_engine.units import LocalText


def read_instrument(content: bytes) -> Instrument:
    """Return the instrument in a YAML file.

    :raises InvalidInstrument: the file is no instrument; the sentence names the first mistake.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise InvalidInstrument(f"byte {problem.start} is no UTF-8") from None
    return instrument_of(read_yaml(text), hashlib.sha256(content).hexdigest())


def instrument_of(document: Any, digest: str) -> Instrument:
    """Return the instrument in a document of texts, lists and mappings.

    :raises InvalidInstrument: as :func:`read_instrument`.
    """
    if not isinstance(document, dict):
        raise InvalidInstrument("the file must hold keys such as instrument, items and waves")
    try:
        loaded = InstrumentShape().load(document)
    except ValidationError as problem:
        raise InvalidInstrument(_first_mistake(problem.messages)) from None
    scales = tuple(_scale(one) for one in loaded["scales"])
    _once("scale", (one.name for one in scales))
    questions = tuple(_question(one, scales) for one in loaded["items"])
    _once("item", (one.id for one in questions))
    scores = tuple(read_score(one, questions) for one in loaded["scores"])
    _once("score", (one.id for one in scores))
    waves = tuple(
        WaveForm(one["wave"], tuple(tuple(page) for page in one["pages"]))
        for one in loaded["waves"]
    )
    _once("wave", (one.wave for one in waves))
    made = Instrument(
        loaded["instrument"],
        loaded["version"],
        loaded["title"],
        loaded["consent"],
        tuple(loaded["languages"]),
        scales,
        questions,
        scores,
        waves,
        digest,
    )
    for form in waves:
        _check_form(form, made)
    _check_languages(made)
    return made


def _scale(loaded: Mapping[str, Any]) -> Scale:
    name, options, numbers = loaded["name"], loaded.get("options"), loaded.get("numbers")
    if (options is None) is (numbers is None):
        raise InvalidInstrument(f"scale {name}: write either options or numbers")
    if numbers is not None:
        return Scale(name, _numbers(name, numbers), numbers=True)
    made = tuple(Option(one["code"], one["label"]) for one in options or ())
    _once(f"scale {name}: code", (one.code for one in made))
    return Scale(name, made)


def _numbers(name: str, numbers: Mapping[str, Any]) -> tuple[Option, ...]:
    low, high = numbers["lowest"], numbers["highest"]
    if low >= high:
        raise InvalidInstrument(f"scale {name}: highest must lie above lowest")
    ends = {low: numbers["low"], high: numbers["high"]}
    return tuple(
        Option(str(n), ends.get(n, LocalText(str(n), str(n)))) for n in range(low, high + 1)
    )


def _question(loaded: Mapping[str, Any], scales: Sequence[Scale]) -> Question:
    scale = next((one for one in scales if one.name == loaded["scale"]), None)
    if scale is None:
        raise InvalidInstrument(f"item {loaded['id']}: there is no scale {loaded['scale']!r}")
    raw = loaded.get("show_if")
    return Question(
        loaded["id"],
        loaded["text"],
        scale,
        loaded["status"],
        loaded["source"],
        None if raw is None else read_condition(raw, f"item {loaded['id']}"),
        loaded["dont_know"],
        loaded["prefer_not"],
        loaded["placebo"],
    )


def _check_form(form: WaveForm, made: Instrument) -> None:
    _once(f"wave {form.wave}: item", form.items)
    before: set[str] = set()
    for item in form.items:
        question = made.question(item)
        if question is None:
            raise InvalidInstrument(f"wave {form.wave}: there is no item {item!r}")
        for condition in items_in(question.show_if):
            _check_condition(condition.item, item, form, before)
            _check_codes(condition.codes, condition.compare, condition.item, item, made)
        before.add(item)


def _check_condition(asked: str, item: str, form: WaveForm, before: set[str]) -> None:
    # This rules out circles as well: whatever a condition looks at was answered before.
    if asked not in before:
        raise InvalidInstrument(
            f"wave {form.wave}, item {item}: show_if looks at {asked!r}, not asked before it"
        )


def _check_codes(
    codes: tuple[str, ...], compare: Compare, asked: str, item: str, made: Instrument
) -> None:
    question = made.question(asked)
    if compare is Compare.ANSWERED or question is None:
        return
    for code in codes:
        if question.scale.option(code) is None:
            raise InvalidInstrument(f"item {item}: show_if names {code!r}, no answer to {asked}")


def _check_languages(made: Instrument) -> None:
    if not {"nl", "en"} <= set(made.languages):
        raise InvalidInstrument("languages: nl and en belong to every instrument")
    for where, text in _texts(made):
        for language in made.languages:
            if not text.own(language):
                raise InvalidInstrument(f"{where}: the language {language} is missing")


def _texts(made: Instrument) -> Iterable[tuple[str, LocalText]]:
    yield "title", made.title
    yield "consent", made.consent
    for scale in made.scales:
        shown = (scale.options[0], scale.options[-1]) if scale.numbers else scale.options
        for option in shown:
            yield f"scale {scale.name}, {option.code}", option.label
    for question in made.questions:
        yield f"item {question.id}", question.text
    for score in made.scores:
        yield f"score {score.id}", score.label


def _once(what: str, names: Iterable[str]) -> None:
    twice = [name for name, number in Counter(names).items() if number > 1]
    if twice:
        raise InvalidInstrument(f"{what} {twice[0]!r} stands twice")


def _first_mistake(messages: Any, where: str = "") -> str:
    """Return the first mistake that marshmallow found, with its place in the file."""
    if isinstance(messages, dict) and messages:
        key, inner = next(iter(messages.items()))
        place = f"{where}[{key + 1}]" if isinstance(key, int) else f"{where}.{key}".strip(".")
        return _first_mistake(inner, place)
    sentence = messages[0] if isinstance(messages, list) and messages else str(messages)
    return f"{where}: {sentence}"
