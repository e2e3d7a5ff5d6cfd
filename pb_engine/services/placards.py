"""The placard at the ballot box: what a voter reads there, so that the box needs no other store.

It holds what is public anyway: the round as it is published, and the projects with their texts.
What counts is the ballot paper beside it, which never changes; the placard follows amendments.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping
from typing import Any

import structlog

from pb_engine.ballots import canonical_json
from pb_engine.domain.phases import Phase
from pb_engine.domain.round_document import read_round, round_document
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import EngineError, WrongPhase
from pb_engine.services.ballot_projects import (
    STYLE,
    BallotPage,
    BallotProject,
    SaidTitle,
    projects_shown,
)
from pb_engine.services.shown_links import ShownLink
from pb_engine.store.box import BoxWork
from pb_engine.units import Cents, LocalText, RoundId

_log = structlog.get_logger()


def hang(work: BoxWork, round_: Round, projects: Iterable[BallotProject]) -> None:
    """Write the placard of a box, in a unit of work that the caller commits."""
    lines = [_written(line) for line in projects]
    document = canonical_json({"round": round_document(round_), "projects": lines})
    work.put_placard(round_.slug, document)


def renew(engine: Engine, slug: str) -> bool:
    """Let the placard of an open box follow the round; tell whether anything had to change.

    :raises UnknownRound: no round has this slug.
    :raises StoreProblem: this process reaches only one of the two stores.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as site:
        round_ = site.rounds.get(round_id).round
        projects = site.papers.projects(round_id)
        said = site.translations.titles([one.id for one in projects])
        links = site.links.of_round(round_id)
        lines = projects_shown(round_, projects, site.ideas.all(round_id), said, links)
    with engine.stores.box.write() as work:
        state, before = work.state(round_id), work.placard(round_id)
        if state is None or not state.open:
            return False
        hang(work, round_, lines)
        changed = work.placard(round_id) != before
        work.commit()
    return changed


def renew_all(engine: Engine) -> None:
    """Do ``renew`` for every open box; a refusal is logged and stops no other."""
    with engine.stores.box.read() as work:
        taking = work.open_rounds()
    for slug in taking:
        try:
            renew(engine, slug)
        except EngineError as problem:
            _log.warning("placard not renewed", round=slug, why=problem.sentence)


def ballot_page(engine: Engine, slug: str) -> BallotPage:
    """Return what a voter sees at the box: in phase ``voting`` while it is open, else ``closed``.

    :raises WrongPhase: this round has no ballot box yet.
    """
    round_id = RoundId(slug)
    with engine.stores.box.read() as work:
        state, raw = work.state(round_id), work.placard(round_id)
        paper = work.paper(round_id, STYLE)
    if state is None or raw is None or paper is None:
        raise WrongPhase("there is no ballot paper yet", wanted="voting")
    told: Mapping[str, Any] = json.loads(raw)
    return BallotPage(
        round=read_round(dict(told["round"]), f"{slug}.toml"),
        phase=Phase.VOTING if state.open else Phase.CLOSED,
        paper=paper,
        projects=tuple(_read(line) for line in told["projects"]),
    )


def _written(line: BallotProject) -> dict[str, object]:
    return {**dataclasses.asdict(line), "theme_name": dataclasses.astuple(line.theme_name)}


def _read(line: Mapping[str, Any]) -> BallotProject:
    return BallotProject(
        **{**line, "cost_cents": Cents(line["cost_cents"])}
        | {"theme_name": LocalText(*line["theme_name"])}
        | {"titles": {name: SaidTitle(**said) for name, said in line.get("titles", {}).items()}}
        | {"links": tuple(ShownLink(**one) for one in line.get("links", ()))}
    )
