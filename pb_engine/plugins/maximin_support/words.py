"""Why, in plain Dutch and in English."""

from __future__ import annotations

from collections.abc import Mapping

from pb_engine.api import Decision, Election, Explanation, LocalText, Outcome, Project
from pb_engine.api import sentences as say

EQUAL = LocalText(
    "De kosten waren precies even eerlijk te delen met",
    "The costs could be shared exactly as evenly with",
)


def explain(election: Election, outcome: Outcome) -> Mapping[str, Explanation]:
    """Explain every decision of an outcome of ``maximin_support``."""
    speaker = say.Speaker(election)

    def write(project: Project, decision: Decision) -> Explanation:
        steps = [_moment(decision, speaker)] if "load" in decision.facts else []
        if decision.tied_with:
            steps.append(say.decided_by_lot(speaker.names(decision.tied_with), EQUAL))
        return Explanation(_sentence(project, decision, speaker), tuple(steps))

    return say.explained(election, outcome, write)


def _sentence(project: Project, decision: Decision, speaker: say.Speaker) -> LocalText:
    cost = speaker.money(project.cost)
    if decision.reason == "funded":
        return say.funded(_shared(cost, decision)) if project.cost else say.goes_ahead_for_free()
    because = {
        "over_budget": say.over_budget(cost, speaker.budget),
        "does_not_fit": say.did_not_fit_in_turn(cost, speaker.money(decision.facts.get("left", 0))),
        "after_the_end": say.count_had_ended(),
        "no_supporters": say.nobody_voted(),
    }[decision.reason]
    return say.not_funded(because, say.short_of_votes(decision))


def _shared(cost: LocalText, decision: Decision) -> LocalText:
    votes = say.votes(decision.voters)
    return LocalText(
        nl=f"{cost.nl} was eerlijk te verdelen over de {votes.nl} die het kreeg, en dat paste in "
        "het budget.",
        en=f"{cost.en} could be shared fairly by the {votes.en} that it got, and that fitted into "
        "the budget.",
    )


def _moment(decision: Decision, speaker: say.Speaker) -> LocalText:
    step = decision.facts["step"]
    load, left = speaker.money(decision.facts["load"]), speaker.money(decision.facts["left"])
    return LocalText(
        nl=f"Het kwam als nummer {step} aan de beurt. Met dit idee erbij draagt geen enkele "
        f"stem meer dan {load.nl}. Van het budget was nog {left.nl} over.",
        en=f"It came up as number {step}. With this project too, no ballot carries more than "
        f"{load.en}. Of the budget {left.en} was left.",
    )
