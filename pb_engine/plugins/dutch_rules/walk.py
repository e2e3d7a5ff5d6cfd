"""Down the ranking with a purse, pots and promises: what happens to every project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from pb_engine.api import ProjectId, Settings
from pb_engine.api.counting import Exact
from pb_engine.plugins.dutch_rules.standing import Standing

FUNDED = "funded"
ENDING = frozenset({"over_budget", "does_not_fit", "after_the_end"})


@dataclass(frozen=True, slots=True)
class Turn:
    """What happened the last time that a project's turn came.

    :ivar round: ``first``, ``list`` or ``leftover``.
    :ivar left: cents that were left just before.
    :ivar because: what stood in its way, as facts.
    """

    standing: Standing
    reason: str
    round: str
    left: int
    because: dict[str, Exact] = field(default_factory=dict)


class Walk:
    """One count.

    :ivar turns: the last turn of every project, in the order in which they were decided.
    :ivar left: cents that nobody got.
    """

    def __init__(
        self, ranking: Sequence[Standing], budget: int, ballots: int, settings: Settings
    ) -> None:
        self.ranking, self.budget, self.settings = ranking, budget, settings
        self.least = max(
            settings["minimum_votes"], -(-settings["minimum_percent"] * ballots // 100)
        )
        self.left = budget
        self.turns: dict[ProjectId, Turn] = {}
        self.spent: Counter[str] = Counter()
        self.taken: dict[str, ProjectId] = {}
        self._walk()

    def funded(self, project: ProjectId) -> bool:
        """Say whether a project got all its money."""
        return project in self.turns and self.turns[project].reason == FUNDED

    @property
    def selected(self) -> tuple[ProjectId, ...]:
        """The funded projects, in the order in which they were funded."""
        return tuple(p for p, turn in self.turns.items() if turn.reason == FUNDED)

    def _walk(self) -> None:
        group, percent = self.settings["first_group"], self.settings["first_percent"]
        if group and percent:
            first = [one for one in self.ranking if self._group(one) == group]
            self._round("first", first, lambda: self.spent[group] * 100 >= percent * self.budget)
        self._round("list", self.ranking)
        if self.settings["leftover"] and self.settings["pots"]:
            self._round("leftover", self.ranking)
        if self.settings["partial_next"]:
            self._offer_the_rest()

    def _round(
        self, name: str, candidates: Sequence[Standing], done: Callable[[], bool] | None = None
    ) -> None:
        waiting: list[Standing] = []
        ended = False
        for standing in candidates:
            if self.funded(standing.project.id):
                continue
            if done is not None and done():
                return
            line = [standing]
            while line:
                one = line.pop(0)
                reason = self._turn(name, one, ended=ended)
                if reason == "needs_another":
                    waiting.append(one)
                elif reason == FUNDED:
                    freed = [w for w in waiting if self._needed(w) == one.project.id]
                    waiting = [w for w in waiting if w not in freed]
                    line += freed
                ended = ended or (reason in ENDING and self.settings["ending"] == "stop")

    def _turn(self, name: str, standing: Standing, *, ended: bool) -> str:
        reason, because = self._verdict(name, standing, ended=ended)
        # A project that is decided anew moves to the end: the turns stay in the order of deciding.
        self.turns.pop(standing.project.id, None)
        self.turns[standing.project.id] = Turn(standing, reason, name, self.left, because)
        if reason == FUNDED:
            self._pay(standing)
        return reason

    def _pay(self, standing: Standing) -> None:
        project = standing.project
        self.left -= project.cost
        self.spent[self._group(standing)] += project.cost
        if (name := self.settings["exclusive"].get(project.id)) is not None:
            self.taken[name] = project.id

    def _verdict(
        self, name: str, standing: Standing, *, ended: bool
    ) -> tuple[str, dict[str, Exact]]:
        cost = standing.project.cost
        barred = self._barred(standing)
        if barred is not None:
            return barred
        if ended:
            return "after_the_end", {}
        room = self._room(standing)
        if name != "leftover" and room is not None and cost > room:
            return "pot_empty", {"pot_left": room}
        return (FUNDED if cost <= self.left else "does_not_fit"), {}

    def _barred(self, standing: Standing) -> tuple[str, dict[str, Exact]] | None:
        """Return what keeps a project out, however much money there is."""
        if standing.project.cost > self.budget:
            return "over_budget", {}
        if standing.voters < self.least:
            return "too_few_votes", {"least": self.least}
        rival = self.taken.get(self.settings["exclusive"].get(standing.project.id, ""))
        if rival is not None:
            return "rival_funded", {"rival": rival}
        needed = self._needed(standing)
        if needed is not None and not self.funded(needed):
            return "needs_another", {"needs": needed}
        return None

    def _group(self, standing: Standing) -> str:
        return str(self.settings["groups"].get(standing.project.id, ""))

    def _needed(self, standing: Standing) -> ProjectId | None:
        needed = self.settings["needs"].get(standing.project.id)
        return None if needed is None else ProjectId(needed)

    def _room(self, standing: Standing) -> int | None:
        """Return what is left in the pot of a project; ``None`` when it has no pot."""
        group = self._group(standing)
        pot: int | None = self.settings["pots"].get(group)
        return None if pot is None else pot - self.spent[group]

    def _offer_the_rest(self) -> None:
        """Offer what is left to the highest project that did not fit and may still have it."""
        for standing in self.ranking:
            turn = self.turns[standing.project.id]
            amount = min(self.left, self._offer(standing))
            if turn.reason == "does_not_fit" and amount > 0:
                offered = replace(turn, reason="partly_funded", because={"amount": amount})
                self.turns[standing.project.id] = offered
                self.left -= amount
                return

    def _offer(self, standing: Standing) -> int:
        """Return the most that a project may be offered in the end."""
        if self.settings["exclusive"].get(standing.project.id, "") in self.taken:
            return 0
        room = self._room(standing)
        return self.left if room is None or self.settings["leftover"] else room
