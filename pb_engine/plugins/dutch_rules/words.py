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

NOT_FUNDED = LocalText(nl="Dit idee krijgt geen geld:", en="This project is not funded:")


def explain(election: Election, outcome: Outcome, settings: Settings) -> Mapping[str, Explanation]:
    """Explain every decision of an outcome of ``dutch_greedy``."""
    projects = projects_by_id(election.projects)
    words = _Words(election, settings)
    return {d.project: words.explanation(projects[d.project], d) for d in outcome.decisions}


def _plural(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


class _Words:
    def __init__(self, election: Election, settings: Settings) -> None:
        self.election = election
        self.settings = settings
        self.titles = {
            str(project.id): project.title or project.id for project in election.projects
        }
        self.points = election.profile.format in {BallotFormat.POINTS, BallotFormat.SCORE}

    def explanation(self, project: Project, decision: Decision) -> Explanation:
        said: LocalText = getattr(self, f"_{decision.reason}")(project, decision)
        if decision.reason == "funded":
            sentence = said
        else:
            short = self.short(decision)
            sentence = LocalText(
                nl=f"{NOT_FUNDED.nl} {said.nl}{short.nl}", en=f"{NOT_FUNDED.en} {said.en}{short.en}"
            )
        steps = [self._standing(decision), self._purse(project, decision)]
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

    def short(self, decision: Decision) -> LocalText:
        """Say how many votes were missing, as a further sentence."""
        if decision.reason == "over_budget":
            return LocalText("", "")
        number = decision.facts.get("votes_short")
        if number is None:
            return LocalText(
                nl=" Meer stemmen hadden dat niet veranderd.",
                en=" More votes would not have changed that.",
            )
        score = self.score(int(number))
        return LocalText(nl=f" Het kwam {score.nl} tekort.", en=f" It was {score.en} short.")

    def _funded(self, project: Project, decision: Decision) -> LocalText:
        score, cost = self.score(int(decision.facts["score"])), self.money(project.cost)
        if decision.facts["round"] == "first":
            group, percent = self.settings["first_group"], self.settings["first_percent"]
            return LocalText(
                nl=f"Dit idee krijgt geld: het kreeg {score.nl} en hoort bij ‘{group}’. Die groep "
                f"ging voor tot {percent} procent van het budget.",
                en=f"This project is funded: it got {score.en} and belongs to ‘{group}’, which "
                f"went first up to {percent} per cent of the budget.",
            )
        if decision.facts["round"] == "leftover":
            return LocalText(
                nl=f"Dit idee krijgt geld dat overbleef: het kreeg {score.nl} en {cost.nl} paste "
                "nog in de rest van het budget.",
                en=f"This project is funded from what was left: it got {score.en} and {cost.en} "
                "still fitted into the rest of the budget.",
            )
        return LocalText(
            nl=f"Dit idee krijgt geld: het kreeg {score.nl} en {cost.nl} paste in het budget.",
            en=f"This project is funded: it got {score.en} and {cost.en} fitted into the budget.",
        )

    def _over_budget(self, project: Project, _decision: Decision) -> LocalText:
        cost, budget = self.money(project.cost), self.money(self.election.budget)
        return LocalText(
            nl=f"het kost {cost.nl}. Dat is meer dan het hele budget van {budget.nl}.",
            en=f"it costs {cost.en}, more than the whole budget of {budget.en}.",
        )

    def _too_few_votes(self, _project: Project, decision: Decision) -> LocalText:
        least = decision.facts["least"]
        return LocalText(
            nl=f"het kreeg {_plural(decision.voters, 'stem', 'stemmen')} en er zijn er minstens "
            f"{least} nodig.",
            en=f"it got {_plural(decision.voters, 'vote', 'votes')} and at least {least} are "
            "needed.",
        )

    def _rival_funded(self, _project: Project, decision: Decision) -> LocalText:
        title = self._title(decision, "rival")
        return LocalText(
            nl=f"het gaat niet samen met ‘{title}’, en dat idee krijgt geld.",
            en=f"it cannot go together with ‘{title}’, and that project is funded.",
        )

    def _needs_another(self, _project: Project, decision: Decision) -> LocalText:
        title = self._title(decision, "needs")
        return LocalText(
            nl=f"het kan alleen samen met ‘{title}’, en dat idee krijgt geen geld.",
            en=f"it is only possible together with ‘{title}’, and that project is not funded.",
        )

    def _pot_empty(self, project: Project, decision: Decision) -> LocalText:
        group = self.settings["groups"][project.id]
        cost, left = self.money(project.cost), self.money(max(int(decision.facts["pot_left"]), 0))
        return LocalText(
            nl=f"het kost {cost.nl} en in de pot voor ‘{group}’ zat nog {left.nl}.",
            en=f"it costs {cost.en} and the pot for ‘{group}’ still held {left.en}.",
        )

    def _does_not_fit(self, project: Project, decision: Decision) -> LocalText:
        cost, left = self.money(project.cost), self.money(int(decision.facts["left"]))
        return LocalText(
            nl=f"het kost {cost.nl} en er was nog {left.nl} over.",
            en=f"it costs {cost.en} and {left.en} was left.",
        )

    def _after_the_end(self, _project: Project, _decision: Decision) -> LocalText:
        return LocalText(
            nl="de lijst stopte bij een idee dat hoger staat en niet meer paste.",
            en="the list ended at a higher project that no longer fitted.",
        )

    def _partly_funded(self, project: Project, decision: Decision) -> LocalText:
        cost, amount = self.money(project.cost), self.money(int(decision.facts["amount"]))
        return LocalText(
            nl=f"het kost {cost.nl} en dat was er niet meer. Het kan wel de laatste {amount.nl} "
            "krijgen, als de indieners het daarmee kunnen uitvoeren.",
            en=f"it costs {cost.en} and that was not left. It may have the last {amount.en}, if "
            "its makers can carry it out with that.",
        )

    def _title(self, decision: Decision, fact: str) -> str:
        project = str(decision.facts[fact])
        return self.titles.get(project, project)

    def _standing(self, decision: Decision) -> LocalText:
        score, place = self.score(int(decision.facts["score"])), decision.facts["place"]
        total = len(self.election.projects)
        by_cost = self.settings["order"] == "votes_per_euro"
        return LocalText(
            nl=f"Met {score.nl} staat het{', gerekend naar stemmen per euro,' if by_cost else ''} "
            f"op plaats {place} van {total}.",
            en=f"With {score.en} it stands{', by votes per euro,' if by_cost else ''} at place "
            f"{place} of {total}.",
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
