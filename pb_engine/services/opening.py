"""Opening ideas and opening voting: the two moments at which the rules freeze."""

from __future__ import annotations

import dataclasses
from datetime import datetime

from pb_engine.ballots import BallotPaper
from pb_engine.domain.events import Event
from pb_engine.domain.ideas import Idea, IdeaState, IdeaStep, idea_after
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import NotReady, StoreProblem
from pb_engine.sealing import (
    SUITE,
    TrusteeKey,
    new_round_keys,
    new_secret,
    new_signing_key,
    public_part,
    round_public,
)
from pb_engine.services import keys, placards
from pb_engine.services.ballot_projects import STYLE, BallotProject, projects_shown
from pb_engine.services.doors import require_one_right
from pb_engine.services.dry_run import Rehearsal, dry_run
from pb_engine.services.papers import make_paper, places_of
from pb_engine.services.register_freeze import (
    freeze_register,
    frozen_event,
    manifest_part,
    statement_of,
)
from pb_engine.services.rules import digest_of, rules_document
from pb_engine.services.sequencing import begin_log
from pb_engine.services.settled import settled
from pb_engine.services.trustees import key_to_open_with
from pb_engine.store.box import BoxState
from pb_engine.store.site import Freeze, SiteWork, StoredRound
from pb_engine.tallying import Project
from pb_engine.units import ProjectId, RoundId

FEWEST_PROJECTS = 2
REHEARSED_EVENT = "round_rehearsed"


def freeze_ideas(engine: Engine, work: SiteWork, stored: StoredRound, now: datetime) -> str:
    """Freeze the rules under which ideas are collected; return their digest."""
    document = rules_document(engine, stored.round)
    digest = digest_of(document)
    work.freezes.add(stored.round.slug, Freeze("ideas", digest, document, "", now))
    return digest


def open_voting(
    engine: Engine, work: SiteWork, stored: StoredRound, by: str, now: datetime
) -> Event:
    """Freeze rules, ballot paper and projects; make the keys; open the ballot box.

    The box opens before the site store commits.  When that commit is lost, the next try finds
    the box open under the same rules digest and goes on.

    :raises NotReady: no seed is published, fewer than two ideas passed the review, the key of the
        trustees is missing, one person could get two voting rights or none (``problem="doors"``,
        ``"register"``), the rehearsal found something wrong (``problem="rehearsal"``), or nobody
        kept one of these rules and ideas (``problem="not_rehearsed"``).
    """
    round_ = stored.round
    if round_.tie.seed is None:
        raise NotReady("publish the seed of the lot before voting opens", problem="seed")
    require_one_right(engine, round_)
    feasible = [idea for idea in work.ideas.all(round_.slug) if idea.state is IdeaState.FEASIBLE]
    if len(feasible) < FEWEST_PROJECTS:
        raise NotReady(
            f"voting needs at least {FEWEST_PROJECTS} ideas that passed the review; there are "
            f"{len(feasible)}",
            problem="projects",
            limit=FEWEST_PROJECTS,
            given=len(feasible),
        )
    trustees = key_to_open_with(work, round_)
    register = statement_of(engine, round_.slug)
    projects = tuple(project_of(idea) for idea in feasible)
    where = places_of(feasible)
    paper = make_paper(round_, projects, where)
    told = manifest_part(register) if register else None
    links = work.links.of_round(round_.slug)
    document = rules_document(engine, round_, paper, projects, trustees, told, where, links)
    digest = digest_of(document)
    ruled = settled(engine.plugins, round_, where, links)
    require_rehearsed(dry_run(engine.plugins, ruled, paper, projects, digest, links=links))
    plain = rules_document(engine, round_, paper, projects, placed=where, links=links)
    _require_kept(work, round_, digest_of(plain))
    for idea in feasible:
        placed = dataclasses.replace(idea, state=idea_after(idea.state, IdeaStep.PLACE))
        work.ideas.save(placed, idea.version)
    work.papers.put(round_.slug, projects, paper)
    work.freezes.add(round_.slug, Freeze("voting", digest, document, "", now))
    said = work.translations.titles([one.id for one in projects])
    shown = projects_shown(round_, projects, feasible, said, links)
    if register:
        freeze_register(engine, round_.slug, register)
        work.log.append(frozen_event(register, round_.slug, by), now)
    _open_box(engine, round_, paper, digest, shown, trustees)
    return Event(
        "voting_opened", round_.slug, by, {"rules_digest": digest, "projects": len(projects)}
    )


def require_rehearsed(rehearsal: Rehearsal) -> None:
    """Refuse to go on when a rehearsal found something wrong.

    :raises NotReady: naming the first thing that is wrong, and how many there are.
    """
    if rehearsal.wrong:
        first = rehearsal.wrong[0]
        told = f"{first.sentence.en} {first.detail}".strip()
        raise NotReady(
            f"the rehearsal of this round fails: {told}",
            problem="rehearsal",
            check=first.check,
            mistakes=len(rehearsal.wrong),
        )


def is_kept(work: SiteWork, slug: RoundId, digest: str) -> bool:
    """Tell whether the newest rehearsal in the log is of the rules with this digest."""
    entry = work.log.newest(REHEARSED_EVENT, slug)
    return entry is not None and entry.event.facts["rules_digest"] == digest


def _require_kept(work: SiteWork, round_: Round, digest: str) -> None:
    # Without the key of trustees and the count of the register: these change until the last hour.
    if not is_kept(work, round_.slug, digest):
        raise NotReady(
            "voting opens after a rehearsal of these rules and ideas that passed and was kept",
            problem="not_rehearsed",
        )


def project_of(idea: Idea) -> Project:
    """Return the project that a feasible idea becomes; its identifier is the idea's."""
    return Project(ProjectId(idea.id), idea.price, idea.title)


def _open_box(
    engine: Engine,
    round_: Round,
    paper: BallotPaper,
    digest: str,
    shown: tuple[BallotProject, ...],
    trustees: TrusteeKey | None,
) -> None:
    with engine.stores.box.write() as work:
        present = work.lock_to_close(round_.slug)
        if present is not None:
            if present.manifest == digest and present.open:
                return
            raise StoreProblem(
                f"the ballot box of {round_.slug} was opened under other rules; it is not touched"
            )
        # Keys are made after that look: a box that was closed once never gets new ones.
        work.open_round(_box_state(engine, round_, digest, trustees), {STYLE: paper})
        placards.hang(work, round_, shown)
        begin_log(engine, work, round_.slug)
        work.commit()


def _box_state(engine: Engine, round_: Round, digest: str, trustees: TrusteeKey | None) -> BoxState:
    slug, ring = round_.slug, engine.keyring
    for name in (keys.link(slug), keys.spent(slug)):
        ring.get_or_create(name, new_secret)
    return BoxState(
        round=slug,
        open=True,
        suite=trustees.suite if trustees else SUITE,
        public_key=trustees.public if trustees else _own_public(engine, slug),
        manifest=digest,
        may_change=round_.ballot.may_change,
        receipt_key=public_part(ring.get_or_create(keys.receipt(slug), new_signing_key)),
        ticket_key=public_part(ring.get_or_create(keys.ticket(slug), new_signing_key)),
    )


def _own_public(engine: Engine, slug: str) -> bytes:
    """Make the key of the round, for rounds without trustees; the private half stays in a file."""
    name = keys.round_private(slug)
    private = engine.keyring.get_or_create(name, lambda: new_round_keys(SUITE).private)
    return round_public(private, suite=SUITE)
