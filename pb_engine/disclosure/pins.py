"""How often a few known marks of a ballot point it out among all ballots.

Exact, by counting over sets of projects instead of drawing examples: voters are bits of a whole
number, so a set of projects is an intersection and its support a number of bits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import comb

from pb_engine.units import ProjectId

Choices = Sequence[frozenset[ProjectId]]


def pinned_share(choices: Choices, known: int) -> Fraction:
    """Return the chance that ``known`` random marks of a random ballot occur on no other ballot.

    Only ballots with at least that many marks count; 0 when there is none.
    """
    pins = [0] * len(choices)
    for voters in _intersections(choices, known):
        if voters.bit_count() == 1:
            pins[voters.bit_length() - 1] += 1
    chances = [
        Fraction(found, comb(len(marks), known))
        for found, marks in zip(pins, choices, strict=True)
        if len(marks) >= known
    ]
    return Fraction(sum(chances, Fraction(0)), max(1, len(chances)))


def rare_pair_share(choices: Choices, least: int) -> Fraction:
    """Return the share of ballots with two marks that under ``least`` ballots have together."""
    holders = 0
    for voters in _intersections(choices, 2):
        if 0 < voters.bit_count() < least:
            holders |= voters
    return Fraction(holders.bit_count(), max(1, len(choices)))


def _intersections(choices: Choices, size: int) -> Iterator[int]:
    # Depth first, so that a pair that nobody has is not extended.
    voters = _voters(choices)
    open_sets = [(place, mask, 1) for place, mask in enumerate(voters)]
    while open_sets:
        last, mask, held = open_sets.pop()
        if held == size:
            yield mask
            continue
        further = ((place, mask & voters[place]) for place in range(last + 1, len(voters)))
        open_sets.extend((place, both, held + 1) for place, both in further if both)


def _voters(choices: Choices) -> list[int]:
    masks: dict[ProjectId, int] = {}
    for place, marks in enumerate(choices):
        for project in marks:
            masks[project] = masks.get(project, 0) | (1 << place)
    return [masks[project] for project in sorted(masks)]
