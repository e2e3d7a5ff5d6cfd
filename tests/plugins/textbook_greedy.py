"""Most votes first with every condition, as its page describes it: slow, and nothing reused.

Elections come as in ``tests.tallying.textbook``; ``chosen`` are settings with defaults left out.
"""

from __future__ import annotations

from fractions import Fraction


class Town:
    """Counts once; ``funded`` and ``offered`` are what came of it."""

    def __init__(self, costs, budget, ballots, lot, chosen):
        self.costs, self.budget, self.chosen = costs, budget, chosen
        self.ballots = ballots
        self.funded, self.last, self.poured = [], {}, False
        self.paid_from_pot = dict.fromkeys((pot["name"] for pot in self.get("pots", [])), 0)
        self.ranking = sorted(costs, key=lambda p: (self.height(p), lot.index(p)))
        for group in self.get("first", []):
            own = [p for p in self.ranking if p in group["projects"]]
            self.go_down(own, lambda g=group, o=own: self.share(o) * 100 >= g["percent"] * budget)
        self.go_down(self.ranking)
        if self.get("leftover") and (self.get("pots", []) or self.get("ceilings", [])):
            self.poured = True
            self.go_down(self.ranking)
        self.offered = self.offer() if self.get("partly") else {}

    def get(self, key, default=None):
        return self.chosen.get(key, default)

    def height(self, p):
        """Smaller is higher."""
        votes = sum(ballot.get(p, 0) for ballot in self.ballots)
        if not self.get("per_euro"):
            return (0, Fraction(-votes))
        if self.costs[p] == 0:
            return (0, Fraction(-votes)) if votes > 0 else (1, Fraction(0))
        return (1, Fraction(-votes, self.costs[p]))

    def share(self, projects):
        return sum(self.costs[p] for p in projects if p in self.funded)

    def pot(self, p):
        named = [pot["name"] for pot in self.get("pots", []) if p in pot["projects"]]
        return None if self.poured or not named else named[0]

    def money(self, p):
        amounts = {pot["name"]: pot["amount"] for pot in self.get("pots", [])}
        in_pots = {name: amounts[name] - self.paid_from_pot[name] for name in amounts}
        left = self.budget - self.share(self.costs)
        if self.poured:
            return left
        pot = self.pot(p)
        return left - sum(in_pots.values()) if pot is None else in_pots[pot]

    def under_ceilings(self, p):
        groups = [g for g in self.get("ceilings", []) if p in g["projects"]]
        rooms = [g["at_most"] - self.share(set(g["projects"]) & set(self.costs)) for g in groups]
        return min(rooms, default=None)

    def rivals(self, p):
        below = {pair["plan"]: pair["smaller"] for pair in self.get("smaller_versions", [])}
        above = {smaller: plan for plan, smaller in below.items()}
        found = {q for group in self.get("exclusive", []) if p in group for q in group if q != p}
        for ways in (below, above):
            q = p
            while q in ways:
                q = ways[q]
                found.add(q)
        return found

    def needed(self, p):
        return [one["needs"] for one in self.get("conditions", []) if one["project"] == p]

    def enough_votes(self, p):
        voters = sum(p in ballot for ballot in self.ballots)
        percent = self.get("minimum_percent", 0)
        return voters >= self.get("minimum_votes", 0) and voters * 100 >= percent * len(
            self.ballots
        )

    def go_down(self, projects, done=lambda: False):
        ended, waiting = set(), []
        for p in projects:
            if done():
                return
            queue = [p]
            while queue:
                q = queue.pop(0)
                if q not in self.funded and self.give(q, projects, ended, waiting):
                    ready = [w for w in waiting if set(self.needed(w)) <= set(self.funded)]
                    waiting[:] = [w for w in waiting if w not in ready]
                    queue += ready

    def give(self, p, projects, ended, waiting):
        """Give a project its turn; say whether it, or a smaller version of it, is funded."""
        answer = self.ask(p, ended, waiting)
        below = {pair["plan"]: pair["smaller"] for pair in self.get("smaller_versions", [])}
        last, outcome = p, answer
        while outcome in {"money", "ceiling", "never"} and below.get(last) in projects:
            last = below[last]
            if last in self.funded:
                return False
            outcome = self.ask(last, ended, waiting=[])
        if answer in {"money", "never"} and outcome != "yes" and not self.get("skip", True):
            ended.add(self.pot(p))
        return outcome == "yes"

    def ask(self, p, ended, waiting):
        answer = self.last[p] = self.answer(p, ended)
        if answer == "wait":
            waiting.append(p)
        elif answer == "yes":
            self.funded.append(p)
            if (pot := self.pot(p)) is not None:
                self.paid_from_pot[pot] += self.costs[p]
        return answer

    def answer(self, p, ended):
        room = None if self.poured else self.under_ceilings(p)
        tests = [
            (self.costs[p] > self.budget, "never"),
            (not self.enough_votes(p), "no"),
            (self.pot(p) in ended, "no"),
            (bool(self.rivals(p) & set(self.funded)), "no"),
            (not set(self.needed(p)) <= set(self.funded), "wait"),
            (self.costs[p] > self.money(p), "money"),
            (room is not None and self.costs[p] > room, "ceiling"),
        ]
        return next((answer for holds, answer in tests if holds), "yes")

    def offer(self):
        for p in self.ranking:
            if self.last[p] != "money" or self.rivals(p) & set(self.funded):
                continue
            room, amount = self.under_ceilings(p), self.money(p)
            if not self.poured and room is not None:
                amount = max(0, min(amount, room))
            if amount:
                return {p: amount}
        return {}
