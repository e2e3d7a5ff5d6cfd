"""The rule ``max_welfare``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from marshmallow import Schema

from pb_engine.api import (
    BallotFormat,
    Card,
    Election,
    Explanation,
    LocalText,
    Outcome,
    Settings,
)
from pb_engine.plugins.max_welfare.knapsack import best_worth
from pb_engine.plugins.max_welfare.offers import Offers
from pb_engine.plugins.max_welfare.settings import MaxWelfareSettings
from pb_engine.plugins.max_welfare.trail import decisions
from pb_engine.plugins.max_welfare.words import explain

CARD = Card(
    name="max_welfare",
    version="1",
    label=LocalText(
        nl="Beste combinatie",
        en="Maximum welfare",
        de="Beste Auswahl",
        tr="En iyi fikir grubu",
        ar="أفضل مجموعة",
        pl="Najlepszy zestaw",
    ),
    summary=LocalText(
        nl="Veel lijsten met ideeën passen in het budget. De lijst met de meeste steun "
        "krijgt geld.",
        en="Of all lists that fit into the budget, the one with the most support is funded.",
    ),
)


@dataclass(frozen=True, slots=True)
class MaxWelfare:
    """Maximum utilitarian welfare (Talmon and Faliszewski, 2019; Goel and others, 2019), exact.

    A list is worth the sum, over its projects and their supporters, of the utility in the
    settings; of all lists within the budget the one that is worth most is funded.  Of lists that
    are worth the same, the lot decides: the list wins that holds the earliest project in the lot
    that only one of them holds.  Nothing that has support would still fit, so no completion is
    needed.

    Projects without support are never funded, nor are those whose grades add up to less than 0.  A
    project that costs nothing and has support always is.

    Reasons of a decision: ``in_best_list``, ``in_no_best_list``, ``no_supporters``,
    ``over_budget``.  Facts: see ``trail.py``.
    """

    @property
    def card(self) -> Card:
        """The name plate."""
        return CARD

    @property
    def settings_schema(self) -> type[Schema]:
        """See ``MaxWelfareSettings``."""
        return MaxWelfareSettings

    @property
    def formats(self) -> frozenset[BallotFormat]:
        """Every format; points, grades and Borda points weigh the utility."""
        return frozenset(BallotFormat)

    def tally(self, election: Election, settings: Settings) -> Outcome:
        """Find the best list exactly.

        :raises TallyRefused: there are too many equally good combinations to look through, or the
            lot does not hold every project once.
        """
        offers = Offers.of(election, settings)
        best = best_worth(offers.eligible, offers.budget)
        chosen = sorted(offers.listed(best), key=lambda item: (-item.score, item.lot))
        return Outcome(
            method=CARD.name,
            version=CARD.version,
            selected=tuple(election.projects[item.at].id for item in chosen),
            decisions=decisions(election, offers, best, chosen),
            facts={
                "budget": offers.budget,
                "left": offers.budget - sum(item.cost for item in chosen),
                "welfare": best >> offers.shift,
            },
        )

    def explain(
        self, election: Election, outcome: Outcome, settings: Settings
    ) -> Mapping[str, Explanation]:
        """Explain every project in one sentence and the steps behind it."""
        return explain(election, outcome, settings)
