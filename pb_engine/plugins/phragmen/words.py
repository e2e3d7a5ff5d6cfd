"""Why, in plain Dutch and in English."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from pb_engine.api import (
    Decision,
    Election,
    Explanation,
    LocalText,
    Outcome,
    Project,
    projects_by_id,
)
from pb_engine.api.counting import Exact


def explain(election: Election, outcome: Outcome) -> Mapping[str, Explanation]:
    """Explain every decision of an outcome of ``phragmen``."""
    projects = projects_by_id(election.projects)
    words = _Words(election)
    return {d.project: words.explanation(projects[d.project], d) for d in outcome.decisions}


def _ballots(number: int) -> LocalText:
    if number == 1:
        return LocalText(nl="1 stem", en="1 vote")
    return LocalText(nl=f"{number} stemmen", en=f"{number} votes")


class _Words:
    def __init__(self, election: Election) -> None:
        self.election = election
        self.titles = {project.id: project.title or project.id for project in election.projects}

    def explanation(self, project: Project, decision: Decision) -> Explanation:
        sentence: LocalText = getattr(self, f"_{decision.reason}")(project, decision)
        steps = [self._moment(project, decision)] if "earned" in decision.facts else []
        if decision.tied_with:
            steps.append(self._lot(decision))
        return Explanation(sentence, tuple(steps))

    def money(self, amount: Exact) -> LocalText:
        """Write an exact amount, rounded to whole cents and then said to be about that much."""
        exact = Fraction(amount)
        rounded = int(exact + Fraction(1, 2))
        nl, en = self.election.money(rounded, "nl"), self.election.money(rounded, "en")
        if exact.denominator == 1:
            return LocalText(nl, en)
        return LocalText(f"ongeveer {nl}", f"about {en}")

    def _funded(self, project: Project, decision: Decision) -> LocalText:
        votes, cost = _ballots(decision.voters), self.money(project.cost)
        if not project.cost:
            return LocalText(
                nl="Dit idee gaat door: het kost niets en er is op gestemd.",
                en="This project goes ahead: it costs nothing and somebody voted for it.",
            )
        place = decision.facts["step"]
        return LocalText(
            nl=f"Dit idee krijgt geld: zijn {votes.nl} hadden als nummer {place} samen genoeg "
            f"gespaard voor {cost.nl}, en dat paste in het budget.",
            en=f"This project is funded: its {votes.en} were number {place} to have earned "
            f"{cost.en} together, and that fitted into the budget.",
        )

    def _does_not_fit(self, project: Project, decision: Decision) -> LocalText:
        cost, left = self.money(project.cost), self.money(decision.facts["left"])
        short = _ballots(int(decision.facts["votes_short"]))
        return LocalText(
            nl=f"Dit idee krijgt geen geld: het kost {cost.nl} en er was nog {left.nl} over toen "
            f"het aan de beurt was. Het kwam {short.nl} tekort.",
            en=f"This project is not funded: it costs {cost.en} and {left.en} was left when its "
            f"turn came. It was {short.en} short.",
        )

    def _after_the_end(self, project: Project, decision: Decision) -> LocalText:
        cost, saved = self.money(project.cost), self.money(decision.facts["saved"])
        short = _ballots(int(decision.facts["votes_short"]))
        return LocalText(
            nl="Dit idee krijgt geen geld: de telling stopte bij een idee dat eerder aan de beurt "
            f"was en niet meer paste. De stemmers hadden toen samen {saved.nl} van de {cost.nl} "
            f"gespaard. Het idee kwam {short.nl} tekort.",
            en="This project is not funded: the count ended at a project that came up earlier and "
            f"no longer fitted. Its supporters then had {saved.en} of {cost.en} together. It was "
            f"{short.en} short.",
        )

    def _no_supporters(self, _project: Project, decision: Decision) -> LocalText:
        short = _ballots(int(decision.facts["votes_short"]))
        return LocalText(
            nl=f"Dit idee krijgt geen geld: niemand stemde erop. Het kwam {short.nl} tekort.",
            en=f"This project is not funded: nobody voted for it. It was {short.en} short.",
        )

    def _over_budget(self, project: Project, _decision: Decision) -> LocalText:
        cost, budget = self.money(project.cost), self.money(self.election.budget)
        return LocalText(
            nl=f"Dit idee krijgt geen geld: het kost {cost.nl}. Dat is meer dan het hele budget "
            f"van {budget.nl}.",
            en=f"This project is not funded: it costs {cost.en}, more than the whole budget of "
            f"{budget.en}.",
        )

    def _moment(self, _project: Project, decision: Decision) -> LocalText:
        earned, left = self.money(decision.facts["earned"]), self.money(decision.facts["left"])
        return LocalText(
            nl=f"Elke stem had toen {earned.nl} gespaard. Van het budget was nog {left.nl} over.",
            en=f"Every ballot had then earned {earned.en}. Of the budget {left.en} was left.",
        )

    def _lot(self, decision: Decision) -> LocalText:
        names = ", ".join(f"‘{self.titles[other]}’" for other in decision.tied_with)
        return LocalText(
            nl=f"Op precies hetzelfde moment was er genoeg gespaard voor {names}. De loting "
            "bepaalde wie eerst kwam.",
            en=f"At exactly the same moment there was enough for {names}. The lot decided which "
            "came first.",
        )
