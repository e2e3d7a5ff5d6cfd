"""The limits that people read, on pages and on paper, against those of the ballot paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pb_engine.ballots import BallotFormat, BallotPaper
from pb_engine.domain.rounds import Round
from pb_engine.services.dry_run.findings import Finding, good, wrong
from pb_engine.services.paper.abroad import told_abroad
from pb_engine.services.paper.instructions import rules_of

_NUMBER = re.compile(r"\d[\d.,\u00a0\u202f\u066b\u066c]*")
_CROSSES = frozenset({BallotFormat.SINGLE, BallotFormat.APPROVAL})
_COUNTED = frozenset({BallotFormat.APPROVAL, BallotFormat.POINTS, BallotFormat.RANKING})


@dataclass(frozen=True, slots=True)
class Saying:
    """What voters read somewhere about how to fill in a ballot.

    :ivar where: ``page`` or ``paper``.
    """

    where: str
    language: str
    text: str


def told(round_: Round, paper: BallotPaper, pages: Iterable[Saying]) -> tuple[Finding, ...]:
    """Compare every limit that is told with the limits that hold, in every language.

    :param pages: what the web pages say; what the sheet says is known here.
    """
    sayings = (*pages, *_on_paper(paper))
    found = tuple(_wrong_ones(round_, paper, sayings))
    if found:
        return found
    languages = ", ".join(dict.fromkeys(one.language for one in sayings))
    return (
        good(
            "told",
            f"De uitleg noemt de grenzen van de spelregels, in: {languages}.",
            f"The explanations tell the limits of the rules, in: {languages}.",
        ),
    )


def _on_paper(paper: BallotPaper) -> Iterator[Saying]:
    yield Saying("paper", "nl", " ".join(rules_of(paper)))
    for one in told_abroad(paper):
        yield Saying("paper", one["lang"], one["text"])


def _wrong_ones(round_: Round, paper: BallotPaper, sayings: Iterable[Saying]) -> Iterator[Finding]:
    for one in sayings:
        # A page tells the rules; a sheet tells what is left of them with so few projects.
        rules = round_.ballot
        most = rules.max_choices if one.where == "page" else paper.max_choices
        numbers = {_whole(found) for found in _NUMBER.findall(one.text)}
        wanted = set(_limits(round_, paper, most))
        if one.where == "page":
            wanted |= set(_on_page(round_))
        place = ("op de website", "on the website") if one.where == "page" else _SHEET
        for limit in sorted(wanted - numbers)[:1]:
            yield wrong(
                "told",
                f"De uitleg {place[0]} ({one.language}) noemt de grens {limit} niet.",
                f"The explanation {place[1]} ({one.language}) does not tell the limit {limit}.",
                one.text,
            )
        for limit in sorted(_strange(round_, paper, numbers, most))[:1]:
            yield wrong(
                "told",
                f"De uitleg {place[0]} ({one.language}) noemt {limit}, maar die grens is er niet.",
                f"The explanation {place[1]} ({one.language}) tells {limit}, which is no limit.",
                one.text,
            )


_SHEET = ("op papier", "on paper")


def _strange(round_: Round, paper: BallotPaper, numbers: set[int], most: int) -> set[int]:
    """Return numbers that no limit explains, where only limits can stand there as numbers."""
    if paper.format not in _CROSSES or round_.ballot.limits:
        return set()
    return numbers - {1, most, round_.ballot.min_choices, paper.min_choices}


def _on_page(round_: Round) -> Iterator[int]:
    """Yield what a page tells beside that: the least, and the limits per theme and area."""
    if round_.ballot.format is BallotFormat.APPROVAL and round_.ballot.min_choices > 1:
        yield round_.ballot.min_choices
    yield from (one.max_choices for one in round_.ballot.limits)


def _limits(round_: Round, paper: BallotPaper, most: int) -> Iterator[int]:
    """Yield the numbers that must be told; one is a word in some languages."""
    if paper.format in _COUNTED and most > 1:
        yield most
    if paper.format is BallotFormat.POINTS and round_.ballot.max_points:
        yield round_.ballot.max_points
    if paper.format is BallotFormat.BASKET and round_.ballot.spend_limit_cents:
        yield round_.ballot.spend_limit_cents // 100


def _whole(written: str) -> int:
    """Read a number as any of the languages writes it, without its cents."""
    plain = re.sub(r"[.,\u066b]\d{2}$", "", written.rstrip(".,\u00a0\u202f"))
    return int(re.sub(r"\D", "", plain))
