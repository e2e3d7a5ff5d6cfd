"""Arms of an experiment, by permuted blocks under a key.

Source: permuted blocks within strata, as in clinical trials (Matts and Lachin, Statistics in
Medicine 7, 1988).  The permutation of each block follows from HMAC-SHA-256 under a seed; the hash
of the seed is published before the study opens and the seed after it closed, so that anybody can
check that nobody chose who got what.

Guarantee: after every whole block each arm has its share of the stratum, so arms never differ by
more than the block.  Not guaranteed: that two people of one household get the same arm.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pb_engine.disclosure.keyed import keyed_digest
from pb_engine.errors import NotReady

MOST_ARMS = 8
MOST_BLOCK = 24
_PURPOSE = "pb-engine study arms v1"


@dataclass(frozen=True, slots=True)
class ArmPlan:
    """The arms of a study and how they are dealt.

    :ivar arms: two to eight different names.
    :ivar block: how many people get arms together; a multiple of the number of arms.
    :raises NotReady: the arms cannot be dealt evenly.
    """

    arms: tuple[str, ...]
    block: int

    def __post_init__(self) -> None:
        if not 1 < len(self.arms) <= MOST_ARMS or len(set(self.arms)) != len(self.arms):
            raise NotReady(f"a study has 2 to {MOST_ARMS} arms with different names")
        if not 0 < self.block <= MOST_BLOCK or self.block % len(self.arms):
            raise NotReady(
                f"a block of {self.block} cannot be shared by {len(self.arms)} arms evenly; "
                f"take a multiple of {len(self.arms)}, at most {MOST_BLOCK}"
            )


def commitment(seed: bytes) -> str:
    """Return the hash of a seed that is published before the study opens, in hexadecimal."""
    return hashlib.sha256(b"pb-engine study seed v1\0" + seed).hexdigest()


def arm_of(plan: ArmPlan, seed: bytes, study: str, stratum: str, index: int) -> str:
    """Return the arm of the ``index``-th person of a stratum, counted from 0.

    :raises DisclosureRefused: the seed is shorter than 32 bytes.
    """
    number, place = divmod(index, plan.block)
    where = (study.encode(), stratum.encode(), number.to_bytes(8, "big"))
    dealt = plan.arms * (plan.block // len(plan.arms))
    return _permuted(dealt, _numbers(seed, where))[place]


def _permuted(arms: Sequence[str], numbers: Iterator[int]) -> list[str]:
    """Shuffle as Fisher and Yates do, with numbers below 2**32 taken without bias."""
    dealt = list(arms)
    for at in range(len(dealt) - 1, 0, -1):
        limit = 2**32 - 2**32 % (at + 1)
        other = next(one for one in numbers if one < limit) % (at + 1)
        dealt[at], dealt[other] = dealt[other], dealt[at]
    return dealt


def _numbers(seed: bytes, where: tuple[bytes, ...]) -> Iterator[int]:
    turn = 0
    while True:
        drawn = keyed_digest(seed, _PURPOSE, (*where, turn.to_bytes(4, "big")))
        yield from (int.from_bytes(drawn[at : at + 4], "big") for at in range(0, 32, 4))
        turn += 1
