"""Why, in plain Dutch and in English."""

from __future__ import annotations

from collections.abc import Mapping

from pb_engine.api import (
    BallotFormat,
    Decision,
    Election,
    Explanation,
    LocalText,
    Outcome,
    Project,
    Settings,
    projects_by_id,
)


def explain(election: Election, outcome: Outcome, settings: Settings) -> Mapping[str, Explanation]:
    """Explain every decision of an outcome of ``max_welfare``."""
    projects = projects_by_id(election.projects)
    words = _Words(election, outcome, settings)
    return {d.project: words.explanation(projects[d.project], d) for d in outcome.decisions}


def _plural(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


class _Words:
    def __init__(self, election: Election, outcome: Outcome, settings: Settings) -> None:
        self.election = election
        self.welfare = int(outcome.facts["welfare"])
        self.titles = {project.id: project.title or project.id for project in election.projects}
        weighed = {BallotFormat.POINTS, BallotFormat.SCORE, BallotFormat.RANKING}
        self.points = settings["by"] == "score" and election.profile.format in weighed
        self.by_cost = settings["utility"] == "cost"

    def explanation(self, project: Project, decision: Decision) -> Explanation:
        sentence: LocalText = getattr(self, f"_{decision.reason}")(project, decision)
        steps = [self._worth(project, decision)] if decision.reason != "over_budget" else []
        if "best_with" in decision.facts:
            steps.append(self._comparison(decision))
        if decision.tied_with:
            steps.append(self._lot(decision))
        return Explanation(sentence, tuple(steps))

    def score(self, number: int) -> LocalText:
        """Write a number of votes or points."""
        if self.points:
            return LocalText(_plural(number, "punt", "punten"), _plural(number, "point", "points"))
        return LocalText(_plural(number, "stem", "stemmen"), _plural(number, "vote", "votes"))

    def money(self, amount: int) -> LocalText:
        """Write an amount."""
        return LocalText(self.election.money(amount, "nl"), self.election.money(amount, "en"))

    def worth(self, number: int) -> LocalText:
        """Write what a list is worth: money times votes, or votes."""
        return self.money(number) if self.by_cost else self.score(number)

    def _in_best_list(self, _project: Project, decision: Decision) -> LocalText:
        score = self.score(int(decision.facts["score"]))
        return LocalText(
            nl=f"Dit idee krijgt geld: het kreeg {score.nl} en hoort bij de combinatie van ideeën "
            "die samen de meeste steun heeft.",
            en=f"This project is funded: it got {score.en} and belongs to the list of projects "
            "that has most support together.",
        )

    def _in_no_best_list(self, _project: Project, decision: Decision) -> LocalText:
        short = self.score(int(decision.facts["votes_short"]))
        return LocalText(
            nl="Dit idee krijgt geen geld: zonder dit idee was er met hetzelfde budget een "
            f"combinatie met meer steun. Het kwam {short.nl} tekort.",
            en="This project is not funded: without it the same budget made a list with more "
            f"support. It was {short.en} short.",
        )

    def _no_supporters(self, _project: Project, decision: Decision) -> LocalText:
        short = self.score(int(decision.facts["votes_short"]))
        return LocalText(
            nl=f"Dit idee krijgt geen geld: niemand steunde het. Het kwam {short.nl} tekort.",
            en=f"This project is not funded: nobody supported it. It was {short.en} short.",
        )

    def _over_budget(self, project: Project, _decision: Decision) -> LocalText:
        cost, budget = self.money(project.cost), self.money(self.election.budget)
        return LocalText(
            nl=f"Dit idee krijgt geen geld: het kost {cost.nl}. Dat is meer dan het hele budget "
            f"van {budget.nl}.",
            en=f"This project is not funded: it costs {cost.en}, more than the whole budget of "
            f"{budget.en}.",
        )

    def _worth(self, project: Project, decision: Decision) -> LocalText:
        score, cost = self.score(int(decision.facts["score"])), self.money(project.cost)
        worth = self.worth(int(decision.facts["worth"]))
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
        best, mine = self.worth(self.welfare), self.worth(int(decision.facts["best_with"]))
        return LocalText(
            nl=f"De beste combinatie telt samen {best.nl}. De beste combinatie met dit idee erin "
            f"telt {mine.nl}.",
            en=f"The best list counts {best.en} together. The best list that holds this project "
            f"counts {mine.en}.",
        )

    def _lot(self, decision: Decision) -> LocalText:
        names = ", ".join(f"‘{self.titles[other]}’" for other in decision.tied_with)
        return LocalText(
            nl=f"Twee combinaties waren precies even goed; ze verschillen ook in {names}. De "
            "loting bepaalde welke won.",
            en=f"Two lists were exactly equal; they also differ in {names}. The lot decided which "
            "won.",
        )
