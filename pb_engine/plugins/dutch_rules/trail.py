"""The decisions, with the exact numbers behind them.

Facts of a decision:

- ``score``: votes, points or grades, added up; ``place``: in the ranking, from 1;
- ``round``: when it was decided: ``first`` (the group that goes first), ``list``, ``leftover``;
- ``left``: cents that were left when its turn came;
- ``least`` (reason ``too_few_votes``), ``rival`` (``rival_funded``), ``needs``
  (``needs_another``), ``pot_left`` in cents (``pot_empty``), ``amount`` in cents
  (``partly_funded``);
- ``votes_short``: how many more of the ballots that were handed in would have had to mark it (how
  many more points it needed), everything else being the same.  It is absent where no number would
  have helped.  To check: move it up that far and walk down the list again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from pb_engine.api import Decision, Election, ProjectId, Settings, Verdict
from pb_engine.api.counting import Exact
from pb_engine.plugins.dutch_rules.standing import Standing, ranked
from pb_engine.plugins.dutch_rules.walk import FUNDED, Turn, Walk


def decisions(
    election: Election, ranking: Sequence[Standing], walk: Walk, settings: Settings
) -> tuple[Decision, ...]:
    """Return one decision per project, in the order in which they were decided."""
    places = {one.project.id: place for place, one in enumerate(ranking, start=1)}
    made = []
    for turn in walk.turns.values():
        project = turn.standing.project.id
        facts: dict[str, Exact] = {
            "score": turn.standing.score,
            "place": places[project],
            "round": turn.round,
            "left": turn.left,
            **turn.because,
        }
        if turn.reason not in {FUNDED, "over_budget"}:
            short = votes_short(election, ranking, turn.standing, settings)
            facts |= {} if short is None else {"votes_short": short}
        made.append(_decision(ranking, walk, turn, facts))
    return tuple(made)


def _decision(
    ranking: Sequence[Standing], walk: Walk, turn: Turn, facts: dict[str, Exact]
) -> Decision:
    return Decision(
        project=turn.standing.project.id,
        verdict=Verdict.FUNDED if turn.reason == FUNDED else Verdict.NOT_FUNDED,
        reason=turn.reason,
        voters=turn.standing.voters,
        facts=facts,
        tied_with=_tied(ranking, turn.standing, walk),
    )


def _tied(ranking: Sequence[Standing], standing: Standing, walk: Walk) -> tuple[ProjectId, ...]:
    """Return the projects that stand equal when not all of them fared alike."""
    same = [one.project.id for one in ranking if one.worth == standing.worth]
    fared = {walk.turns[project].reason for project in same}
    if len(fared) == 1:
        return ()
    return tuple(project for project in same if project != standing.project.id)


def votes_short(
    election: Election, ranking: Sequence[Standing], loser: Standing, settings: Settings
) -> int | None:
    """Return the least number of further votes that would have funded ``loser``, if any would.

    Only where it passes another project or reaches the least number of votes can anything change
    for it, and standing higher never harms it: whatever was funded before its turn is then funded
    before it or not yet.  So those numbers are tried, and halving finds the first that is enough.
    """
    others = [one for one in ranking if one is not loser]
    ballots, budget = election.profile.voters, election.budget

    def enough(votes: int) -> bool:
        again = ranked([*others, loser.with_more(votes)])
        return Walk(again, budget, ballots, settings).funded(loser.project.id)

    least = Walk([], budget, ballots, settings).least
    numbers = {one for other in others if (one := loser.votes_to_pass(other)) > 0}
    numbers.add(max(least - loser.voters, 1))
    tries = sorted(numbers)
    first = bisect_left(tries, 1, key=enough)
    return tries[first] if first < len(tries) else None
