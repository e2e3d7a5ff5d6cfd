"""The rule ``equal_shares``."""

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
from pb_engine.plugins.equal_shares.completion import count
from pb_engine.plugins.equal_shares.market import Market
from pb_engine.plugins.equal_shares.settings import EqualSharesSettings
from pb_engine.plugins.equal_shares.trail import decisions, facts

CARD = Card(
    name="equal_shares",
    version="1",
    label=LocalText(
        nl="Gelijke delen",
        en="Method of Equal Shares",
        de="Gleiche Anteile",
        tr="Eşit paylar",
        ar="حصص متساوية",
        pl="Równe udziały",
    ),
    summary=LocalText(
        nl="Elke stem krijgt een gelijk deel van het budget. Wie een idee steunt, betaalt eraan "
        "mee. Een idee krijgt geld als zijn stemmers het samen kunnen betalen.",
        en="Every ballot gets an equal share of the budget. Supporters of a project pay for it "
        "together; a project is funded when its supporters can afford it.",
    ),
)


@dataclass(frozen=True, slots=True)
class EqualShares:
    """The Method of Equal Shares (Peters, Pierczyński and Skowron, NeurIPS 2021), exact.

    Every ballot starts with the same endowment.  Again and again the project is bought that asks
    the lowest price per utility from its supporters, where nobody pays more than they have left.
    Equal prices fall by the lot.  What is left over is completed as the settings say.

    A project that costs nothing and has a supporter is funded first; blank ballots get a share
    like all others and spend it on nothing.  Without any ballot nothing is funded.

    Reasons of a decision: ``shares`` (bought by its supporters), ``free``, ``completion`` (added
    by the greedy completion), ``preferred`` (in the greedy outcome, which the comparison kept),
    ``supporters_short``, ``no_room``, ``no_supporters``, ``over_budget``.  Facts: see ``trail.py``.
    """

    @property
    def card(self) -> Card:
        """The name plate."""
        return CARD

    @property
    def settings_schema(self) -> type[Schema]:
        """See ``EqualSharesSettings``."""
        return EqualSharesSettings

    @property
    def formats(self) -> frozenset[BallotFormat]:
        """Every format; points, grades and Borda points weigh the utility."""
        return frozenset(BallotFormat)

    def tally(self, election: Election, settings: Settings) -> Outcome:
        """Count exactly.

        :raises TallyRefused: the lot does not hold every project once.
        """
        market = Market.of(election, settings)
        completed = count(market, settings)
        ids = [project.id for project in election.projects]
        selected = completed.selected if completed else ()
        funded = (*market.free, *selected) if completed else ()
        return Outcome(
            method=CARD.name,
            version=CARD.version,
            selected=tuple(ids[at] for at in funded),
            decisions=decisions(market, completed),
            facts=facts(market, completed),
        )

    def explain(
        self, election: Election, outcome: Outcome, settings: Settings
    ) -> Mapping[str, Explanation]:
        """Explain every project in one sentence and the steps behind it."""
        from pb_engine.plugins.equal_shares.words import explain

        return explain(election, outcome, settings)
