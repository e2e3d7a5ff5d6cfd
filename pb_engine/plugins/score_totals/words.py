"""Why, in plain Dutch and in English."""

from __future__ import annotations

from collections.abc import Mapping

from pb_engine.api import Decision, Election, Explanation, LocalText, Outcome, Project, Settings
from pb_engine.api import sentences as say


def explain(election: Election, outcome: Outcome, settings: Settings) -> Mapping[str, Explanation]:
    """Explain every decision of an outcome of ``score_totals``."""
    speaker = say.Speaker(election)

    def write(project: Project, decision: Decision) -> Explanation:
        facts, cost = decision.facts, speaker.money(project.cost)
        total, left = say.points(int(facts["total"])), speaker.money(facts["left"])
        because = {
            "funded": say.fitted(total, cost),
            "over_budget": say.over_budget(cost, speaker.budget),
            "does_not_fit": say.did_not_fit(cost, left),
            "after_the_end": say.list_had_ended(),
            "too_few_points": say.below_threshold(total, settings["minimum_points"]),
        }[decision.reason]
        steps = [
            say.stood_at(total, facts["place"], len(election.projects), _measure(settings)),
            say.when_its_turn_came(left, cost),
        ]
        if decision.tied_with:
            steps.append(say.decided_by_lot(speaker.names(decision.tied_with)))
        if decision.reason == "funded":
            return Explanation(say.funded(because), tuple(steps))
        return Explanation(say.not_funded(because, _short(decision)), tuple(steps))

    return say.explained(election, outcome, write)


def _measure(settings: Settings) -> LocalText:
    if settings["order"] == "total_per_cost":
        return LocalText("punten per euro", "points per euro")
    return say.NOTHING


def _short(decision: Decision) -> LocalText:
    if "points_short" not in decision.facts:
        return say.NOTHING
    return say.fell_short(say.points(int(decision.facts["points_short"])))
