"""Why, in plain Dutch and in English."""

from __future__ import annotations

from collections.abc import Mapping

from pb_engine.api import (
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
    """Explain every decision of an outcome of ``score_totals``."""
    projects = projects_by_id(election.projects)
    words = _Words(election, settings)
    return {d.project: words.explanation(projects[d.project], d) for d in outcome.decisions}


def _plural(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


class _Words:
    def __init__(self, election: Election, settings: Settings) -> None:
        self.election = election
        self.settings = settings
        self.titles = {project.id: project.title or project.id for project in election.projects}
        self.per_cost = settings["order"] == "total_per_cost"

    def explanation(self, project: Project, decision: Decision) -> Explanation:
        sentence = getattr(self, f"_{decision.reason}")(project, decision)
        steps = [self._standing(decision), self._purse(project, decision)]
        if decision.tied_with:
            steps.append(self._lot(decision))
        return Explanation(sentence, tuple(steps))

    def score(self, number: int) -> LocalText:
        """Write a number of points."""
        return LocalText(_plural(number, "punt", "punten"), _plural(number, "point", "points"))

    def money(self, amount: int) -> LocalText:
        """Write an amount."""
        return LocalText(self.election.money(amount, "nl"), self.election.money(amount, "en"))

    def _funded(self, project: Project, decision: Decision) -> LocalText:
        score, cost = self.score(int(decision.facts["total"])), self.money(project.cost)
        return LocalText(
            nl=f"Dit idee krijgt geld: het kreeg {score.nl} en {cost.nl} paste in het budget.",
            en=f"This project is funded: it got {score.en} and {cost.en} fitted into the budget.",
        )

    def _does_not_fit(self, project: Project, decision: Decision) -> LocalText:
        short = self.score(int(decision.facts["points_short"]))
        cost, left = self.money(project.cost), self.money(int(decision.facts["left"]))
        return LocalText(
            nl=f"Dit idee krijgt geen geld: het kost {cost.nl} en er was nog {left.nl} over. "
            f"Het kwam {short.nl} tekort.",
            en=f"This project is not funded: it costs {cost.en} and {left.en} was left. It was "
            f"{short.en} short.",
        )

    def _after_the_end(self, _project: Project, decision: Decision) -> LocalText:
        short = self.score(int(decision.facts["points_short"]))
        return LocalText(
            nl="Dit idee krijgt geen geld: de lijst stopte bij een idee dat hoger staat en niet "
            f"meer paste. Het kwam {short.nl} tekort.",
            en="This project is not funded: the list ended at a higher project that no longer "
            f"fitted. It was {short.en} short.",
        )

    def _over_budget(self, project: Project, _decision: Decision) -> LocalText:
        cost, budget = self.money(project.cost), self.money(self.election.budget)
        return LocalText(
            nl=f"Dit idee krijgt geen geld: het kost {cost.nl}. Dat is meer dan het hele budget "
            f"van {budget.nl}.",
            en=f"This project is not funded: it costs {cost.en}, more than the whole budget of "
            f"{budget.en}.",
        )

    def _too_few_points(self, _project: Project, decision: Decision) -> LocalText:
        total = self.score(int(decision.facts["total"]))
        short = self.score(int(decision.facts["points_short"]))
        least = self.settings["minimum_points"]
        return LocalText(
            nl=f"Dit idee krijgt geen geld: het kreeg {total.nl} en er zijn er minstens {least} "
            f"nodig. Het kwam {short.nl} tekort.",
            en=f"This project is not funded: it got {total.en} and at least {least} are needed. "
            f"It was {short.en} short.",
        )

    def _standing(self, decision: Decision) -> LocalText:
        score, place = self.score(int(decision.facts["total"])), decision.facts["place"]
        total = len(self.election.projects)
        if self.per_cost:
            return LocalText(
                nl=f"Met {score.nl} staat het, gerekend naar punten per euro, op plaats {place} "
                f"van {total}.",
                en=f"With {score.en} it stands, by points per euro, at place {place} of {total}.",
            )
        return LocalText(
            nl=f"Met {score.nl} staat het op plaats {place} van {total}.",
            en=f"With {score.en} it stands at place {place} of {total}.",
        )

    def _purse(self, project: Project, decision: Decision) -> LocalText:
        left, cost = self.money(int(decision.facts["left"])), self.money(project.cost)
        return LocalText(
            nl=f"Toen het aan de beurt was, was er {left.nl} over. Het idee kost {cost.nl}.",
            en=f"When its turn came, {left.en} was left. The project costs {cost.en}.",
        )

    def _lot(self, decision: Decision) -> LocalText:
        names = ", ".join(f"‘{self.titles[other]}’" for other in decision.tied_with)
        return LocalText(
            nl=f"Het staat precies gelijk met {names}. De loting bepaalde wie eerst kwam.",
            en=f"It stands exactly equal to {names}. The lot decided which came first.",
        )
