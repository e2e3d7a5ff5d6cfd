"""Why, in plain Dutch and in English."""

from __future__ import annotations

from collections.abc import Mapping

from pb_engine.api import Decision, Election, Explanation, LocalText, Outcome, Project, Settings
from pb_engine.api import sentences as say
from pb_engine.api.counting import Exact

SAME_GRADES = LocalText(
    "Het kreeg precies dezelfde cijfers als", "It got exactly the same grades as"
)


def explain(election: Election, outcome: Outcome, settings: Settings) -> Mapping[str, Explanation]:
    """Explain every decision of an outcome of ``majority_judgement``."""
    speaker = say.Speaker(election)

    def write(project: Project, decision: Decision) -> Explanation:
        cost, left = speaker.money(project.cost), speaker.money(decision.facts["left"])
        grade = decision.facts["grade"]
        because = {
            "funded": _reached(grade, cost),
            "over_budget": say.over_budget(cost, speaker.budget),
            "does_not_fit": say.did_not_fit(cost, left),
            "after_the_end": say.list_had_ended(),
            "too_low_a_grade": _too_low(grade, settings["minimum_grade"]),
        }[decision.reason]
        steps = [_standing(decision, len(election.projects)), say.when_its_turn_came(left, cost)]
        if decision.tied_with:
            steps.append(say.decided_by_lot(speaker.names(decision.tied_with), SAME_GRADES))
        if decision.reason == "funded":
            return Explanation(say.funded(because), tuple(steps))
        return Explanation(say.not_funded(because, _short(decision)), tuple(steps))

    return say.explained(election, outcome, write)


def _reached(grade: Exact, cost: LocalText) -> LocalText:
    return LocalText(
        nl=f"minstens de helft van de stemmers gaf het een {grade} of hoger, en {cost.nl} paste in "
        "het budget.",
        en=f"at least half of the voters gave it {grade} or more, and {cost.en} fitted into the "
        "budget.",
    )


def _too_low(grade: Exact, least: int) -> LocalText:
    return LocalText(
        nl=f"het meerderheidscijfer is {grade} en moet minstens {least} zijn.",
        en=f"its majority grade is {grade} and has to be at least {least}.",
    )


def _short(decision: Decision) -> LocalText:
    if decision.reason == "over_budget":
        return say.NOTHING
    number = decision.facts.get("ballots_short")
    if number is None:
        return LocalText(
            nl="Ook met alleen hoogste cijfers had het geen geld gekregen.",
            en="Not even the highest grade on every ballot would have been enough.",
        )
    voters = say.voters(int(number))
    more = "voter" if number == 1 else "voters"
    return LocalText(
        nl=f"Met het hoogste cijfer van nog {voters.nl} had het wel geld gekregen.",
        en=f"The highest grade from {number} more {more} would have been enough.",
    )


def _standing(decision: Decision, among: int) -> LocalText:
    grade, place = decision.facts["grade"], decision.facts["place"]
    better, worse = decision.facts["better"], decision.facts["worse"]
    return LocalText(
        nl=f"Het meerderheidscijfer is {grade}: {better} gaven meer en {worse} gaven minder. "
        f"Het staat op plaats {place} van {among}.",
        en=f"Its majority grade is {grade}: {better} gave more and {worse} gave less. It "
        f"stands at place {place} of {among}.",
    )
