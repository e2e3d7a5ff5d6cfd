"""The decisions, with the exact numbers behind them.

Facts of a decision:

- ``score``: votes, points or grades, added up; ``place``: in the ranking, from 1;
- ``left``: cents that were left for it when its turn came, in its pot or under its ceiling;
- ``because``: the group or the other project that decided; ``instead_of``: the plan at whose place
  it got its turn as the smaller version; ``amount``: cents that it is offered without being funded;
- ``votes_short``: how many more of the ballots that were handed in would have had to mark it (how
  many more points it needed), everything else being the same.  It is absent where no number would
  have helped.  To check: move it up that far and walk down the list again.

Where channels weigh, further facts carry the name of the channel: ``ballots_NAME``, ``score_NAME``
and ``votes_short_NAME`` (that many votes in this channel alone); ``weighed`` is the weighed score,
exact, and ``votes_short`` is absent.
"""

from __future__ import annotations

from collections.abc import Mapping

from pb_engine.api import Decision, Election, Outcome, ProjectId, Settings, Verdict
from pb_engine.api.card import Card
from pb_engine.api.counting import Exact, as_exact
from pb_engine.api.ranking import MOST_TIES
from pb_engine.plugins.greedy.channels import Channels, channels
from pb_engine.plugins.greedy.conditions import Conditions
from pb_engine.plugins.greedy.shortfall import Shortfall
from pb_engine.plugins.greedy.standing import standings
from pb_engine.plugins.greedy.walk import Turn, Walk


class Count:
    """One count, from ballots to decisions.

    :raises TallyRefused: see ``MostVotesFirst.tally``.
    """

    def __init__(self, election: Election, settings: Settings) -> None:
        self._budget = election.budget
        self._places = {project.id: at for at, project in enumerate(election.projects)}
        self._channels = channels(election, settings)
        ranking = standings(election, settings, self._channels)
        self._rank = {one.project.id: place for place, one in enumerate(ranking)}
        self._conditions = Conditions.of(election, settings)
        self._walk = Walk(ranking, self._conditions)
        self._shortfall = Shortfall(ranking, self._walk, self._conditions)
        self._equals: dict[object, dict[bool, list[ProjectId]]] = {}
        for one in ranking:
            same = self._equals.setdefault(one.key[:2], {True: [], False: []})
            same[self._walk.funds(one.project.id)].append(one.project.id)

    def outcome(self, card: Card) -> Outcome:
        """Write the outcome, in the order of deciding."""
        turns = self._walk.turns.values()
        offered = sum(turn.amount for turn in turns)
        facts: dict[str, Exact] = {
            "budget": self._budget,
            "least_votes": self._conditions.least,
            "left": self._walk.left - offered,
        }
        return Outcome(
            method=card.name,
            version=card.version,
            selected=tuple(turn.standing.project.id for turn in turns if turn.funded),
            decisions=tuple(map(self._decision, turns)),
            facts={**facts, "offered": offered} if self._conditions.settings["partly"] else facts,
        )

    def _decision(self, turn: Turn) -> Decision:
        otherwise = self._equals[turn.standing.key[:2]][not turn.funded]
        return Decision(
            project=turn.standing.project.id,
            verdict=Verdict.FUNDED if turn.funded else Verdict.NOT_FUNDED,
            reason=turn.reason,
            voters=turn.standing.voters,
            facts={**self._standing(turn), **self._hurdles(turn), **self._short(turn)},
            tied_with=tuple(otherwise[:MOST_TIES]),
        )

    def _standing(self, turn: Turn) -> dict[str, Exact]:
        place = self._rank[turn.standing.project.id] + 1
        facts: dict[str, Exact] = {"score": turn.standing.score, "place": place, "left": turn.left}
        if self._channels is not None:
            at = self._places[turn.standing.project.id]
            facts["weighed"] = as_exact(self._channels.exact(turn.standing.rank))
            for name, scores in self._channels.scores.items():
                facts |= {f"ballots_{name}": self._channels.ballots[name]}
                facts |= {f"score_{name}": scores[at]}
        return facts

    def _hurdles(self, turn: Turn) -> dict[str, Exact]:
        facts: dict[str, Exact] = {"because": turn.because, "instead_of": turn.instead_of}
        facts = {name: word for name, word in facts.items() if word}
        return {**facts, "amount": turn.amount} if turn.amount else facts

    def _short(self, turn: Turn) -> Mapping[str, Exact]:
        if turn.funded or turn.reason == "over_budget":
            return {}
        place = self._rank[turn.standing.project.id]
        wanted = _gains(self._channels)
        found = {name: self._shortfall.votes(place, gain) for name, gain in wanted.items()}
        return {name: short for name, short in found.items() if short is not None}


def _gains(weighed: Channels | None) -> Mapping[str, int]:
    if weighed is None:
        return {"votes_short": 1}
    # Votes in a channel that weighs nothing still count for a threshold.
    return {
        f"votes_short_{name}": gain for name, gain in weighed.gains.items() if weighed.ballots[name]
    }
