"""A choice as one number, at a length that depends on the ballot paper and on nothing else."""

from __future__ import annotations

from pb_engine.services.ballot_projects import BallotPage
from pb_engine.services.voting import Choices
from web.forms.ballot import TICKED

_WEIGHT_BITS = 10
"""Room for places, points and grades from 0 to 1022; 0 bits set means: not marked."""
_LEAST_DIGITS = 64


def packed(page: BallotPage, choices: Choices) -> int:
    """Write a choice as one number: so many bits for each line of the frozen paper.

    Unknown projects fall out, and so do weights that no page offers.
    """
    bits = _bits(page)
    known = {line.id: place for place, line in enumerate(page.projects)}
    if not isinstance(choices, dict):
        choices = dict.fromkeys(choices, 1)
    highest, lift = (1 << bits) - 1, _lift(page)
    return sum(
        (weight + lift) << bits * known[project]
        for project, weight in choices.items()
        if project in known and 0 < weight + lift <= highest
    )


def unpacked(page: BallotPage, number: int) -> dict[str, int]:
    """Return the weights that ``packed`` wrote down, in the order of the paper."""
    bits, lift = _bits(page), _lift(page)
    found = {
        line.id: number >> bits * place & ((1 << bits) - 1)
        for place, line in enumerate(page.projects)
    }
    return {project: weight - lift for project, weight in found.items() if weight}


def digits_for(page: BallotPage) -> int:
    """Return how many hexadecimal digits any choice on this paper fits in."""
    return max(_LEAST_DIGITS, -(-_bits(page) * len(page.projects) // 4))


def choices_of(page: BallotPage, weights: dict[str, int]) -> Choices:
    """Return weights in the form in which a ballot of this format is cast."""
    return tuple(weights) if page.paper.format in TICKED else weights


def _bits(page: BallotPage) -> int:
    return 1 if page.paper.format in TICKED else _WEIGHT_BITS


def _lift(page: BallotPage) -> int:
    # A grade of 0 is a mark, so grades are written one higher.
    return 1 if page.paper.format == "score" else 0
