"""Looking up a tracker: the choice that was published under it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from pb_engine.ballots import line_of
from pb_engine.domain.phases import Phase
from pb_engine.engine import Engine
from pb_engine.sealing import normalised_tracker, unpack
from pb_engine.services.bundle import BALLOTS_NAME, BUNDLE_NAME
from pb_engine.store import Store
from pb_engine.store.site import SiteWork
from pb_engine.units import RoundId


@dataclass(frozen=True, slots=True)
class TrackerAnswer:
    """What can be said about a tracker.

    :ivar state: ``not_yet`` before the result is published; then ``found``, ``unknown`` (a
        replaced ballot, an invalid one, or a tracker that was never given), or ``too_few``: so
        few people voted that no ballot is listed by itself.
    :ivar choices: the titles of the projects that were chosen, with their weights.
    """

    state: str
    tracker: str
    choices: tuple[tuple[str, int], ...] = ()


def find_choice(engine: Engine, slug: str, typed: str) -> TrackerAnswer:
    """Look up a tracker in the published list, without log-in.

    :raises UnknownRound: no round has this slug.
    :raises MistypedCode: the tracker has a typing error.
    """
    tracker, round_id = normalised_tracker(typed), RoundId(slug)
    with engine.stores.site.read() as work:
        if work.rounds.get(round_id).phase is not Phase.PUBLISHED:
            return TrackerAnswer("not_yet", tracker)
        files = {one.name: one.digest for one in work.publications.all(round_id)}
        titles = {project.id: project.title for project in work.papers.projects(round_id)}
    digest = files.get(BUNDLE_NAME)
    if digest is None:  # published before there were trackers, so nobody has one
        return TrackerAnswer("unknown", tracker)
    ballots = _listed(engine.stores.site, round_id, digest)
    if not ballots:
        return TrackerAnswer("too_few", tracker)
    line = line_of(ballots, tracker)
    if line is None:
        return TrackerAnswer("unknown", tracker)
    choices = tuple((titles.get(name, name), weight) for name, weight in json.loads(line)[1])
    return TrackerAnswer("found", tracker, choices)


@lru_cache(maxsize=4)
def _listed(
    site: Store[SiteWork],
    slug: RoundId,
    digest: str,  # noqa: ARG001 - part of the key: a bundle that is replaced is read again
) -> bytes:
    """Read the list of ballots once per program: a published bundle does not change."""
    with site.read() as work:
        return unpack(work.publications.get(slug, BUNDLE_NAME).body)[BALLOTS_NAME]
