"""From a taste to a ballot that follows the paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from pb_engine.ballots import Ballot, BallotFormat, BallotPaper
from pb_engine.errors import TallyRefused
from pb_engine.tallying.simulating.draws import Draws
from pb_engine.tallying.simulating.tastes import Taste

BLANK = 50
"""One voter in so many hands in a blank ballot, where the paper allows it."""


def fill(paper: BallotPaper, taste: Taste, draws: Draws) -> Ballot:
    """Return the ballot of a voter with this taste; it always follows the paper.

    The voter marks as many projects as they like, within the limits; where the model does not say
    how many, each number that the paper allows is as likely.  Whoever gives grades, gives them
    from the top of the scale for their first project down to 0 for their last.

    :param paper: one that ``require_fillable`` lets through.
    :param taste: places on this paper.
    """
    if paper.min_choices == 0 and draws.chance(1, BLANK):
        return Ballot(paper.format, ())
    return _FILL[paper.format](paper, _within_groups(paper, taste), draws)


def _within_groups(paper: BallotPaper, taste: Taste) -> Taste:
    """Leave out what breaks the limit of a theme or an area, the dearest to the voter first."""
    if not paper.groups:
        return taste
    room = {group.name: group.max_choices for group in paper.groups}
    kept: list[int] = []
    for at in taste.order:
        own = [one.name for one in paper.groups if paper.lines[at].project in one.projects]
        if all(room[name] for name in own):
            kept.append(at)
            room.update({name: room[name] - 1 for name in own})
    return replace(taste, order=tuple(kept))


def require_fillable(paper: BallotPaper) -> None:
    """Refuse a paper on which nobody can vote.

    :raises TallyRefused: naming the limits that contradict each other.
    """
    least, most = max(1, paper.min_choices), _most(paper)
    if least > most:
        raise TallyRefused(
            f"nobody can fill in this ballot paper: at least {least} marks are asked, and there is "
            f"room for {most}",
            problem="paper",
        )
    if paper.format is BallotFormat.BASKET:
        needed = sum(sorted(line.cost for line in paper.lines)[:least])
        if needed > _limit(paper):
            raise TallyRefused(
                f"nobody can fill in this ballot paper: the cheapest {least} of its projects cost "
                f"{needed} cents together, and a basket may cost {_limit(paper)}",
                problem="paper",
            )


def _most(paper: BallotPaper) -> int:
    most = min(paper.max_choices, len(paper.lines))
    if paper.format is BallotFormat.POINTS and paper.max_points is not None:
        return min(most, paper.max_points)
    return min(most, 1) if paper.format is BallotFormat.SINGLE else most


def _limit(paper: BallotPaper) -> int:
    if paper.spend_limit is None:
        return sum(line.cost for line in paper.lines)
    return paper.spend_limit


def _number(paper: BallotPaper, taste: Taste, draws: Draws) -> int:
    least = max(1, paper.min_choices)
    most = max(least, min(_most(paper), len(taste.order)))
    if taste.liked is None:
        return least + draws.below(most - least + 1)
    return min(max(taste.liked, least), most)


def _first(paper: BallotPaper, taste: Taste, number: int) -> list[str]:
    return [paper.lines[at].project for at in taste.order[:number]]


def _marks(paper: BallotPaper, taste: Taste, draws: Draws) -> Ballot:
    return Ballot.choosing(paper.format, _first(paper, taste, _number(paper, taste, draws)))


def _basket(paper: BallotPaper, taste: Taste, draws: Draws) -> Ballot:
    """Take the dearest to the voter first, as long as the least number can still be reached."""
    least, number = max(1, paper.min_choices), _number(paper, taste, draws)
    left, chosen = _limit(paper), list[int]()
    for at in taste.order:
        cost = paper.lines[at].cost
        if cost + _owed(paper, [*chosen, at], least) <= left:
            chosen.append(at)
            left -= cost
        if len(chosen) == number:
            break
    return Ballot.choosing(paper.format, [paper.lines[at].project for at in chosen])


def _owed(paper: BallotPaper, taken: list[int], least: int) -> int:
    """Return what the marks that must still follow cost at the very least."""
    if len(taken) >= least:
        return 0
    others = (line.cost for at, line in enumerate(paper.lines) if at not in taken)
    return sum(sorted(others)[: least - len(taken)])


def _points(paper: BallotPaper, taste: Taste, draws: Draws) -> Ballot:
    """Give each chosen project a point and the other points one by one, most to the first."""
    names = _first(paper, taste, _number(paper, taste, draws))
    given = dict.fromkeys(names, 1)
    every = len(names) * (len(names) + 1) // 2
    for _ in range((paper.max_points or len(names)) - len(names)):
        at, place = draws.below(every), 0
        while at >= len(names) - place:
            at -= len(names) - place
            place += 1
        given[names[place]] += 1
    return Ballot.weighing(paper.format, given)


def _score(paper: BallotPaper, taste: Taste, draws: Draws) -> Ballot:
    del draws
    highest, last = paper.max_points or 0, max(1, len(paper.lines) - 1)
    names = _first(paper, taste, _most(paper))
    grades = {name: highest * (last - place) // last for place, name in enumerate(names)}
    return Ballot.weighing(paper.format, grades)


def _ranking(paper: BallotPaper, taste: Taste, draws: Draws) -> Ballot:
    names = _first(paper, taste, _number(paper, taste, draws))
    return Ballot.weighing(paper.format, {name: place for place, name in enumerate(names, start=1)})


_FILL: Mapping[BallotFormat, Callable[[BallotPaper, Taste, Draws], Ballot]] = MappingProxyType(
    {
        BallotFormat.SINGLE: _marks,
        BallotFormat.APPROVAL: _marks,
        BallotFormat.BASKET: _basket,
        BallotFormat.POINTS: _points,
        BallotFormat.SCORE: _score,
        BallotFormat.RANKING: _ranking,
    }
)
