"""Ballot papers as plain documents, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pb_engine.ballots.formats import BallotFormat
from pb_engine.ballots.paper import BallotPaper, PaperGroup, PaperLine
from pb_engine.errors import InvalidBallot
from pb_engine.units import Cents, LocalText, ProjectId

_KEYS = frozenset({"format", "lines", "max_choices", "max_points", "min_choices", "spend_limit"})
_FURTHER = frozenset({"groups", "grades"})


def paper_document(paper: BallotPaper) -> dict[str, object]:
    """Write a paper as plain values for a canonical document; ``read_paper`` reads it back.

    Groups and words for grades stand in it only where there are any, so that a paper without
    them keeps the spelling it has always had.
    """
    document: dict[str, object] = {
        "format": str(paper.format),
        "lines": [[line.project, line.cost] for line in paper.lines],
        "max_choices": paper.max_choices,
        "max_points": paper.max_points,
        "min_choices": paper.min_choices,
        "spend_limit": paper.spend_limit,
    }
    if paper.groups:
        document["groups"] = [
            [group.name, list(group.projects), group.max_choices] for group in paper.groups
        ]
    if paper.grades:
        document["grades"] = [[word.nl, word.en] for word in paper.grades]
    return document


def read_paper(document: Mapping[str, object]) -> BallotPaper:
    """Read what ``paper_document`` wrote.

    :raises InvalidBallot: the document is not a ballot paper.
    """
    try:
        if strange := sorted(frozenset(document) - _KEYS - _FURTHER):
            raise ValueError(f"the key {strange[0][:40]!r} is unknown")  # noqa: TRY301 - see below
        # One place turns all of these into a refusal.
        return BallotPaper(
            format=BallotFormat(str(document["format"])),
            lines=tuple(
                PaperLine(ProjectId(str(p)), Cents(_whole(c))) for p, c in _list(document["lines"])
            ),
            min_choices=_whole(document["min_choices"]),
            max_choices=_whole(document["max_choices"]),
            spend_limit=None
            if document["spend_limit"] is None
            else Cents(_whole(document["spend_limit"])),
            max_points=None if document["max_points"] is None else _whole(document["max_points"]),
            groups=tuple(
                PaperGroup(_text(name), tuple(ProjectId(_text(p)) for p in _list(some)), _whole(n))
                for name, some, n in _list(document.get("groups", []))
            ),
            grades=tuple(
                LocalText(nl=_text(nl), en=_text(en))
                for nl, en in _list(document.get("grades", []))
            ),
        )
    except (KeyError, TypeError, ValueError) as problem:
        raise InvalidBallot(f"this is not a ballot paper: {problem}", problem="format") from problem


def _list(value: object) -> list[Any]:
    if not isinstance(value, (list, tuple)):
        raise TypeError(f"{str(value)[:40]!r} is not a list")
    return list(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{str(value)[:40]!r} is not a text")
    return value


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{value!r} is not a whole number")
    return value
