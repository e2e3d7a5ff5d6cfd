"""How small an effect a study can find, shown before it opens.

Two-sided at 5 %, with a power of 80 %, by the normal approximation.  A study that can find nothing
smaller than the effect that anybody expects should not ask people for their time.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from pb_engine.errors import NotReady

SPREAD = 2.0
"""Standard deviation of trust from 0 to 10 in Dutch surveys, in points."""
REPEAT = 0.65
"""Correlation of one person's answers at two moments."""
_REACH = NormalDist().inv_cdf(0.975) + NormalDist().inv_cdf(0.8)


@dataclass(frozen=True, slots=True)
class Power:
    """The smallest effects that can be found with ``n`` people, in points of the scale.

    :ivar paired: change of one group.
    :ivar compared: change beside that of a comparison group of the same size.
    :ivar arms: difference between two arms that share the ``n`` people, given the level before.
    """

    n: int
    paired: float
    compared: float
    arms: float


def power(n: int, spread: float = SPREAD, repeat: float = REPEAT) -> Power:
    """Return what ``n`` people who answer twice can show.

    :raises NotReady: fewer than four people, no spread, or a correlation outside -1 to 1.
    """
    if n < 4 or spread <= 0 or not -1 < repeat < 1:  # noqa: PLR2004 - two per arm
        raise NotReady("power needs four people, a spread above 0 and a correlation within -1 to 1")
    paired = _REACH * spread * math.sqrt(2 * (1 - repeat) / n)
    arms = _REACH * spread * math.sqrt((1 - repeat**2) * 4 / n)
    return Power(n, paired, paired * math.sqrt(2), arms)
