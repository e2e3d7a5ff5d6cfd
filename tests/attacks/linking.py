"""How many voters two write-ahead archives with their times link to a pseudonym.

    python -m tests.attacks.linking [--voters 400] [--seed 1]

Whoever keeps the archives of both databases sees at which moment the register gave out a voting
right, and at which moment the box took in a ballot, to the millisecond.  In between lies the time
that a voter needs for the ballot paper.  This program invents voters, gives an attacker both lists
and the true law of those times, lets him pair them as well as he can, and says how many pairs are
right.  A pair is a pseudonym: what the ballot says stays sealed.

The voters come at random moments and need a time that is log-normal: in the middle two and a half
minutes, one in six less than eighty seconds or more than four and a half minutes.
"""

from __future__ import annotations

import argparse
import math
import sys
from dataclasses import dataclass
from random import Random  # noqa: TID251 - invented voters are drawn from a seed

MIDDLE = 150.0
SPREAD = 0.6
RATES = (1, 5, 20, 60, 300, 1000)
"""Voters per hour."""
_NEAR = 12
_ROUNDS = 30


@dataclass(frozen=True)
class Linked:
    """What came of one pairing: how many voters per hour, and the share that was paired right."""

    rate: int
    share: float


def measured(rate: int, voters: int, seed: int) -> Linked:
    """Let so many voters come, and an attacker pair their two moments."""
    luck = Random(f"{seed} {rate}")
    issued, at = [], 0.0
    for _ in range(voters):
        at += luck.expovariate(rate / 3600)
        issued.append(at)
    cast = [moment + luck.lognormvariate(math.log(MIDDLE), SPREAD) for moment in issued]
    order = sorted(range(voters), key=lambda voter: cast[voter])
    moments = [cast[voter] for voter in order]
    paired = _paired(issued, moments)
    right = sum(order[place] == voter for voter, place in enumerate(paired))
    return Linked(rate, right / voters)


def _paired(issued: list[float], cast: list[float]) -> list[int]:
    """Pair in order, then swap near pairs for as long as that makes both times likelier."""
    paired = list(range(len(issued)))
    for _ in range(_ROUNDS):
        better = False
        for one in range(len(paired)):
            for other in range(one + 1, min(one + _NEAR, len(paired))):
                if _gain(issued, cast, paired, one, other) > 0:
                    paired[one], paired[other] = paired[other], paired[one]
                    better = True
        if not better:
            break
    return paired


def _gain(issued: list[float], cast: list[float], paired: list[int], one: int, other: int) -> float:
    now = _likely(cast[paired[one]] - issued[one]) + _likely(cast[paired[other]] - issued[other])
    then = _likely(cast[paired[other]] - issued[one]) + _likely(cast[paired[one]] - issued[other])
    return then - now


def _likely(seconds: float) -> float:
    """The logarithm of how likely it is to need this time, but for a constant."""
    if seconds <= 0:
        return -1e9
    away = (math.log(seconds) - math.log(MIDDLE)) / SPREAD
    return -math.log(seconds) - away * away / 2


def main() -> None:
    """Print the share that is linked, for quiet hours and for busy ones."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--voters", type=int, default=400)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    for rate in RATES:
        found = measured(rate, given.voters, given.seed)
        sys.stdout.write(f"{rate:5} voters per hour: {found.share:4.0%} linked\n")


if __name__ == "__main__":
    main()
