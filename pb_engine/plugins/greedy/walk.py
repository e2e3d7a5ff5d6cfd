"""Down the ranking with a purse: what happens to every project."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pb_engine.api import ProjectId
from pb_engine.plugins.greedy.conditions import Conditions
from pb_engine.plugins.greedy.purse import Purse
from pb_engine.plugins.greedy.standing import Standing

FUNDED = frozenset({"funded", "first_group", "leftover"})
ENDING = frozenset({"over_budget", "does_not_fit", "pot_empty"})
LACKING = ENDING | {"ceiling"}
OFFERED = frozenset({"does_not_fit", "pot_empty"})


@dataclass(frozen=True, slots=True)
class Turn:
    """What happened the last time that a project's turn came.

    :ivar left: cents that were left for it just before.
    :ivar because: the project or the group that stood in the way or helped, if one did.
    :ivar instead_of: the plan at whose place it got its turn, as the smaller version.
    :ivar amount: cents that it is offered without being funded.
    """

    standing: Standing
    reason: str
    left: int
    because: str = ""
    instead_of: str = ""
    amount: int = 0

    @property
    def funded(self) -> bool:
        """Whether it got all its money."""
        return self.reason in FUNDED


class Walk:
    """One count.

    :ivar turns: the last turn of every project, in the order in which they were decided.
    :ivar left: cents that nobody got.
    """

    def __init__(self, ranking: Sequence[Standing], conditions: Conditions) -> None:
        self.turns: dict[ProjectId, Turn] = {}
        self._ranking = ranking
        self._conditions = conditions
        self._purse = Purse(conditions)
        self._funded: set[str] = set()
        self._taken: dict[int, ProjectId] = {}
        self._ended: set[str] = set()
        self._waiting: list[Standing] = []
        self._within: dict[str, Standing] = {}
        self._walk()
        self.left = self._purse.left

    def funds(self, project: ProjectId) -> bool:
        """Say whether a project got all its money."""
        return project in self._funded

    def _walk(self) -> None:
        for group in self._conditions.firsts:
            self._go_first(group["name"], set(group["projects"]), group["percent"])
        self._round(self._ranking)
        if self._conditions.again:
            self._purse.pour()
            self._round(self._ranking, "leftover")
        if self._conditions.settings["partly"]:
            self._offer_the_rest()

    def _go_first(self, name: str, members: set[str], percent: int) -> None:
        own = [one for one in self._ranking if one.project.id in members]

        def met() -> bool:
            got = sum(one.project.cost for one in own if one.project.id in self._funded)
            return got * 100 >= percent * self._conditions.budget

        self._start(own)
        for standing in own:
            if met():
                return
            self._serve([standing], "first_group", name)

    def _round(self, candidates: Sequence[Standing], word: str = "funded") -> None:
        self._start(candidates)
        for standing in candidates:
            self._serve([standing], word)

    def _start(self, candidates: Iterable[Standing]) -> None:
        self._within = {one.project.id: one for one in candidates}
        self._waiting, self._ended = [], set()

    def _serve(self, line: list[Standing], word: str, group: str = "") -> None:
        """Give a project its turn, and then all those that waited for it."""
        while line:
            one = line.pop(0)
            if one.project.id in self._funded:
                continue
            turn = self._turn_with_versions(one, word, group)
            if turn.reason == "needs_another":
                self._waiting.append(one)
            elif turn.funded:
                freed = [w for w in self._waiting if not self._missing(w)]
                self._waiting = [w for w in self._waiting if w not in freed]
                line += freed

    def _turn_with_versions(self, plan: Standing, word: str, group: str) -> Turn:
        """Give a project its turn, and while it does not fit, its smaller versions."""
        pot = self._purse.pot(plan.project)
        first = turn = self._turn(plan, word, group)
        while turn.reason in LACKING:
            version = self._within.get(self._conditions.smaller.get(turn.standing.project.id, ""))
            if version is None:
                break
            if version.project.id in self._funded:
                return turn
            turn = self._turn(version, word, group, plan.project.id)
        if first.reason in ENDING and not turn.funded and not self._conditions.settings["skip"]:
            self._ended.add(pot)
        return turn

    def _turn(self, one: Standing, word: str, group: str, instead_of: str = "") -> Turn:
        turn = self._decided(one, word, group)
        if instead_of:
            turn = replace(turn, instead_of=instead_of)
        before = self.turns.get(one.project.id)
        if before is not None and before.reason in LACKING and turn.reason == "excluded":
            return turn  # what its smaller version or a rival took later is not why it failed
        # A project that is decided anew moves to the end: turns stay in the order of deciding.
        self.turns.pop(one.project.id, None)
        self.turns[one.project.id] = turn
        if turn.funded:
            self._purse.pay(one.project)
            self._funded.add(one.project.id)
            for number in self._conditions.rivalries.get(one.project.id, []):
                self._taken[number] = one.project.id
        return turn

    def _decided(self, one: Standing, word: str, group: str) -> Turn:
        project, purse = one.project, self._purse
        money = purse.money(project)
        reason, because = self._barred(one)
        if reason:
            return Turn(one, reason, money, because)
        if project.cost > money:
            pot = purse.pot(project)
            return Turn(one, "pot_empty" if pot else "does_not_fit", money, pot)
        ceiling = purse.ceiling(project)
        if ceiling and project.cost > purse.room(ceiling):
            return Turn(one, "ceiling", purse.room(ceiling), ceiling)
        return Turn(one, word, money, group or purse.pot(project))

    def _barred(self, one: Standing) -> tuple[str, str]:
        """Return what keeps a project out, however much money there is."""
        if one.project.cost > self._conditions.budget:
            return "over_budget", ""
        if one.voters < self._conditions.least:
            return "too_few_votes", ""
        if self._purse.pot(one.project) in self._ended:
            return "after_the_end", ""
        if rival := self._rival(one):
            return "excluded", rival
        missing = self._missing(one)
        return ("needs_another", missing) if missing else ("", "")

    def _rival(self, one: Standing) -> str:
        groups = self._conditions.rivalries.get(one.project.id, [])
        return next((self._taken[group] for group in groups if group in self._taken), "")

    def _missing(self, one: Standing) -> str:
        needs = self._conditions.needs.get(one.project.id, [])
        return next((needed for needed in needs if needed not in self._funded), "")

    def _offer_the_rest(self) -> None:
        """Offer what is left to the highest project that did not fit and may still have it."""
        for standing in self._ranking:
            turn = self.turns[standing.project.id]
            amount = self._purse.most(standing.project)
            if turn.reason in OFFERED and amount and not self._rival(standing):
                offered = replace(turn, reason="partly_funded", amount=amount)
                self.turns[standing.project.id] = offered
                return
