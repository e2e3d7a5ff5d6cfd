"""What a count needs to know beside projects and ballots: ``election.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from pb_engine.ballots import BallotFormat
from pb_engine.errors import InvalidElectionFile
from pb_engine.tallying.pabulib.lines import refuse
from pb_engine.tallying.pabulib.sections import Meta
from pb_engine.tallying.pabulib.writer import VOTE_TYPES

PROJECTS, BALLOTS, TERMS = "projects.csv", "ballots.csv", "election.toml"

PABULIB_COLUMNS = {"id": "project_id", "title": "name"}

LIMITS = (
    "min_length", "max_length", "min_sum_cost", "max_sum_cost", "min_points", "max_points",
    "min_sum_points", "max_sum_points",
)  # fmt: skip
TEXTS = {
    "title": "description",
    "country": "country",
    "place": "unit",
    "edition": "instance",
    "rule": "rule",
    "begins": "date_begin",
    "ends": "date_end",
    "language": "language",
    "currency": "currency",
    "comment": "comment",
}
"""Texts by our name for them and the name that Pabulib gives them."""


def read_terms(raw: bytes) -> tuple[BallotFormat, Meta]:
    """Read ``election.toml``: the ballot format, and the rest as Pabulib's META has it.

    :raises InvalidElectionFile: it is no TOML, a key is unknown, or one is missing.
    """
    try:
        text = raw.decode("utf-8-sig")
        found = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as problem:
        raise InvalidElectionFile(f"this is not TOML: {problem}", field=TERMS) from problem
    lines = {key: _line(text, key) for key in found}
    known = ("budget", "format", *TEXTS, *LIMITS)
    for key in found:
        if key not in known:
            raise refuse(lines[key], key[:40], f"this key is unknown; there are {', '.join(known)}")
    for key in ("budget", "format"):
        if key not in found:
            raise refuse(1, key, "election.toml must say this")
    if found["format"] not in frozenset(BallotFormat):
        allowed = ", ".join(BallotFormat)
        raise refuse(lines["format"], "format", f"must be one of {allowed}")
    return BallotFormat(found["format"]), _meta(found, lines)


def _meta(found: Mapping[str, object], lines: Mapping[str, int]) -> Meta:
    texts: dict[str, str] = dict.fromkeys(TEXTS.values(), "")
    texts["rule"] = "unknown"
    places: dict[str, int] = {}
    for key, value in found.items():
        if isinstance(value, bool) or not isinstance(value, (int, str)):
            sentence = "must be a whole number or a text; write decimals as a text"
            raise refuse(lines[key], key, sentence)
        name = TEXTS.get(key, key)
        texts[name], places[name] = str(value), lines[key]
    texts["vote_type"] = VOTE_TYPES[BallotFormat(texts.pop("format"))]
    return Meta({key: text for key, text in texts.items() if text}, places)


def _line(text: str, key: str) -> int:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip().strip("\"'").startswith(key):
            return number
    return 1
