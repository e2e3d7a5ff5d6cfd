"""Why, in plain Dutch and in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.api import Decision, Election, Explanation, LocalText, Outcome, Project, Settings
from pb_engine.api import sentences as say
from pb_engine.api.counting import WEIGHED, Exact


def explain(election: Election, outcome: Outcome, settings: Settings) -> Mapping[str, Explanation]:
    """Explain every decision of an outcome of ``max_welfare``."""
    weighed = settings["by"] == "score" and election.profile.format in WEIGHED
    words = _Words(
        say.Speaker(election), outcome.facts["welfare"], weighed, settings["utility"] == "cost"
    )
    return say.explained(election, outcome, words.explanation)


@dataclass(frozen=True)
class _Words:
    speaker: say.Speaker
    welfare: Exact
    weighed: bool
    by_cost: bool

    def explanation(self, project: Project, decision: Decision) -> Explanation:
        steps = [self._worth(project, decision)] if decision.reason != "over_budget" else []
        if "best_with" in decision.facts:
            steps.append(self._comparison(decision))
        if decision.tied_with:
            steps.append(_lot(self.speaker.names(decision.tied_with)))
        return Explanation(self._sentence(project, decision), tuple(steps))

    def _sentence(self, project: Project, decision: Decision) -> LocalText:
        if decision.reason == "in_best_list":
            return say.funded(_in_best_list(self._score(decision.facts["score"])))
        because = {
            "over_budget": say.over_budget(self.speaker.money(project.cost), self.speaker.budget),
            "in_no_best_list": _in_no_best_list(),
            "no_supporters": LocalText("niemand steunde het.", "nobody supported it."),
        }[decision.reason]
        return say.not_funded(because, say.short_of_votes(decision, self._score))

    def _score(self, number: Exact) -> LocalText:
        return say.points(int(number)) if self.weighed else say.votes(int(number))

    def _total(self, number: Exact) -> LocalText:
        """Write what a list is worth: money times votes, or votes."""
        return self.speaker.money(number) if self.by_cost else self._score(number)

    def _worth(self, project: Project, decision: Decision) -> LocalText:
        score, cost = self._score(decision.facts["score"]), self.speaker.money(project.cost)
        worth = self._total(decision.facts["worth"])
        if self.by_cost:
            return LocalText(
                nl=f"Steun telt mee naar kosten: {score.nl} maal {cost.nl} is {worth.nl}.",
                en=f"Support counts by cost: {score.en} times {cost.en} is {worth.en}.",
            )
        return LocalText(
            nl=f"Het idee kost {cost.nl} en heeft {score.nl}.",
            en=f"The project costs {cost.en} and has {score.en}.",
        )

    def _comparison(self, decision: Decision) -> LocalText:
        best, mine = self._total(self.welfare), self._total(decision.facts["best_with"])
        return LocalText(
            nl=f"De beste combinatie telt samen {best.nl}. De beste combinatie met dit idee erin "
            f"telt {mine.nl}.",
            en=f"The best list counts {best.en} together. The best list that holds this project "
            f"counts {mine.en}.",
        )


def _in_best_list(score: LocalText) -> LocalText:
    return LocalText(
        nl=f"het kreeg {score.nl} en hoort bij de combinatie van ideeën die samen de meeste steun "
        "heeft.",
        en=f"it got {score.en} and belongs to the list of projects that has most support together.",
    )


def _in_no_best_list() -> LocalText:
    return LocalText(
        nl="zonder dit idee was er met hetzelfde budget een combinatie met meer steun.",
        en="without it the same budget made a list with more support.",
    )


def _lot(names: LocalText) -> LocalText:
    return LocalText(
        nl=f"Twee combinaties waren precies even goed; ze verschillen ook in {names.nl}. De "
        "loting bepaalde welke won.",
        en=f"Two lists were exactly equal; they also differ in {names.en}. The lot decided which "
        "won.",
    )
