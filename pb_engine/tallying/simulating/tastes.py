"""From a way of drawing to one invented voter after the other, project by project."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pb_engine.tallying.simulating.draws import Draws

_SCALE = 2**40


@dataclass(frozen=True, slots=True)
class Taste:
    """What one invented voter thinks.

    :ivar order: all projects as places on the paper, the dearest to the voter first.
    :ivar liked: how many of these the voter likes; ``None`` when the model does not say.
    """

    order: tuple[int, ...]
    liked: int | None = None


def leaning(draws: Draws, classes: Sequence[tuple[int, Sequence[int]]]) -> Taste:
    """Draw an order in which projects of a heavier class tend to stand earlier.

    Every next place goes to one of the projects that are left, in proportion to their weights
    (Luce 1959, Plackett 1975).  Inside a class all are equal, so drawing the class is enough.
    """
    left = [(weight, draws.shuffled(members)) for weight, members in classes if members]
    order: list[int] = []
    while left:
        at = draws.below(sum(weight * len(members) for weight, members in left))
        for weight, members in left:
            at -= weight * len(members)
            if at < 0:
                order.append(members.pop())
                break
        left = [(weight, members) for weight, members in left if members]
    return Taste(tuple(order))


def around(draws: Draws, centre: Sequence[int], strength: int) -> Iterator[Taste]:
    """Draw orders that lie around ``centre``, the nearer the more often (Mallows 1957).

    Repeated insertion (Doignon, Pekec and Regenwetter 2004): each project moves ``d`` places up
    from where the centre has it with a weight of ``q`` to the power ``d``, where ``q`` is
    ``n / (n + strength)`` for ``n`` projects: with more projects an order must be able to
    differ in more places (Boehmer, Faliszewski and Kraiczy 2023).  Weights are rounded down to
    whole numbers of 2**-40, and are at least one of those.
    """
    number = len(centre)
    weights = [_SCALE * number**d // (number + strength) ** d or 1 for d in range(number)]
    sums = list(accumulate(weights))
    while True:
        order: list[int] = []
        for place, project in enumerate(centre):
            moved = bisect_right(sums, draws.below(sums[place]))
            order.insert(place - moved, project)
        yield Taste(tuple(order))


def copying(draws: Draws, number: int, strength: int) -> Iterator[Taste]:
    """Draw orders of which later ones are often copies of earlier ones (Berg 1985).

    The urn of Polya and Eggenberger: after ``k`` voters the next one has an order of their own
    100 times in ``100 + strength * k``, and otherwise that of any earlier voter.
    """
    earlier: list[Taste] = []
    while True:
        if draws.chance(100, 100 + strength * len(earlier)):
            earlier.append(Taste(tuple(draws.shuffled(range(number)))))
        else:
            earlier.append(earlier[draws.below(len(earlier))])
        yield earlier[-1]


def resampled(draws: Draws, number: int, liked: int, strength: int) -> Iterator[Taste]:
    """Draw sets of projects around one central set (Szufa and others 2022, resampling).

    Of ``number`` projects the centre likes ``liked``.  A voter thinks about each project anew 4
    times in ``4 + strength``, and then likes it ``liked`` times in ``number``; about the others
    the voter thinks as the centre does.
    """
    centre = frozenset(draws.shuffled(range(number))[:liked])
    while True:
        likes: list[int] = []
        others: list[int] = []
        for project in range(number):
            anew = draws.chance(4, 4 + strength)
            fond = draws.chance(liked, number) if anew else project in centre
            (likes if fond else others).append(project)
        yield Taste(tuple(draws.shuffled(likes) + draws.shuffled(others)), len(likes))
