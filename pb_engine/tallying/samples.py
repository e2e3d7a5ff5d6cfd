"""Which paper sheets are read again after the close: drawn, so that nobody chose them.

The lot of a sheet is SHA-256 over ``"pb-engine paper sample v1" NUL seed NUL digest NUL root NUL
batch NUL sheet`` (UTF-8, numbers in decimal); the sheets with the lowest lots are drawn.  The seed
was published before the vote, the digest is that of the public record of all batches, and the root
is that of the log of the box, which nobody knows before the last ballot is in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import comb

from pb_engine.ballots import canonical_json


def draw_sheets(
    sheets: Iterable[tuple[int, int]], number: int, *, seed: str, digest: str, root: str
) -> tuple[tuple[int, int], ...]:
    """Return ``number`` of these sheets (batch, sheet), sorted; all of them when there are fewer.

    :param digest: SHA-256 (hex) of the public record of the batches.
    :param root: of the last head of the log of the box, in hexadecimal.
    """

    def lot(sheet: tuple[int, int]) -> tuple[bytes, tuple[int, int]]:
        parts = ("pb-engine paper sample v1", seed, digest, root, *map(str, sheet))
        return hashlib.sha256("\0".join(parts).encode()).digest(), sheet

    return tuple(sorted(sorted(sheets, key=lot)[:number]))


def batches_digest(batches: Sequence[object]) -> str:
    """Return the SHA-256 of the public record of all batches, from which the sample is drawn."""
    return hashlib.sha256(canonical_json(list(batches))).hexdigest()


def chance_to_find(sheets: int, wrong: int, drawn: int) -> Fraction:
    """Return the chance that at least one of ``wrong`` sheets is among those drawn.

    It is 1 - C(sheets - wrong, drawn) / C(sheets, drawn): drawing without putting back.
    """
    return 1 - Fraction(comb(sheets - wrong, drawn), comb(sheets, drawn))


def sheets_to_draw(sheets: int, wrong: int, certainty: Fraction = Fraction(95, 100)) -> int:
    """Return how many to draw so that ``wrong`` bad sheets are noticed with this certainty."""
    bad = min(wrong, sheets)
    enough = (n for n in range(sheets + 1) if chance_to_find(sheets, bad, n) >= certainty)
    return next(enough, sheets)
