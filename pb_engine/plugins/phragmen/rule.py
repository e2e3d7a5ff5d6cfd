"""The rule ``phragmen``."""

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
from pb_engine.api.steps import UNWEIGHED, refuse_weights
from pb_engine.plugins.phragmen.race import race
from pb_engine.plugins.phragmen.settings import PhragmenSettings
from pb_engine.plugins.phragmen.trail import outcome_of
from pb_engine.plugins.phragmen.words import explain

CARD = Card(
    name="phragmen",
    version="1",
    label=LocalText(
        nl="Samen sparen (Phragmén)",
        en="Sequential Phragmén",
        de="Zusammen sparen (Phragmén)",
        tr="Birlikte biriktirme (Phragmén)",
        ar="الادخار معًا (فراغمين)",
        pl="Wspólne oszczędzanie (Phragmén)",
    ),
    summary=LocalText(
        nl="Alle stemmen sparen even snel. Zodra de stemmers van een idee samen genoeg hebben, "
        "krijgt het idee geld. Past een idee niet meer in het budget, dan stopt de telling.",
        en="All ballots earn at the same pace. As soon as the supporters of a project have enough "
        "together, it is funded. When a project no longer fits, the count ends.",
    ),
)


@dataclass(frozen=True, slots=True)
class Phragmen:
    """Sequential Phragmén with costs (Brill and others, 2017; Los, Christoff and Grossi, 2022).

    Every ballot earns money at the same pace.  A project is bought the moment its supporters have
    its cost together, and they pay all they have.  Equal moments fall by the lot.  The count ends
    at the first project that comes up and does not fit into what is left (``ending = "skip"``
    passes it over instead).  There is no other completion: money may be left.

    Projects without supporters and projects dearer than the whole budget take no part.  A project
    that costs nothing and has a supporter is bought at the very start.

    Reasons of a decision: ``funded``, ``does_not_fit``, ``after_the_end``, ``no_supporters``,
    ``over_budget``.  Facts: see ``trail.py``.
    """

    @property
    def card(self) -> Card:
        """The name plate."""
        return CARD

    @property
    def settings_schema(self) -> type[Schema]:
        """See ``PhragmenSettings``."""
        return PhragmenSettings

    @property
    def formats(self) -> frozenset[BallotFormat]:
        """Ballots that mark projects without a weight: the rule has no meaning for points."""
        return UNWEIGHED

    def tally(self, election: Election, settings: Settings) -> Outcome:
        """Count exactly.

        :raises TallyRefused: these ballots have weights, or the lot does not hold every project
            once.
        """
        refuse_weights(election, CARD.name)
        steps = list(race(election, settings))
        return outcome_of(CARD, election, steps, settings["ending"])

    def explain(
        self, election: Election, outcome: Outcome, settings: Settings
    ) -> Mapping[str, Explanation]:
        """Explain every project in one sentence and the steps behind it."""
        del settings
        return explain(election, outcome)
