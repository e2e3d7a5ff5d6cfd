"""Rounds as TOML files: read with sentences, written so that reading gives an equal round."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import tomli_w

from pb_engine.ballots import canonical_json
from pb_engine.domain.pots import with_pots
from pb_engine.domain.round_document import read_round, round_document
from pb_engine.domain.rounds import PluginChoice, Round
from pb_engine.engine import Engine
from pb_engine.errors import EngineError, InvalidRound
from pb_engine.pluginhost import load_settings, pick
from pb_engine.services.mixing import checks_differ

LARGEST_FILE = 2_000_000


def read_round_file(path: Path) -> Round:
    """Read and check one file.

    :raises InvalidRound: naming file, key and what is allowed.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise InvalidRound(
                f"{path.name}: {size} bytes; a round file has at most {LARGEST_FILE}"
            )
        raw = path.read_bytes()
    except OSError as problem:
        raise InvalidRound(f"{path}: cannot be read: {problem.strerror}") from problem
    return read_round_text(raw, path.name)


def read_round_text(raw: bytes, source: str) -> Round:
    """Read and check the text of a round file.

    :raises InvalidRound: naming ``source``, key and what is allowed.
    """
    try:
        document = tomllib.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as problem:
        raise InvalidRound(f"{source}: byte {problem.start} is not UTF-8 text") from problem
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise InvalidRound(f"{source}: this is not TOML: {problem}") from problem
    round_ = read_round(document, source)
    try:
        canonical_json(round_document(round_))
    except TypeError as problem:
        raise InvalidRound(
            f"{source}: settings hold a value that cannot be frozen ({problem}); "
            "use whole numbers, text, true or false"
        ) from problem
    return round_


def round_text(round_: Round) -> str:
    """Write a round as TOML; reading it gives an equal round."""
    return tomli_w.dumps(_without_none(round_document(round_)), multiline_strings=False)


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(item) for key, item in value.items() if item is not None}
    if isinstance(value, (list, tuple)):
        return [_without_none(item) for item in value]
    return value


def check_plugins(engine: Engine, round_: Round, source: str) -> None:
    """Refuse a round that names plugins, settings or formats which do not go together.

    :raises InvalidRound: naming ``source``, the key and what is allowed.
    """
    plugins = engine.plugins
    choices: list[tuple[str, dict[str, Any], PluginChoice]] = [
        ("voting_method", dict(plugins.voting_methods), round_.voting_method),
        *(("compared_methods", dict(plugins.voting_methods), c) for c in round_.compared_methods),
        *(("identity_checks", dict(plugins.identity_checks), c) for c in round_.identity_checks),
        *(("surveys", dict(plugins.trust_surveys), c) for c in round_.surveys),
        *(("result_views", dict(plugins.result_views), c) for c in round_.result_views),
    ]
    for key, offers, choice in choices:
        try:
            offer = pick(offers, choice.name, key)
            load_settings(offer, choice.settings)
        except EngineError as problem:
            raise InvalidRound(f"{source}: {key}: {problem.sentence}") from problem
    potted = with_pots(round_, ()).voting_method
    try:
        load_settings(plugins.voting_methods[potted.name], potted.settings)
    except EngineError as problem:
        raise InvalidRound(f"{source}: pots: {potted.name} knows no pots") from problem
    for choice in (round_.voting_method, *round_.compared_methods):
        formats = plugins.voting_methods[choice.name].formats
        if round_.ballot.format not in formats:
            raise InvalidRound(
                f"{source}: ballot.format: {choice.name} cannot count {round_.ballot.format} "
                f"ballots; it counts {', '.join(sorted(formats))}"
            )
    _check_one_right(engine, round_, source)


def _check_one_right(engine: Engine, round_: Round, source: str) -> None:
    if checks_differ(engine.plugins.identity_checks, round_):
        raise InvalidRound(
            f"{source}: identity_checks: a check that vouches for an address only must be the only "
            "one: beside a check that leads to the register, or another of its sort, one person "
            "could vote twice"
        )
