"""Cheapest first: pay the cheapest project that enough voters marked, then the next."""

from collections import Counter
from collections.abc import Mapping

from marshmallow import Schema

from pb_engine.api import (
    BallotFormat,
    Card,
    Decision,
    Election,
    Explanation,
    LocalText,
    Outcome,
    Profile,
    ProjectId,
    Settings,
    Verdict,
)
from pb_engine.api.setting import whole_number
from pb_example_rule.words import explanation


class CheapestFirstSettings(Schema):
    """``minimum_voters``: fewest voters that a project needs."""

    minimum_voters = whole_number(1)


class CheapestFirst:
    """The cheapest projects first, as long as the next one fits."""

    card = Card(
        name="cheapest_first",
        version="1",
        label=LocalText("Goedkoopste eerst", "Cheapest first"),
        summary=LocalText(
            "Plannen met genoeg stemmers krijgen geld, het goedkoopste eerst.",
            "Projects with enough voters get money, the cheapest first.",
        ),
    )
    settings_schema = CheapestFirstSettings
    formats = frozenset({BallotFormat.SINGLE, BallotFormat.APPROVAL, BallotFormat.BASKET})

    def tally(self, election: Election, settings: Settings) -> Outcome:
        """Decide about every project once, from cheap to dear; the lot settles equal costs."""
        voters = voters_of(election.profile)
        lot = {project: place for place, project in enumerate(election.lot)}
        left: int = election.budget
        decisions = []
        for project in sorted(election.projects, key=lambda p: (p.cost, lot[p.id])):
            needed = settings["minimum_voters"] - voters[project.id]
            if needed > 0:
                verdict, reason, facts = Verdict.NOT_FUNDED, "too_few_voters", {"needed": needed}
            elif project.cost > left:
                short = project.cost - left
                verdict, reason, facts = Verdict.NOT_FUNDED, "no_money", {"short": short}
            else:
                left -= project.cost
                verdict, reason, facts = Verdict.FUNDED, "cheap_enough", {"left": left}
            decisions.append(Decision(project.id, verdict, reason, voters[project.id], facts))
        return Outcome(
            method=self.card.name,
            version=self.card.version,
            selected=tuple(d.project for d in decisions if d.verdict is Verdict.FUNDED),
            decisions=tuple(decisions),
        )

    def explain(
        self, election: Election, outcome: Outcome, settings: Settings
    ) -> Mapping[str, Explanation]:
        """Put the reason of every decision in a sentence."""
        return {decision.project: explanation(decision) for decision in outcome.decisions}


def voters_of(profile: Profile) -> Counter[ProjectId]:
    """Count how many ballots mark each project."""
    voters: Counter[ProjectId] = Counter()
    for ballot, times in profile.groups:
        for project in ballot.projects:
            voters[project] += times
    return voters
