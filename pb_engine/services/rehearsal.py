"""The rehearsal of a round before voting opens: what opening itself will ask, at any time."""

from __future__ import annotations

import hashlib

from pb_engine.domain.ideas import IdeaState
from pb_engine.engine import Engine
from pb_engine.errors import EngineError
from pb_engine.services.dry_run import Finding, Level, Rehearsal, dry_run
from pb_engine.services.opening import FEWEST_PROJECTS, project_of
from pb_engine.services.papers import make_paper, places_of
from pb_engine.services.rules import digest_of, rules_document
from pb_engine.services.scenes import paper_of_round, scene_without_ideas
from pb_engine.units import RoundId

__all__ = ["Finding", "Level", "Rehearsal", "rehearse"]

_ON_PAPER = frozenset({IdeaState.FEASIBLE, IdeaState.ON_BALLOT})


def rehearse(engine: Engine, slug: str) -> Rehearsal:
    """Rehearse a round under its rules of this moment; nothing is stored.

    With the ideas that passed the review, or with invented ones while there are too few.

    :raises UnknownRound: no round has this slug.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as work:
        round_ = work.rounds.get(round_id).round
        ideas = work.ideas.all(round_id)
    chosen = [idea for idea in ideas if idea.state in _ON_PAPER]
    samples = len(chosen) < FEWEST_PROJECTS
    if samples:
        scene = scene_without_ideas(round_)
        projects, paper = scene.projects, paper_of_round(round_, scene, round_.ballot.format)
    else:
        projects = tuple(project_of(idea) for idea in chosen)
        paper = make_paper(round_, projects, places_of(chosen))
    try:
        digest = digest_of(rules_document(engine, round_, paper, projects))
    except EngineError:  # a rule that is not there is for the rehearsal to find
        digest = hashlib.sha256(b"no rules").hexdigest()
    return dry_run(engine.plugins, round_, paper, projects, digest, samples=samples)
