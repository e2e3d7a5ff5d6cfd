"""Sentences that explanations of all methods share, in plain Dutch (B1) and in English.

Parts of sentences are ``LocalText`` like whole ones: ``not_funded(did_not_fit(cost, left))``.  A
method adds its own parts where its reasons are its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from pb_engine.tallying import Decision, Election, Exact, Explanation, Outcome, Project
from pb_engine.units import LocalText

NOTHING = LocalText("", "")
"""A part that is left out."""

MOST_NAMES = 10
"""Titles in one sentence; more of them are counted."""


def joined(*parts: LocalText) -> LocalText:
    """Put sentences one after the other, with a space between them; empty ones are left out."""
    return LocalText(
        nl=" ".join(part.nl for part in parts if part.nl),
        en=" ".join(part.en for part in parts if part.en),
    )


def counted(number: int, one: LocalText, more: LocalText) -> LocalText:
    """Write a number and what it counts: ``1 stem``, ``14 stemmen``."""
    what = one if number == 1 else more
    return LocalText(f"{number} {what.nl}", f"{number} {what.en}")


def votes(number: int) -> LocalText:
    """Write a number of votes."""
    return counted(number, LocalText("stem", "vote"), LocalText("stemmen", "votes"))


def points(number: int) -> LocalText:
    """Write a number of points."""
    return counted(number, LocalText("punt", "point"), LocalText("punten", "points"))


def voters(number: int) -> LocalText:
    """Write a number of voters."""
    return counted(number, LocalText("stemmer", "voter"), LocalText("stemmers", "voters"))


@dataclass(frozen=True)
class Speaker:
    """Knows how amounts and titles of one election are written."""

    election: Election

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The title of every project, or its identifier where it has none."""
        return {project.id: project.title or project.id for project in self.election.projects}

    @property
    def budget(self) -> LocalText:
        """The whole budget."""
        return self.money(self.election.budget)

    def money(self, amount: Exact) -> LocalText:
        """Write an exact amount in the smallest unit; one that is not whole is *about* so much."""
        whole = amount if isinstance(amount, int) else int(Fraction(amount) + Fraction(1, 2))
        nl, en = self.election.money(whole, "nl"), self.election.money(whole, "en")
        if isinstance(amount, int) or Fraction(amount) == whole:
            return LocalText(nl, en)
        return LocalText(f"ongeveer {nl}", f"about {en}")

    def title(self, project: str) -> str:
        """Write the title of a project in quotation marks."""
        return f"‘{self.titles.get(project, project)}’"

    def names(self, projects: Sequence[str]) -> LocalText:
        """Write several titles; after ``MOST_NAMES`` of them, how many more there are."""
        listed = ", ".join(map(self.title, projects[:MOST_NAMES]))
        more = len(projects) - MOST_NAMES
        if more <= 0:
            return LocalText(listed, listed)
        return LocalText(f"{listed} en nog {more}", f"{listed} and {more} more")


def explained(
    election: Election, outcome: Outcome, write: Callable[[Project, Decision], Explanation]
) -> Mapping[str, Explanation]:
    """Explain every decision of an outcome, each with its project at hand."""
    projects = {project.id: project for project in election.projects}
    return {one.project: write(projects[one.project], one) for one in outcome.decisions}


def funded(because: LocalText) -> LocalText:
    """Say that a project gets its money, and why."""
    return LocalText(f"Dit idee krijgt geld: {because.nl}", f"This project is funded: {because.en}")


def not_funded(because: LocalText, short: LocalText = NOTHING) -> LocalText:
    """Say that a project gets no money, why, and what it lacked."""
    said = LocalText(
        f"Dit idee krijgt geen geld: {because.nl}", f"This project is not funded: {because.en}"
    )
    return joined(said, short)


def goes_ahead_for_free() -> LocalText:
    """Say, as a whole sentence, that a project costs nothing and has a supporter."""
    return LocalText(
        nl="Dit idee gaat door: het kost niets en er is op gestemd.",
        en="This project goes ahead: it costs nothing and somebody voted for it.",
    )


