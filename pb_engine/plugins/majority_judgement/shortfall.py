"""How many voters with the highest grade a project needed."""

from __future__ import annotations

from bisect import bisect_left

from pb_engine.plugins.majority_judgement.grades import Standing


def ballots_short(
    loser: Standing, goal: Standing | None, minimum_grade: int, top: int
) -> int | None:
    """Return how many ballots would have had to give ``loser`` the highest grade instead.

    The least number, if the ballots with its lowest grades are the ones to change and everything
    else stays as it is; ``None`` when not even all of them would do.

    :param goal: the project that it has to overtake, if any.
    :param top: the highest grade.
    """

    def enough(number: int) -> bool:
        raised = loser.raised(number, top)
        high_enough = raised.grades.majority >= minimum_grade
        return high_enough and (goal is None or raised.above(goal))

    most = loser.grades.ballots
    return bisect_left(range(most), 1, key=enough) if enough(most) else None
