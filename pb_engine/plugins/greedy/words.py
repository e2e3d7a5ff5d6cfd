"""Why, in plain Dutch and in English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pb_engine.api import Decision, Election, Explanation, LocalText, Outcome, Project, Settings
from pb_engine.api import sentences as say
from pb_engine.api.counting import WEIGHED, Exact
from pb_engine.plugins.greedy import channel_words, phrases


def explain(election: Election, outcome: Outcome, settings: Settings) -> Mapping[str, Explanation]:
    """Explain every decision of an outcome of ``greedy``."""
    words = _Words(say.Speaker(election), settings, outcome.facts["least_votes"])
    return say.explained(election, outcome, words.explanation)


@dataclass(frozen=True)
class _Words:
    speaker: say.Speaker
    settings: Settings
    least: Exact

    def explanation(self, project: Project, decision: Decision) -> Explanation:
        steps = [self._standing(decision), self._turn(project, decision)]
        if "weighed" in decision.facts:
            steps[:0] = channel_words.by_channel(decision, self.settings, self._score)
        if decision.tied_with:
            steps.append(say.decided_by_lot(self.speaker.names(decision.tied_with)))
        return Explanation(self._sentence(project, decision), tuple(steps))

    @property
    def _in_points(self) -> bool:
        return self.settings["by"] == "score" and self.speaker.election.profile.format in WEIGHED

    def _score(self, number: Exact) -> LocalText:
        return say.points(int(number)) if self._in_points else say.votes(int(number))

    def _sentence(self, project: Project, decision: Decision) -> LocalText:
        because = self._helped(project, decision)
        if because is not None:
            return say.funded(because)
        if decision.reason == "over_budget":
            cost = self.speaker.money(project.cost)
            return say.not_funded(say.over_budget(cost, self.speaker.budget))
        refused = say.not_funded(self._hindered(project, decision), self._short(decision))
        if "amount" not in decision.facts:
            return refused
        return say.joined(refused, phrases.offer(self.speaker.money(decision.facts["amount"])))

    def _helped(self, project: Project, decision: Decision) -> LocalText | None:
        score, cost = self._score(decision.facts["score"]), self.speaker.money(project.cost)
        if decision.reason == "funded":
            if plan := str(decision.facts.get("instead_of", "")):
                return phrases.smaller_version(self.speaker.title(plan), cost)
            if pot := str(decision.facts.get("because", "")):
                return phrases.fitted_pot(score, cost, pot)
            return say.fitted(score, cost)
        if decision.reason == "first_group":
            group = str(decision.facts["because"])
            percents = {one["name"]: one["percent"] for one in self.settings["first"]}
            return phrases.went_first(score, group, percents[group])
        return phrases.from_leftover(score, cost) if decision.reason == "leftover" else None

    def _hindered(self, project: Project, decision: Decision) -> LocalText:
        facts, because = decision.facts, str(decision.facts.get("because", ""))
        cost, left = (
            self.speaker.money(project.cost),
            self.speaker.money(max(0, int(facts["left"]))),
        )
        said: dict[str, Callable[[], LocalText]] = {
            "does_not_fit": lambda: say.did_not_fit(cost, left),
            "partly_funded": lambda: say.did_not_fit(cost, left),
            "pot_empty": lambda: phrases.pot_empty(cost, left, because),
            "ceiling": lambda: phrases.ceiling(cost, left, because),
            "after_the_end": say.list_had_ended,
            "too_few_votes": lambda: say.below_threshold(say.votes(decision.voters), self.least),
            "excluded": lambda: phrases.excluded(self.speaker.title(because)),
            "needs_another": lambda: phrases.needs_another(self.speaker.title(because)),
        }
        return said[decision.reason]()

    def _short(self, decision: Decision) -> LocalText:
        if "weighed" in decision.facts:
            return channel_words.short(decision, self.settings, self._score)
        if "votes_short" not in decision.facts:
            return say.no_votes_would_help()
        return say.short_of_votes(decision, self._score)

    def _standing(self, decision: Decision) -> LocalText:
        measure = say.NOTHING
        if self.settings["per_euro"]:
            measure = phrases.POINTS_PER_EURO if self._in_points else phrases.VOTES_PER_EURO
        if "weighed" in decision.facts:
            measure = channel_words.measure(measure)
        among = len(self.speaker.election.projects)
        score, place = self._score(decision.facts["score"]), decision.facts["place"]
        return say.stood_at(score, place, among, measure)

    def _turn(self, project: Project, decision: Decision) -> LocalText:
        left = self.speaker.money(max(0, int(decision.facts["left"])))
        return say.when_its_turn_came(left, self.speaker.money(project.cost))
