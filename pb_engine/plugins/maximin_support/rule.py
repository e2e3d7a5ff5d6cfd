"""The rule ``maximin_support``."""

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
from pb_engine.plugins.maximin_support.rounds import rounds
from pb_engine.plugins.maximin_support.settings import MaximinSupportSettings
from pb_engine.plugins.maximin_support.trail import outcome_of
from pb_engine.plugins.maximin_support.words import explain

CARD = Card(
    name="maximin_support",
    version="1",
    label=LocalText(
        nl="Kosten eerlijk delen (maximin)",
        en="Maximin support",
        de="Kosten gerecht teilen (Maximin)",
        tr="Maliyeti adil paylaşma (maximin)",
        ar="تقاسم التكلفة بعدل (ماكسيمين)",
        pl="Równy podział kosztów (maximin)",
    ),
    summary=LocalText(
        nl="Het idee waarmee de kosten het eerlijkst over de stemmen te verdelen zijn, krijgt "
        "geld. Daarna het volgende. Past een idee niet meer in het budget, dan stopt de telling.",
        en="Again and again the project is funded with which the costs can still be shared most "
        "evenly by the ballots. When a project no longer fits, the count ends.",
    ),
)


@dataclass(frozen=True, slots=True)
class MaximinSupport:
    """Maximin support with costs (Sánchez-Fernández and others, 2022; Aziz, Lee and Talmon, 2018).

    The cost of a funded project may be divided over its supporters in any way.  Again and again
    the project comes up with which all costs so far can be divided such that the most burdened
    ballot carries least; the division starts afresh every time, so ballots that paid for one
    project can be relieved by others.  Equal loads fall by the lot.  The count ends at the first
    project that comes up and does not fit into what is left (``ending = "skip"`` passes it over
    instead).  There is no other completion: money may be left.

    Loads are exact quotients, found with maximum flows in whole numbers.

    Projects without supporters and projects dearer than the whole budget take no part.  A project
    that costs nothing and has a supporter comes up at the very start.

    Reasons of a decision: ``funded``, ``does_not_fit``, ``after_the_end``, ``no_supporters``,
    ``over_budget``.  Facts: see ``trail.py``.
    """

    @property
    def card(self) -> Card:
        """The name plate."""
        return CARD

    @property
    def settings_schema(self) -> type[Schema]:
        """See ``MaximinSupportSettings``."""
        return MaximinSupportSettings

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
        steps = list(rounds(election, settings))
        return outcome_of(CARD, election, steps, settings["ending"])

    def explain(
        self, election: Election, outcome: Outcome, settings: Settings
    ) -> Mapping[str, Explanation]:
        """Explain every project in one sentence and the steps behind it."""
        del settings
        return explain(election, outcome)
