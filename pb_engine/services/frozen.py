"""What froze when voting opened, read from its document alone: for a count without a store."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pb_engine.ballots import canonical_json, decode_ballot
from pb_engine.domain.round_document import read_round
from pb_engine.errors import InvalidElectionFile
from pb_engine.tallying import Election, Profile, Project, draw_lot
from pb_engine.tallying.record import MethodChoice
from pb_engine.units import Cents, ProjectId


def read_rules(raw: bytes) -> dict[str, Any]:
    """Return a frozen document as plain values.

    :raises InvalidElectionFile: it is not the one spelling of rules that can be counted by.
    """
    # Many kinds of errors, one meaning: somebody made these rules up.
    try:
        told: dict[str, Any] = json.loads(raw)
        spelled = canonical_json(told)
        frozen_method(raw)
        frozen_election(raw, ())
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as problem:
        raise InvalidElectionFile("the rules in this file cannot be read") from problem
    if spelled != raw:
        raise InvalidElectionFile("the rules in this file are not in their one spelling")
    return told


def frozen_method(rules: bytes) -> MethodChoice:
    """Return the method that decides, as it froze."""
    told: dict[str, Any] = json.loads(rules)["methods"][0]
    return MethodChoice(told["name"], told["version"], told["settings"])


def frozen_election(rules: bytes, ballots: Iterable[bytes]) -> Election:
    """Return what is counted: the frozen money, projects and seed, with these ballots."""
    document = json.loads(rules)
    round_ = read_round(document["round"], "rules")
    projects = tuple(
        Project(ProjectId(name), Cents(cost), title) for name, cost, title in document["projects"]
    )
    return Election(
        budget=round_.fund.budget_cents,
        projects=projects,
        profile=Profile.of(decode_ballot(raw) for raw in ballots),
        lot=draw_lot(round_.tie.seed or "", (project.id for project in projects)),
    )
