"""The view ``voters_served``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marshmallow import Schema

from pb_engine.api import Bar, Bars, Card, Figure, LocalText, Result, Settings
from pb_engine.api.counting import Fairness, fairness_of, fairness_sentences
from pb_engine.api.setting import SettingsSchema
from pb_engine.plugins.voters_served.tables import areas, rules

CARD = Card(
    name="voters_served",
    version="1",
    label=LocalText(nl="Wie krijgt iets", en="Who gets something"),
    summary=LocalText(
        nl="Hoeveel kiezers een idee terugzien dat geld krijgt. Of het eerlijk verdeeld is, en wat "
        "elk gebied krijgt.",
        en="How many voters see a project of theirs funded, whether it is shared fairly, and what "
        "every area gets.",
    ),
)
MOST_BARS = 8


@dataclass(frozen=True, slots=True)
class VotersServed:
    """Figures: voters by number of funded projects; fairness by rule; money by area.

    The last is left out when no areas are known.
    """

    @property
    def card(self) -> Card:
        """The name plate."""
        return CARD

    @property
    def settings_schema(self) -> type[Schema]:
        """No settings."""
        return SettingsSchema

    def figures(self, result: Result, settings: Settings) -> Sequence[Figure]:
        """Return the bars, the table of rules and, where areas are known, the table of areas."""
        del settings
        fairness = fairness_of(result.election, result.outcome, result.places)
        figures: list[Figure] = [_bars(result, fairness), rules(result, fairness)]
        return [*figures, areas(result, fairness)] if fairness.areas else figures


def _bars(result: Result, fairness: Fairness) -> Bars:
    first, *rest = fairness_sentences(result.election, fairness)
    bars = tuple(
        Bar(_projects(number, last=number == MOST_BARS), voters, _voters(voters), number > 0)
        for number, voters in enumerate(_cut(fairness.reached))
    )
    return Bars(
        title=LocalText(nl="Wie krijgt iets terug?", en="Who gets something?"),
        caption=LocalText(
            nl=" ".join(one.nl for one in (first, *rest)),
            en=" ".join(one.en for one in (first, *rest)),
        ),
        alternative=LocalText(
            nl="Staven: hoeveel kiezers stemden op geen, één of meer ideeën die geld krijgen.",
            en="Bars: how many voters voted for none, one or more funded projects.",
        ),
        bars=bars,
    )


def _cut(reached: Sequence[int]) -> list[int]:
    """Put all numbers of projects from ``MOST_BARS`` on together."""
    numbers = list(reached[:MOST_BARS])
    return [*numbers, sum(reached[MOST_BARS:])] if len(reached) > MOST_BARS else numbers


def _projects(number: int, *, last: bool) -> LocalText:
    if last:
        return LocalText(nl=f"{number} of meer ideeën", en=f"{number} or more projects")
    if not number:
        return LocalText(nl="geen idee", en="no project")
    if number == 1:
        return LocalText(nl="1 idee", en="1 project")
    return LocalText(nl=f"{number} ideeën", en=f"{number} projects")


def _voters(number: int) -> LocalText:
    if number == 1:
        return LocalText(nl="1 kiezer", en="1 voter")
    return LocalText(nl=f"{number} kiezers", en=f"{number} voters")
