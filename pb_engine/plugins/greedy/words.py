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
    """Explain every decision of an outcome of ``greedy``."""
    projects = projects_by_id(election.projects)
    words = _Words(election, settings, int(outcome.facts["least_votes"]))
    return {d.project: words.explanation(projects[d.project], d) for d in outcome.decisions}


def _plural(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


class _Words:
    def __init__(self, election: Election, settings: Settings, least_votes: int) -> None:
        self.least_votes = least_votes
        self.election = election
        self.settings = settings
        self.titles: dict[str, str] = {p.id: p.title or p.id for p in election.projects}
        weighed = {BallotFormat.POINTS, BallotFormat.SCORE, BallotFormat.RANKING}
        self.points = settings["by"] == "score" and election.profile.format in weighed

    def explanation(self, project: Project, decision: Decision) -> Explanation:
        sentence = getattr(self, f"_{decision.reason}")(project, decision)
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

    def _funded(self, project: Project, decision: Decision) -> LocalText:
        score, cost = self.score(int(decision.facts["score"])), self.money(project.cost)
        return LocalText(
            nl=f"Dit idee krijgt geld: het kreeg {score.nl} en {cost.nl} paste in het budget.",
            en=f"This project is funded: it got {score.en} and {cost.en} fitted into the budget.",
        )

    def _does_not_fit(self, project: Project, decision: Decision) -> LocalText:
        short = self._short(decision)
        cost, left = self.money(project.cost), self.money(int(decision.facts["left"]))
        return LocalText(
            nl=f"Dit idee krijgt geen geld: het kost {cost.nl} en er was nog {left.nl} over."
            f"{short.nl}",
            en=f"This project is not funded: it costs {cost.en} and {left.en} was left.{short.en}",
        )

    def _leftover(self, project: Project, _decision: Decision) -> LocalText:
        cost = self.money(project.cost)
        return LocalText(
            nl=f"Dit idee krijgt geld uit wat overbleef: {cost.nl}. Het maximum voor de groep gold "
            "toen niet meer.",
            en=f"This project is funded from what was left: {cost.en}. The ceiling of its group no "
            "longer applied.",
        )

    def _partly_funded(self, project: Project, decision: Decision) -> LocalText:
        cost, granted = self.money(project.cost), self.money(int(decision.facts["left"]))
        return LocalText(
            nl=f"Dit idee krijgt een deel van het geld: {granted.nl} van de {cost.nl}. Dat was wat "
            "er overbleef.",
            en=f"This project gets a part of its money: {granted.en} of {cost.en}. That was what "
            "was left.",
        )

    def _ceiling(self, project: Project, decision: Decision) -> LocalText:
        cost, left = self.money(project.cost), self.money(int(decision.facts["left"]))
        name, short = decision.facts["because"], self._short(decision)
        return LocalText(
            nl=f"Dit idee krijgt geen geld: het kost {cost.nl}, en voor ‘{name}’ was er nog "
            f"{left.nl}.{short.nl}",
            en=f"This project is not funded: it costs {cost.en}, and {left.en} was left for "
            f"‘{name}’.{short.en}",
        )

    def _excluded(self, _project: Project, decision: Decision) -> LocalText:
        other, short = self.titles[str(decision.facts["because"])], self._short(decision)
        return LocalText(
            nl=f"Dit idee krijgt geen geld: ‘{other}’ gaat door en ze kunnen niet allebei."
            f"{short.nl}",
            en=f"This project is not funded: ‘{other}’ goes ahead, and they exclude each other."
            f"{short.en}",
        )

    def _needs_another(self, _project: Project, decision: Decision) -> LocalText:
        needed = str(decision.facts["because"])
        other = self.titles.get(needed, needed)
        return LocalText(
            nl=f"Dit idee krijgt geen geld: het kan alleen samen met ‘{other}’, en dat had nog "
            "geen geld.",
            en=f"This project is not funded: it only works with ‘{other}’, which was not funded "
            "before it.",
        )

    def _short(self, decision: Decision) -> LocalText:
        if "votes_short" not in decision.facts:
            return LocalText(nl="", en="")
        short = self.score(int(decision.facts["votes_short"]))
        return LocalText(nl=f" Het kwam {short.nl} tekort.", en=f" It was {short.en} short.")

    def _after_the_end(self, _project: Project, decision: Decision) -> LocalText:
        short = self._short(decision)
        return LocalText(
            nl="Dit idee krijgt geen geld: de lijst stopte bij een idee dat hoger staat en niet "
            f"meer paste.{short.nl}",
            en="This project is not funded: the list ended at a higher project that no longer "
            f"fitted.{short.en}",
        )

    def _over_budget(self, project: Project, _decision: Decision) -> LocalText:
        cost, budget = self.money(project.cost), self.money(self.election.budget)
        return LocalText(
            nl=f"Dit idee krijgt geen geld: het kost {cost.nl}. Dat is meer dan het hele budget "
            f"van {budget.nl}.",
            en=f"This project is not funded: it costs {cost.en}, more than the whole budget of "
            f"{budget.en}.",
        )

    def _too_few_votes(self, _project: Project, decision: Decision) -> LocalText:
        least = self.least_votes
        voters_nl = _plural(decision.voters, "stem", "stemmen")
        voters_en = _plural(decision.voters, "vote", "votes")
        return LocalText(
            nl=f"Dit idee krijgt geen geld: het kreeg {voters_nl} en er zijn er minstens {least} "
            "nodig.",
            en=f"This project is not funded: it got {voters_en} and at least {least} are needed.",
        )

    def _standing(self, decision: Decision) -> LocalText:
        score, place = self.score(int(decision.facts["score"])), decision.facts["place"]
        total = len(self.election.projects)
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
        score = self.score(int(decision.facts["score"]))
        return LocalText(
            nl=f"Even veel: {score.nl}, net als {names}. De loting bepaalde wie eerst kwam.",
            en=f"Equal: {score.en}, just like {names}. The lot decided which came first.",
        )
