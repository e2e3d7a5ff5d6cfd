"""When paper may be counted as totals: where nothing but totals decides, and in small rounds."""

from __future__ import annotations

from pb_engine.api.voting import counts_totals
from pb_engine.engine import Engine
from pb_engine.errors import PaperRefused
from pb_engine.pluginhost import load_settings, pick
from pb_engine.services.paper.stacks import open_batch
from pb_engine.services.rules import frozen_methods
from pb_engine.services.trustees import frozen_trustees
from pb_engine.store.site import SiteWork
from pb_engine.tallying import TOTALS_FORMATS
from pb_engine.units import RoundId


def open_totals(engine: Engine, slug: str, sheets: int, by: str) -> int:
    """Take in a batch of so many sheets that is counted as totals; return its number.

    :raises PaperRefused: ballots on this paper are more than crosses (``totals_format``), the
        method of this round needs every ballot (``totals_method``), trustees count outside, where
        there is nothing but ballots (``totals_trustees``), there would be more than 300 such
        sheets (``totals_many``), or see ``open_batch``.
    :raises WrongPhase: the ballot box is not open.
    """
    return open_batch(
        engine, slug, sheets, by, allowed=lambda site: _require(engine, site, RoundId(slug))
    )


def why_not(engine: Engine, slug: str) -> str:
    """Return the ``problem`` that keeps a round from counting totals; ``""`` when none does."""
    try:
        with engine.stores.site.read() as site:
            _require(engine, site, RoundId(slug))
    except PaperRefused as problem:
        return str(problem.details["problem"])
    return ""


def _require(engine: Engine, site: SiteWork, slug: RoundId) -> None:
    freezes, paper = site.freezes.all(slug), site.papers.paper(slug)
    voting = [one for one in freezes if one.moment == "voting"]
    if paper is None or not voting or paper.format not in TOTALS_FORMATS:
        raise PaperRefused(
            "only ballots with crosses can be counted as totals", problem="totals_format"
        )
    if frozen_trustees(freezes) is not None:
        raise PaperRefused(
            "trustees count this round, and they have ballots only", problem="totals_trustees"
        )
    choice = frozen_methods(voting[-1])[0]
    method = pick(engine.plugins.voting_methods, choice.name, "voting method")
    if not counts_totals(method, load_settings(method, choice.settings)):
        raise PaperRefused(
            f"voting method {choice.name!r} needs every ballot, not totals only",
            problem="totals_method",
        )
