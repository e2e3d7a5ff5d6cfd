"""The rules of a round that is still being written, on ballots that decide nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pb_engine.domain.round_document import mistakes_in, read_round
from pb_engine.domain.round_drafting import first_document
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.services.publication import published_record
from pb_engine.services.scenes import places_in, scene_without_ideas
from pb_engine.services.tryout import Tryout, sampled, tried
from pb_engine.services.tryout_pots import pots_on, pots_on_round
from pb_engine.services.tryout_rules import TryoutOptions, options_for
from pb_engine.tallying.recount import record_election

SAMPLE_BALLOTS = 200
_SEED = "voorbeeld"
_ROUND = "ronde:"
_NEEDED = (
    "fund",
    "pots",
    "areas",
    "voters",
    "submission",
    "ballot",
    "voting_method",
    "compared_methods",
)
_TEXT = {"nl": "voorbeeld", "en": "example"}


def sketch_of(engine: Engine, document: Mapping[str, Any]) -> Round | None:
    """Return a draft with gaps as a round to try rules on, or ``None`` where too much is missing.

    What has nothing to do with the count is made up: names, dates and texts.
    """
    usual = first_document(engine.today())
    made = {**usual, **_FILLER, **{key: document[key] for key in _NEEDED if key in document}}
    made["submission"] = {**made["submission"], **_SUBMISSION, **document.get("submission", {})}
    made["areas"] = document.get("areas") or _AREAS
    tree = made["areas"].get("tree") or _AREAS["tree"]
    made["voters"] = {**usual["voters"], "areas": [tree[0].get("id", "")]}
    if mistakes_in(made):
        return None
    return read_round(made, "concept")


_SUBMISSION = {"themes": [], "who": _TEXT, "prices": []}
_AREAS: Mapping[str, Any] = {"tree": [{"id": "a", "kind": "gemeente", "name": "voorbeeld"}]}
_CONTACT = {"name": "x", "email": "x@example.org", "phone": "x", "address": "x"}
_FILLER: Mapping[str, Any] = {
    "slug": "voorbeeld",
    "name": _TEXT,
    "place": "voorbeeld",
    "summary": _TEXT,
    "ordinance": _TEXT,
    "criteria": [{"number": "R1", "text": _TEXT}],
    "contact": _CONTACT,
    "decision": {"who": _TEXT, "objection_possible": False, "text": _TEXT},
}


def draft_options_of(engine: Engine, sketch: Round) -> TryoutOptions:
    """Return what can be tried for a sketch: models, published rounds, its rules and others."""
    return options_for(engine, sketch)


def try_draft(engine: Engine, sketch: Round, source: str, keys: Sequence[str]) -> Tryout:
    """Try rules on invented ballots of a sketch, or on the published ballots of a round.

    :param source: name of a model, or ``ronde:`` with the slug of a round.
    :raises TallyRefused: there is no such model, or nobody could fill in this paper.
    :raises UnknownRound: no round has this slug.
    :raises UnknownDownload: the other round has no published result.
    :raises NotReady: no rule is chosen, or it is too much for a page.
    """
    real = source.startswith(_ROUND)
    if real:
        other = source.removeprefix(_ROUND)
        record, _ = published_record(engine, other)
        election = record_election(record)
        potted, pots = pots_on_round(engine, sketch, other, election)
    else:
        scene = scene_without_ideas(sketch)
        election = sampled(sketch, scene, source, SAMPLE_BALLOTS, _SEED)
        potted, pots = pots_on(sketch, places_in(scene), election.budget)
    rules = options_for(engine, potted).rules
    found = tried(engine, rules, election, keys, invented=not real, samples=not real)
    return replace(found, pots=pots)
