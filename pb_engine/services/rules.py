"""Freezing: the rules of a round as one canonical document with a digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from pb_engine.api import VotingMethod
from pb_engine.ballots import BallotPaper, canonical_json, paper_document
from pb_engine.domain.ballot_limits import Placed
from pb_engine.domain.links import Link
from pb_engine.domain.round_document import round_document
from pb_engine.domain.rounds import PluginChoice, Round
from pb_engine.engine import Engine
from pb_engine.pluginhost import load_settings, pick
from pb_engine.sealing import TrusteeKey, trustee_document
from pb_engine.services.settled import settled
from pb_engine.store.site import Freeze
from pb_engine.tallying import Project
from pb_engine.tallying.record import MethodChoice


def digest_of(document: bytes) -> str:
    """Return the SHA-256 of canonical bytes as 64 hexadecimal characters."""
    return hashlib.sha256(document).hexdigest()


def method_of(engine: Engine, choice: PluginChoice) -> VotingMethod:
    """Return the voting method that a round names.

    :raises PluginProblem: no loaded plugin offers it.
    """
    return pick(engine.plugins.voting_methods, choice.name, "voting method")


def frozen_choice(engine: Engine, choice: PluginChoice) -> MethodChoice:
    """Return name, version and complete settings of a voting method, as plain values.

    :raises PluginProblem: no loaded plugin offers it.
    :raises InvalidPluginSettings: the settings do not fit.
    """
    method = method_of(engine, choice)
    settings = load_settings(method, choice.settings)
    plain: dict[str, object] = dict(method.settings_schema().dump(settings))
    return MethodChoice(method.card.name, method.card.version, plain)


def rules_document(
    engine: Engine,
    round_: Round,
    paper: BallotPaper | None = None,
    projects: tuple[Project, ...] = (),
    trustees: TrusteeKey | None = None,
    register: Mapping[str, Any] | None = None,
    placed: Iterable[Placed] = (),
    links: Iterable[Link] = (),
) -> bytes:
    """Write everything that is frozen as canonical bytes.

    From the opening of voting on it holds the ballot paper and the projects too, and the key
    that trustees keep, where they do; that makes it a document of format 2.

    :param placed: theme and area of the projects; pots per theme or area need them.
    :param links: which of the projects exclude or need each other.
    :param register: what the voter register is from now on, where the round has one: format 3.
    """
    deciding = settled(engine.plugins, round_, placed, links).voting_method
    methods = (deciding, *round_.compared_methods)
    document: dict[str, Any] = {
        "format": 1,
        "round": round_document(round_),
        "methods": [_written(frozen_choice(engine, choice)) for choice in methods],
        "paper": paper_document(paper) if paper else None,
        "projects": [[project.id, project.cost, project.title] for project in projects],
    }
    if trustees is not None:
        document.update(format=2, trustees=trustee_document(trustees))
    if register is not None:
        document.update(format=3, register=dict(register))
    return canonical_json(document)


def frozen_register(freezes: Iterable[Freeze]) -> Mapping[str, Any] | None:
    """Return what the voter register was when voting opened; ``None`` where there is none."""
    for one in freezes:
        if one.moment == "voting":
            document: Mapping[str, Any] = json.loads(one.document)
            return document.get("register")
    return None


def frozen_methods(freeze: Freeze) -> tuple[MethodChoice, ...]:
    """Read the methods back from a frozen document: the deciding one first."""
    document: Mapping[str, Any] = json.loads(freeze.document)
    return tuple(
        MethodChoice(one["name"], one["version"], one["settings"]) for one in document["methods"]
    )


def _written(choice: MethodChoice) -> dict[str, object]:
    return {"name": choice.name, "version": choice.version, "settings": dict(choice.settings)}
