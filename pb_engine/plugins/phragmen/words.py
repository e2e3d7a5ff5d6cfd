"""Why, in plain Dutch and in English."""

from __future__ import annotations

from collections.abc import Mapping

from pb_engine.api import Decision, Election, Explanation, LocalText, Outcome, Project
from pb_engine.api import sentences as say

EQUAL = LocalText(
    "Op precies hetzelfde moment was er genoeg gespaard voor",
    "At exactly the same moment there was enough for",
)


def explain(election: Election, outcome: Outcome) -> Mapping[str, Explanation]:
    """Explain every decision of an outcome of ``phragmen``."""
    speaker = say.Speaker(election)

    def write(project: Project, decision: Decision) -> Explanation:
        steps = [_moment(decision, speaker)] if "earned" in decision.facts else []
        if decision.tied_with:
            steps.append(say.decided_by_lot(speaker.names(decision.tied_with), EQUAL))
        return Explanation(_sentence(project, decision, speaker), tuple(steps))

    return say.explained(election, outcome, write)


def _sentence(project: Project, decision: Decision, speaker: say.Speaker) -> LocalText:
    cost = speaker.money(project.cost)
    if decision.reason == "funded":
        return say.funded(_saved(cost, decision)) if project.cost else say.goes_ahead_for_free()
    left, saved = decision.facts.get("left", 0), decision.facts.get("saved", 0)
    because = {
        "over_budget": say.over_budget(cost, speaker.budget),
        "does_not_fit": say.did_not_fit_in_turn(cost, speaker.money(left)),
        "after_the_end": _stopped(cost, speaker.money(saved)),
        "no_supporters": say.nobody_voted(),
    }[decision.reason]
    return say.not_funded(because, say.short_of_votes(decision))


def _saved(cost: LocalText, decision: Decision) -> LocalText:
    votes, step = say.votes(decision.voters), decision.facts["step"]
    return LocalText(
        nl=f"zijn {votes.nl} hadden als nummer {step} samen genoeg gespaard voor {cost.nl}, en dat "
        "paste in het budget.",
        en=f"its {votes.en} were number {step} to have earned {cost.en} together, and that fitted "
        "into the budget.",
    )


def _stopped(cost: LocalText, saved: LocalText) -> LocalText:
    return say.joined(
        say.count_had_ended(),
        LocalText(
            nl=f"De stemmers hadden toen samen {saved.nl} van de {cost.nl} gespaard.",
            en=f"Its supporters then had {saved.en} of {cost.en} together.",
        ),
    )


def _moment(decision: Decision, speaker: say.Speaker) -> LocalText:
    earned, left = speaker.money(decision.facts["earned"]), speaker.money(decision.facts["left"])
    return LocalText(
        nl=f"Elke stem had toen {earned.nl} gespaard. Van het budget was nog {left.nl} over.",
        en=f"Every ballot had then earned {earned.en}. Of the budget {left.en} was left.",
    )
