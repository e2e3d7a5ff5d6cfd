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
    Settings,
    projects_by_id,
)
from pb_engine.api.counting import Exact
from pb_engine.plugins.equal_shares.lacking import lacked, sentences
from pb_engine.plugins.equal_shares.searching import Short


def explain(election: Election, outcome: Outcome, settings: Settings) -> Mapping[str, Explanation]:
    """Explain every decision of an outcome of ``equal_shares``.

    Where the election is small enough, projects that were not funded hear how many more ballots
    they needed: that is counted here, from the ballots of ``election``.
    """
    projects = projects_by_id(election.projects)
    words = _Words(election, outcome, lacked(election, outcome, settings))
    return {d.project: words.explanation(projects[d.project], d) for d in outcome.decisions}


def _people(number: int) -> LocalText:
    if number == 1:
        return LocalText(nl="1 stemmer", en="1 voter")
    return LocalText(nl=f"{number} stemmers", en=f"{number} voters")


class _Words:
    def __init__(self, election: Election, outcome: Outcome, short: Mapping[str, Short]) -> None:
        self.election = election
        self.places = {project.id: at for at, project in enumerate(election.projects)}
        self.short = short
        self.facts = outcome.facts
        self.titles = {
            str(project.id): project.title or project.id for project in election.projects
        }

    def explanation(self, project: Project, decision: Decision) -> Explanation:
        sentence: LocalText = getattr(self, f"_{decision.reason}")(project, decision)
        steps = self._compared() if "kept" in self.facts else []
        if "endowment" in self.facts and self.facts.get("kept") != "greedy":
            steps.append(self._share())
        if decision.reason == "shares":
            steps += self._payment(decision)
        if "spent_1" in decision.facts:
            steps.append(self._spent(decision))
        if project.id in self.short:
            steps += sentences(self.short[project.id], self.places[project.id], self.money)
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

    def _shares(self, project: Project, decision: Decision) -> LocalText:
        people, cost = _people(decision.voters), self.money(project.cost)
        one = decision.voters == 1
        if "unpaid" in decision.facts:
            paid = self.money(str(project.cost - Fraction(decision.facts["unpaid"])))
            return LocalText(
                nl=f"Dit idee krijgt geld: {people.nl} {'steunt' if one else 'steunen'} het en "
                f"{'betaalde' if one else 'betaalden samen'} {paid.nl} van de {cost.nl} uit hun "
                "deel van het budget.",
                en=f"This project is funded: {people.en} {'supports' if one else 'support'} it and "
                f"paid {paid.en} of the {cost.en}{'' if one else ' together'} out of their share "
                "of the budget.",
            )
        return LocalText(
            nl=f"Dit idee krijgt geld: {people.nl} {'steunt' if one else 'steunen'} het en "
            f"{'kon' if one else 'konden samen'} {cost.nl} betalen uit hun deel van het budget.",
            en=f"This project is funded: {people.en} {'supports' if one else 'support'} it and "
            f"could pay {cost.en}{'' if one else ' together'} out of their share of the budget.",
        )

    def _free(self, _project: Project, _decision: Decision) -> LocalText:
        return LocalText(
            nl="Dit idee gaat door: het kost niets en er is op gestemd.",
            en="This project goes ahead: it costs nothing and somebody voted for it.",
        )

    def _completion(self, project: Project, decision: Decision) -> LocalText:
        cost, left = self.money(project.cost), self.money(decision.facts["left"])
        people = _people(decision.voters)
        return LocalText(
            nl=f"Dit idee krijgt geld dat overbleef: er was nog {left.nl}, het idee kost {cost.nl} "
            f"en had met {people.nl} de meeste steun van wat nog paste.",
            en=f"This project is funded from what was left: {left.en} was left, it costs {cost.en} "
            f"and had, with {people.en}, most support among those that still fitted.",
        )

    def _supporters_short(self, project: Project, decision: Decision) -> LocalText:
        carried = decision.facts["could_carry"]
        cost, could = self.money(project.cost), self.money(carried)
        short = self.money(str(Fraction(project.cost) - Fraction(carried)))
        people = _people(decision.voters)
        return LocalText(
            nl=f"Dit idee krijgt geen geld: het kost {cost.nl}. De steun van {people.nl} was "
            f"samen nog {could.nl} waard. Dat is {short.nl} te weinig.",
            en=f"This project is not funded: it costs {cost.en}. The support of {people.en} was "
            f"worth {could.en} together. That is {short.en} too little.",
        )

    def _preferred(self, project: Project, decision: Decision) -> LocalText:
        cost, people = self.money(project.cost), _people(decision.voters)
        return LocalText(
            nl=f"Dit idee krijgt geld: meer stemmers hebben liever de uitslag met de meeste "
            f"stemmen eerst, en daarin past het met {people.nl} en {cost.nl}.",
            en=f"This project is funded: more voters prefer the outcome by most votes first, and "
            f"in that it fits, with {people.en} and {cost.en}.",
        )

    def _no_room(self, project: Project, decision: Decision) -> LocalText:
        cost, left = self.money(project.cost), self.money(decision.facts["left"])
        return LocalText(
            nl=f"Dit idee krijgt geen geld: het kost {cost.nl} en er was nog {left.nl} over.",
            en=f"This project is not funded: it costs {cost.en} and {left.en} was left.",
        )

    def _compared(self) -> list[LocalText]:
        shares, greedy = (
            _people(int(self.facts[key])) for key in ("prefer_shares", "prefer_greedy")
        )
        kept = self.facts["kept"] == "greedy"
        return [
            LocalText(
                nl=f"De uitslag is vergeleken met die van de meeste stemmen eerst: {shares.nl} "
                f"kiezen liever voor gelijke delen en {greedy.nl} voor de meeste stemmen. Daarom "
                f"geldt de uitslag met {'de meeste stemmen' if kept else 'gelijke delen'}.",
                en=f"The outcome was compared with that of most votes first: {shares.en} prefer "
                f"equal shares and {greedy.en} most votes. So the outcome by "
                f"{'most votes' if kept else 'equal shares'} is kept.",
            )
        ]

    def _spent(self, decision: Decision) -> LocalText:
        pairs = [
            (self.titles[str(decision.facts[f"spent_on_{at}"])], decision.facts[f"spent_{at}"])
            for at in (1, 2, 3)
            if f"spent_{at}" in decision.facts
        ]
        amounts = [(self.money(amount), title) for title, amount in pairs]
        return LocalText(
            nl="Het meeste geld van deze stemmers ging naar "
            + "; ".join(f"‘{title}’ ({money.nl})" for money, title in amounts)
            + ".",
            en="Most of the money of these voters went to "
            + "; ".join(f"‘{title}’ ({money.en})" for money, title in amounts)
            + ".",
        )

    def _no_supporters(self, _project: Project, _decision: Decision) -> LocalText:
        return LocalText(
            nl="Dit idee krijgt geen geld: niemand stemde erop.",
            en="This project is not funded: nobody voted for it.",
        )

    def _over_budget(self, project: Project, _decision: Decision) -> LocalText:
        cost, budget = self.money(project.cost), self.money(self.election.budget)
        return LocalText(
            nl=f"Dit idee krijgt geen geld: het kost {cost.nl}. Dat is meer dan het hele budget "
            f"van {budget.nl}.",
            en=f"This project is not funded: it costs {cost.en}, more than the whole budget of "
            f"{budget.en}.",
        )

    def _share(self) -> LocalText:
        share, endowment = self.money(self.facts["share"]), self.money(self.facts["endowment"])
        if self.facts["share"] == self.facts["endowment"]:
            return LocalText(
                nl=f"Elke stem kon {share.nl} uitgeven: een gelijk deel van het budget.",
                en=f"Every ballot could spend {share.en}: an equal share of the budget.",
            )
        return LocalText(
            nl=f"Een gelijk deel van het budget is {share.nl} per stem. Omdat stemmers geld "
            f"overhielden, rekende de telling met {endowment.nl} per stem.",
            en=f"An equal share of the budget is {share.en} per ballot. Because voters had money "
            f"left, the count used {endowment.en} per ballot.",
        )

    def _payment(self, decision: Decision) -> list[LocalText]:
        price, step = self.money(decision.facts["price"]), decision.facts["step"]
        full, rest = (int(decision.facts[key]) for key in ("paid_in_full", "paid_the_rest"))
        steps = [
            LocalText(
                nl=f"Het was aankoop {step}: {price.nl} per stem, betaald door {_people(full).nl}.",
                en=f"It was purchase {step}: {price.en} per ballot, paid by {_people(full).en}.",
            )
        ]
        if "unpaid" in decision.facts:
            unpaid = self.money(decision.facts["unpaid"])
            steps.append(
                LocalText(
                    nl=f"Samen kwamen zij {unpaid.nl} tekort. Dat hadden anderen over.",
                    en=f"Together they were {unpaid.en} short; others left that unspent.",
                )
            )
        if rest:
            had = "had minder over en gaf" if rest == 1 else "hadden minder over en gaven"
            steps.append(
                LocalText(
                    nl=f"Nog {_people(rest).nl} {had} alles wat er nog was.",
                    en=f"{_people(rest).en} more had less left and gave all of it.",
                )
            )
        return steps

    def _lot(self, decision: Decision) -> LocalText:
        names = ", ".join(f"‘{self.titles[other]}’" for other in decision.tied_with)
        return LocalText(
            nl=f"De prijs was precies gelijk aan die van {names}. De loting bepaalde wie "
            "eerst kwam.",
            en=f"The price was exactly that of {names}. The lot decided which came first.",
        )
