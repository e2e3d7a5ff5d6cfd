"""Ballot papers as PDF: made from the frozen paper, so that its limits are the limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pb_engine.ballots import BallotFormat, BallotPaper
from pb_engine.domain.events import Event
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import FolderRefused, PaperRefused
from pb_engine.services import placards
from pb_engine.services.ballot_projects import BallotProject
from pb_engine.services.paper.abroad import told_abroad
from pb_engine.services.paper.instructions import (
    euros,
    groups_of,
    mark_word,
    rules_of,
    spoils_of,
)
from pb_engine.services.printable import printable
from pb_engine.services.typesetting import typeset
from pb_engine.store.site import SiteWork
from pb_engine.units import RoundId

_TEMPLATE = Path(__file__).parent / "ballot_sheet.typ"
MOST_AT_ONCE = 500
LAST_NUMBER = 999_999


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF of ballot papers, and the number on the strip of the first one."""

    pdf: bytes = field(repr=False)
    first: int
    number: int


def print_papers(engine: Engine, slug: str, number: int, by: str) -> Printed:
    """Make so many ballot papers, whose strips bear numbers that no strip of this round bore.

    :raises PaperRefused: not a number of papers that can be made at once.
    :raises WrongPhase: there is no frozen ballot paper yet.
    """
    if not 1 <= number <= MOST_AT_ONCE:
        raise PaperRefused(
            f"make 1 to {MOST_AT_ONCE} ballot papers at once", problem="stock", limit=MOST_AT_ONCE
        )
    round_id, page = RoundId(slug), placards.ballot_page(engine, slug)
    with engine.stores.box.read() as work:
        state = work.state(round_id)
    with engine.stores.site.write() as site:
        site.rounds.lock(round_id)
        first = _printed(site, round_id) + 1
        if first + number > LAST_NUMBER:
            raise PaperRefused("the numbers are used up", problem="stock", limit=MOST_AT_ONCE)
        facts: dict[str, str | int] = {"first": first, "number": number}
        site.log.append(Event("papers_printed", round_id, by, facts), engine.clock())
        site.commit()
    stubs = range(first, first + number)
    manifest = state.manifest if state else ""
    return Printed(
        papers_pdf(page.round, page.paper, page.projects, manifest, stubs), first, number
    )


def papers_pdf(
    round_: Round,
    paper: BallotPaper,
    projects: Sequence[BallotProject],
    digest: str,
    stubs: Sequence[int],
) -> bytes:
    """Return ballot papers as PDF/UA-1, one after another; equal for equal papers.

    :param digest: of the frozen rules; printed so that anybody can hold the paper against them.
    :param stubs: the number on the strip of each; the ballot itself bears none.
    :raises FolderRefused: the program that makes the pages failed.
    """
    told = _document(round_, paper, projects, digest, stubs)
    try:
        return typeset(_TEMPLATE, "papers", told)
    except RuntimeError as problem:
        raise FolderRefused("the ballot papers could not be made") from problem


def _document(
    round_: Round,
    paper: BallotPaper,
    projects: Sequence[BallotProject],
    digest: str,
    stubs: Sequence[int],
) -> dict[str, object]:
    return {
        "title": printable(f"Stembiljet {round_.name.nl}"),
        "maker": "pb-engine",
        "heading": "Stembiljet",
        "round": printable(f"{round_.name.nl}, {round_.place}"),
        "strip_title": "Strook: blijft bij de balie",
        "strip_text": "Scheur deze strook eraf voordat het biljet wordt ingevuld.",
        "two_sides": "Dit biljet heeft twee kanten. Kijk ook op de achterkant.",
        "numbers": [f"{number:06}" for number in stubs],
        "rules": rules_of(paper),
        "mark_word": mark_word(paper),
        "grades": _grades(paper),
        "projects": [_line(one) for one in projects],
        "groups": groups_of(paper, {one.id: one.number for one in projects}),
        "spoils": spoils_of(paper),
        "abroad": told_abroad(paper),
        "digest_word": "Controlegetal van de spelregels:",
        "digest": digest,
    }


def _line(one: BallotProject) -> dict[str, str]:
    # A character that the fonts lack would stop the whole file.
    return {
        "number": str(one.number),
        "title": printable(one.title) + _linked(one),
        "cost": euros(one.cost_cents),
    }


def _linked(one: BallotProject) -> str:
    told = {"exclusive": "niet allebei met", "needs": "alleen samen met", "needed": "nodig voor"}
    said = [f"{told[other.kind]} nr. {other.number}" for other in one.links]
    return f" ({', '.join(said)})" if said else ""


def _grades(paper: BallotPaper) -> list[str]:
    if paper.format is not BallotFormat.SCORE:
        return []
    if paper.grades:
        return [f"{grade} {word.nl}" for grade, word in enumerate(paper.grades)]
    return [str(grade) for grade in range((paper.max_points or 0) + 1)]


def _printed(site: SiteWork, slug: RoundId) -> int:
    """Return the highest number on any strip of this round."""
    after, highest = 0, 0
    while page := site.log.entries(after, round_id=slug):
        for entry in page:
            if entry.event.name == "papers_printed":
                facts = entry.event.facts
                highest = int(facts["first"]) + int(facts["number"]) - 1
        after = page[-1].number
    return highest