def fitted(score: LocalText, cost: LocalText) -> LocalText:
    """Because its cost fitted into the budget when its score gave it the turn."""
    return LocalText(
        nl=f"het kreeg {score.nl} en {cost.nl} paste in het budget.",
        en=f"it got {score.en} and {cost.en} fitted into the budget.",
    )


def over_budget(cost: LocalText, budget: LocalText) -> LocalText:
    """Because it is dearer than the whole budget."""
    return LocalText(
        nl=f"het kost {cost.nl}. Dat is meer dan het hele budget van {budget.nl}.",
        en=f"it costs {cost.en}, more than the whole budget of {budget.en}.",
    )


def did_not_fit(cost: LocalText, left: LocalText) -> LocalText:
    """Because it is dearer than what was left."""
    return LocalText(
        nl=f"het kost {cost.nl} en er was nog {left.nl} over.",
        en=f"it costs {cost.en} and {left.en} was left.",
    )


def did_not_fit_in_turn(cost: LocalText, left: LocalText) -> LocalText:
    """Because it is dearer than what was left when it came up."""
    return LocalText(
        nl=f"het kost {cost.nl} en er was nog {left.nl} over toen het aan de beurt was.",
        en=f"it costs {cost.en} and {left.en} was left when its turn came.",
    )


def count_had_ended() -> LocalText:
    """Because the count had ended before it came up."""
    return LocalText(
        nl="de telling stopte bij een idee dat eerder aan de beurt was en niet meer paste.",
        en="the count ended at a project that came up earlier and no longer fitted.",
    )


def list_had_ended() -> LocalText:
    """Because the list had ended before it."""
    return LocalText(
        nl="de lijst stopte bij een idee dat hoger staat en niet meer paste.",
        en="the list ended at a higher project that no longer fitted.",
    )


def below_threshold(got: LocalText, least: Exact) -> LocalText:
    """Because it got less than every project needs."""
    return LocalText(
        nl=f"het kreeg {got.nl} en er zijn er minstens {least} nodig.",
        en=f"it got {got.en} and at least {least} are needed.",
    )


def nobody_voted() -> LocalText:
    """Because no ballot marks it."""
    return LocalText(nl="niemand stemde erop.", en="nobody voted for it.")


def fell_short(short: LocalText) -> LocalText:
    """Say how much more it needed, as a further sentence."""
    return LocalText(nl=f"Het kwam {short.nl} tekort.", en=f"It was {short.en} short.")


def short_of_votes(decision: Decision, write: Callable[[int], LocalText] = votes) -> LocalText:
    """Say how many votes it needed by the fact ``votes_short``; nothing where there is none."""
    number = decision.facts.get("votes_short")
    return NOTHING if number is None else fell_short(write(int(number)))


def no_votes_would_help() -> LocalText:
    """Say that no number of votes would have helped, as a further sentence."""
    return LocalText(
        nl="Meer stemmen hadden dat niet veranderd.",
        en="More votes would not have changed that.",
    )


def stood_at(score: LocalText, place: Exact, among: int, by: LocalText = NOTHING) -> LocalText:
    """Say at which place of the list it stands; ``by`` names another measure than the score."""
    return LocalText(
        nl=f"Met {score.nl} staat het{f', gerekend naar {by.nl},' if by.nl else ''} op plaats "
        f"{place} van {among}.",
        en=f"With {score.en} it stands{f', by {by.en},' if by.en else ''} at place {place} of "
        f"{among}.",
    )


def when_its_turn_came(left: LocalText, cost: LocalText) -> LocalText:
    """Say what was left when its turn came, and what it costs."""
    return LocalText(
        nl=f"Toen het aan de beurt was, was er {left.nl} over. Het idee kost {cost.nl}.",
        en=f"When its turn came, {left.en} was left. The project costs {cost.en}.",
    )


EQUAL = LocalText("Het staat precies gelijk met", "It stands exactly equal to")


def decided_by_lot(names: LocalText, equal: LocalText = EQUAL) -> LocalText:
    """Say with which projects it was equal in what, and that the lot decided."""
    return LocalText(
        nl=f"{equal.nl} {names.nl}. De loting bepaalde wie eerst kwam.",
        en=f"{equal.en} {names.en}. The lot decided which came first.",
    )
