"""Trust surveys: questions that stay apart from ballots by construction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Protocol, runtime_checkable

from pb_engine.api.card import Offer
from pb_engine.api.voting import Settings
from pb_engine.units import LocalText


class SurveyMoment(StrEnum):
    """When a resident may be asked."""

    ON_ARRIVAL = "on_arrival"
    AFTER_IDEA = "after_idea"
    AFTER_BALLOT = "after_ballot"
    AFTER_RESULT = "after_result"


@dataclass(frozen=True, slots=True)
class Item:
    """One closed question on a whole-number scale; there is no free text (re-identification).

    :ivar id: stable over waves, so that waves compare.
    :ivar source: where the wording comes from, and whether it is verbatim, adapted or translated.
    :ivar labels: a label for every number from ``lowest`` on; empty where only the ends have words.
    :ivar dont_know: whether "I don't know" is offered, apart from the scale.
    """

    id: str
    text: LocalText
    lowest: int
    highest: int
    low_label: LocalText
    high_label: LocalText
    source: str
    labels: tuple[LocalText, ...] = ()
    dont_know: bool = False


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A consent sentence and items, each of which may be skipped."""

    consent: LocalText
    items: tuple[Item, ...]


@runtime_checkable
class TrustSurvey(Offer, Protocol):
    """A trust survey (vertrouwenspeiling)."""

    @property
    def moments(self) -> frozenset[SurveyMoment]:
        """When this survey can be shown."""

    def questionnaire(self, moment: SurveyMoment, settings: Settings) -> Questionnaire:
        """Return what is asked at ``moment``."""

    def score(self, answers: Mapping[str, int | None]) -> Mapping[str, Fraction | None]:
        """Turn answers by item id into scale scores, exactly; ``None`` where nothing was said."""
