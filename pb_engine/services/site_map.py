"""Which pages search engines may know."""

from __future__ import annotations

from dataclasses import dataclass

from pb_engine.domain.phases import Phase
from pb_engine.engine import Engine
from pb_engine.units import IdeaId, RoundId

MOST = 50_000
"""Addresses that one sitemap may hold (sitemaps.org)."""


@dataclass(frozen=True, slots=True)
class SiteMap:
    """The rounds and ideas with pages of their own.

    :ivar published: rounds with a result.
    """

    rounds: tuple[RoundId, ...]
    published: frozenset[RoundId]
    ideas: tuple[tuple[RoundId, IdeaId], ...]


def site_map(engine: Engine) -> SiteMap:
    """Return what has a page: two statements, whatever there is; the newest ideas first."""
    with engine.stores.site.read() as work:
        rounds = {one.round.slug: one.phase for one in work.rounds.all()}
        lines = work.idea_lines.listed()
    shown = {slug for slug, phase in rounds.items() if phase is not Phase.CANCELLED}
    newest = sorted(lines, key=lambda line: (line.submitted_on, line.number), reverse=True)
    return SiteMap(
        rounds=tuple(sorted(shown)),
        published=frozenset(slug for slug in shown if rounds[slug] is Phase.PUBLISHED),
        ideas=tuple((line.round, line.id) for line in newest if line.round in shown),
    )
