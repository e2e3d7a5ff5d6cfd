"""What the other installed rules make of the same ballots: counted once, at publication.

It is never the outcome and stands in no record: the rules of a round name what is compared there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import structlog

from pb_engine.api import VotingMethod
from pb_engine.api.voting import require_countable
from pb_engine.ballots import canonical_json
from pb_engine.engine import Engine
from pb_engine.errors import EngineError
from pb_engine.pluginhost import load_settings
from pb_engine.services.one_count import count_once
from pb_engine.tallying import Election
from pb_engine.tallying.record import ElectionRecord, MethodChoice
from pb_engine.tallying.recount import record_election

OTHER_RULES = "other_rules"
"""Under this name the site keeps the document."""

MOST_WORK = 500_000_000
"""Groups of equal ballots times the square of projects that a rule is asked to count.

The slowest rule here needs some 40 seconds for so much; the largest Dutch round on record asks for
a quarter of it.  Publishing never waits longer for what is no outcome.
"""

_log = structlog.get_logger()


def other_rules(engine: Engine, record: ElectionRecord) -> bytes:
    """Return which projects each further rule chooses, with its settings as they come.

    A rule that cannot count these ballots, or fails, is left out: it stands in nobody's way.  Where
    there is more to count than ``MOST_WORK``, rules are named and not counted.
    """
    named = {record.method.name, *(choice.name for choice, _ in record.compared)}
    election = record_election(record)
    methods = engine.plugins.voting_methods
    work = len(election.profile.groups) * len(election.projects) ** 2
    count = _counted if work <= MOST_WORK else _named
    found = [count(methods[name], election) for name in sorted(set(methods) - named)]
    return canonical_json([one for one in found if one is not None])


def read_other_rules(raw: bytes | None) -> Iterator[tuple[MethodChoice, tuple[str, ...]]]:
    """Yield each rule with the projects that it chose; nothing where nothing was kept."""
    for one in json.loads(raw) if raw else ():
        if "selected" in one:
            yield MethodChoice(one["name"], one["version"]), tuple(one["selected"])


def read_uncounted(raw: bytes | None) -> Iterator[MethodChoice]:
    """Yield each rule that was not asked to count, because there was too much."""
    for one in json.loads(raw) if raw else ():
        if "selected" not in one:
            yield MethodChoice(one["name"], one["version"])


def _named(method: VotingMethod, election: Election) -> dict[str, object] | None:
    """Return a rule that could count these ballots, without asking it to."""
    try:
        require_countable(method, load_settings(method, {}), election)
    except EngineError:
        return None
    return {"name": method.card.name, "version": method.card.version}


def _counted(method: VotingMethod, election: Election) -> dict[str, object] | None:
    card = method.card
    try:
        outcome = count_once(method, load_settings(method, {}), election)
    except EngineError as problem:
        _log.info("rule left out", method=card.name, problem=problem.sentence)
        return None
    return {"name": card.name, "version": card.version, "selected": list(outcome.selected)}
