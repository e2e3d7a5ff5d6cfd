"""How many votes each idea was short, where the rule itself tells no number."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pb_engine.ballots import canonical_json
from pb_engine.engine import Engine
from pb_engine.errors import EngineError
from pb_engine.pluginhost import load_settings, pick
from pb_engine.services.one_count import count_once
from pb_engine.tallying import Election, Outcome, Verdict
from pb_engine.tallying.record import ElectionRecord
from pb_engine.tallying.recount import record_election
from pb_engine.tallying.shortfall import ballots_short
from pb_engine.units import ProjectId

SHORTAGES = "shortages"
"""Under this name the site keeps the document."""

MOST_WORK = 4_000_000
"""Tries times groups of equal ballots times projects: some seconds of counting."""


def shortages(engine: Engine, record: ElectionRecord) -> bytes:
    """Return per unfunded project how many further ballots for it alone would fund it.

    A project is left out where the rule tells the number itself, where weights leave nothing to
    tell, and where the search would take too long.
    """
    asked = [
        one.project
        for one in record.outcome.decisions
        if one.verdict is not Verdict.FUNDED and not any("_short" in name for name in one.facts)
    ]
    return canonical_json(_searched(engine, record, asked) if asked else {})


def read_shortages(raw: bytes | None) -> Mapping[str, int]:
    """Return the kept numbers by project."""
    kept: dict[str, int] = json.loads(raw) if raw else {}
    return kept


def _searched(engine: Engine, record: ElectionRecord, asked: list[ProjectId]) -> dict[str, int]:
    method = pick(engine.plugins.voting_methods, record.method.name, "voting method")
    settings = load_settings(method, record.method.settings)
    election = record_election(record)
    size = max(1, len(election.profile.groups) * len(election.projects))
    left, found = MOST_WORK // size, {}

    def count(grown: Election) -> Outcome:
        return count_once(method, settings, grown)

    for project in asked:
        if left <= 0:
            break
        try:
            short = ballots_short(election, project, count, min(left, election.voters + 1))
        except EngineError:
            continue
        left -= short.tried + 1
        if short.ballots is not None:
            found[str(project)] = short.ballots
    return found
