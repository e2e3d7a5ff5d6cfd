"""The rehearsal of a round before voting opens: what opening itself will ask, at any time."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable

from pb_engine.ballots import BallotPaper
from pb_engine.domain.events import Event
from pb_engine.domain.ideas import Idea, IdeaState
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import EngineError, NotReady
from pb_engine.services.dry_run import Finding, Level, Rehearsal, RoundText, Saying, dry_run
from pb_engine.services.opening import (
    FEWEST_PROJECTS,
    REHEARSED_EVENT,
    is_kept,
    project_of,
    require_rehearsed,
)
from pb_engine.services.papers import make_paper, places_of
from pb_engine.services.rules import digest_of, rules_document
from pb_engine.services.scenes import paper_of_round, places_in, scene_without_ideas
from pb_engine.services.settled import settled
from pb_engine.store.site import SiteWork
from pb_engine.tallying import Project
from pb_engine.units import RoundId

__all__ = [
    "Finding",
    "Level",
    "Rehearsal",
    "Round",
    "Saying",
    "keep_rehearsal",
    "kept_for_now",
    "rehearse",
    "was_kept",
]

_ON_PAPER = frozenset({IdeaState.FEASIBLE, IdeaState.ON_BALLOT})


def rehearse(engine: Engine, slug: str, said: Iterable[Saying] = ()) -> Rehearsal:
    """Rehearse a round under its rules of this moment; nothing is stored.

    With the ideas that passed the review, or with invented ones while there are too few.

    :param said: what the web pages tell voters about the limits.
    :raises UnknownRound: no round has this slug.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as work:
        round_ = work.rounds.get(round_id).round
        chosen = _on_paper(work, round_id)
        links = work.links.of_round(round_id)
        letters = [
            RoundText(f"letter.{slot}", language, text)
            for (slot, language), text in sorted(work.letter_texts.all(round_id).items())
        ]
    samples = len(chosen) < FEWEST_PROJECTS
    if samples:
        scene = scene_without_ideas(round_)
        projects, paper = scene.projects, paper_of_round(round_, scene, round_.ballot.format)
        placed = places_in(scene)
    else:
        projects, paper = _paper_of(round_, chosen)
        placed = places_of(chosen)
    try:
        digest = digest_of(
            rules_document(engine, round_, paper, projects, placed=placed, links=links)
        )
    except EngineError:  # a rule that is not there is for the rehearsal to find
        digest = hashlib.sha256(b"no rules").hexdigest()
    ruled = settled(engine.plugins, round_, placed, links)
    return dry_run(
        engine.plugins,
        ruled,
        paper,
        projects,
        digest,
        samples=samples,
        said=said,
        links=links,
        letters=letters,
    )


def keep_rehearsal(
    engine: Engine,
    slug: str,
    by: str,
    said: Iterable[Saying] = (),
    read: Container[str] = (),
) -> Rehearsal:
    """Rehearse a round, and write in the log that it passed; without that voting stays closed.

    It holds for these rules and these ideas: after a change somebody must rehearse again.  With
    invented ideas nothing is kept.  What was doubtful stands in the log with the name of whoever
    said that it is right.

    :param read: keys of the doubts that this official looked at and found right.
    :raises UnknownRound: no round has this slug.
    :raises NotReady: something is wrong (``problem="rehearsal"``), or doubtful and not looked at
        (``problem="doubts"``).
    """
    found = rehearse(engine, slug, said)
    require_rehearsed(found)
    _require_read(found, read)
    if found.samples:
        return found
    with engine.stores.site.write() as work:
        work.rounds.lock(found.round)
        if not is_kept(work, found.round, found.rules_digest):
            facts: dict[str, str | int] = {
                "rules_digest": found.rules_digest,
                "ballots": found.ballots,
            }
            work.log.append(Event(REHEARSED_EVENT, found.round, by, facts), engine.clock())
            for one in found.doubts:
                told = {"rules_digest": found.rules_digest, "doubt": one.sentence.nl}
                work.log.append(Event("doubt_settled", found.round, by, told), engine.clock())
            work.commit()
    return found


def _require_read(found: Rehearsal, read: Container[str]) -> None:
    unread = [one for one in found.doubts if one.key not in read]
    if unread:
        raise NotReady(
            f"somebody must look first, and say that it is right: {unread[0].sentence.en}",
            problem="doubts",
            doubts=len(unread),
        )


def _on_paper(work: SiteWork, slug: RoundId) -> list[Idea]:
    return [idea for idea in work.ideas.all(slug) if idea.state in _ON_PAPER]


def _paper_of(round_: Round, chosen: list[Idea]) -> tuple[tuple[Project, ...], BallotPaper]:
    projects = tuple(project_of(idea) for idea in chosen)
    return projects, make_paper(round_, projects, places_of(chosen))


def kept_for_now(engine: Engine, round_: Round) -> bool:
    """Tell whether a rehearsal was kept of the rules and ideas as they are now."""
    with engine.stores.site.read() as work:
        entry = work.log.newest(REHEARSED_EVENT, round_.slug)
        chosen = _on_paper(work, round_.slug) if entry else []
        if entry is None or len(chosen) < FEWEST_PROJECTS:
            return False
        projects, paper = _paper_of(round_, chosen)
        links, placed = work.links.of_round(round_.slug), places_of(chosen)
        document = rules_document(engine, round_, paper, projects, placed=placed, links=links)
        digest = digest_of(document)
        return is_kept(work, round_.slug, digest)


def _passed(found: Rehearsal, by: str) -> Event:
    digest, number = found.rules_digest, found.ballots
    return Event(REHEARSED_EVENT, found.round, by, {"rules_digest": digest, "ballots": number})


def was_kept(engine: Engine, found: Rehearsal) -> bool:
    """Tell whether a rehearsal of these rules and ideas was kept."""
    with engine.stores.site.read() as work:
        return is_kept(work, found.round, found.rules_digest)
