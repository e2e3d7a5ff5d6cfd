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
    """Explain every decision of an outcome of ``majority_judgement``."""
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

    def explanation(self, project: Project, decision: Decision) -> Explanation:
        sentence = getattr(self, f"_{decision.reason}")(project, decision)
        steps = [self._standing(decision), self._purse(project, decision)]
        if decision.tied_with:
            steps.append(self._lot(decision))
        return Explanation(sentence, tuple(steps))

    def short(self, decision: Decision) -> LocalText:
        """Say how many ballots were missing, if that can be said."""
        number = decision.facts.get("ballots_short")
        if number is None:
            return LocalText(
                nl="Ook met alleen hoogste cijfers had het geen geld gekregen.",
                en="Not even the highest grade on every ballot would have been enough.",
            )
        voters = _plural(int(number), "stemmer", "stemmers")
        return LocalText(
            nl=f"Met het hoogste cijfer van nog {voters} had het wel geld gekregen.",
            en="The highest grade from "
            f"{_plural(int(number), 'more voter', 'more voters')} would have been enough.",
        )

    def money(self, amount: int) -> LocalText:
        """Write an amount."""
        return LocalText(self.election.money(amount, "nl"), self.election.money(amount, "en"))

    def _funded(self, project: Project, decision: Decision) -> LocalText:
        grade, cost = decision.facts["grade"], self.money(project.cost)
        return LocalText(
            nl=f"Dit idee krijgt geld: minstens de helft van de stemmers gaf het een {grade} of "
            f"hoger, en {cost.nl} paste in het budget.",
            en=f"This project is funded: at least half of the voters gave it {grade} or more, and "
            f"{cost.en} fitted into the budget.",
        )

    def _does_not_fit(self, project: Project, decision: Decision) -> LocalText:
        short = self.short(decision)
        cost, left = self.money(project.cost), self.money(int(decision.facts["left"]))
        return LocalText(
            nl=f"Dit idee krijgt geen geld: het kost {cost.nl} en er was nog {left.nl} over. "
            f"{short.nl}",
            en=f"This project is not funded: it costs {cost.en} and {left.en} was left. {short.en}",
        )

    def _after_the_end(self, _project: Project, decision: Decision) -> LocalText:
        short = self.short(decision)
        return LocalText(
            nl="Dit idee krijgt geen geld: de lijst stopte bij een idee dat hoger staat en niet "
            f"meer paste. {short.nl}",
            en="This project is not funded: the list ended at a higher project that no longer "
            f"fitted. {short.en}",
        )

    def _over_budget(self, project: Project, _decision: Decision) -> LocalText:
        cost, budget = self.money(project.cost), self.money(self.election.budget)
        return LocalText(
            nl=f"Dit idee krijgt geen geld: het kost {cost.nl}. Dat is meer dan het hele budget "
            f"van {budget.nl}.",
            en=f"This project is not funded: it costs {cost.en}, more than the whole budget of "
            f"{budget.en}.",
        )

    def _too_low_a_grade(self, _project: Project, decision: Decision) -> LocalText:
        grade, least = decision.facts["grade"], self.settings["minimum_grade"]
        short = self.short(decision)
        return LocalText(
            nl=f"Dit idee krijgt geen geld: het meerderheidscijfer is {grade} en moet minstens "
            f"{least} zijn. {short.nl}",
            en=f"This project is not funded: its majority grade is {grade} and has to be at least "
            f"{least}. {short.en}",
        )

    def _standing(self, decision: Decision) -> LocalText:
        grade, place = decision.facts["grade"], decision.facts["place"]
        better, worse = (int(decision.facts[key]) for key in ("better", "worse"))
        total = len(self.election.projects)
        return LocalText(
            nl=f"Het meerderheidscijfer is {grade}: {better} gaven meer en {worse} gaven minder. "
            f"Het staat op plaats {place} van {total}.",
            en=f"Its majority grade is {grade}: {better} gave more and {worse} gave less. It "
            f"stands at place {place} of {total}.",
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
            nl=f"Het kreeg precies dezelfde cijfers als {names}. De loting bepaalde wie eerst "
            "kwam.",
            en=f"It got exactly the same grades as {names}. The lot decided which came first.",
        )
