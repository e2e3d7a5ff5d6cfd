"""Result views: figures as data.  ``web`` draws them, so accessibility is not a plugin's job."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from pb_engine.api.card import Offer
from pb_engine.api.voting import Settings
from pb_engine.tallying import Election, Outcome
from pb_engine.units import LocalText


@dataclass(frozen=True, slots=True)
class Result:
    """A published count: the deciding outcome and the other rules for comparison.

    :ivar compared: outcomes of other rules on the same ballots, each after the label shown.
    """

    election: Election
    outcome: Outcome
    compared: tuple[tuple[LocalText, Outcome], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: a label, a whole number, how it is written, and whether it stands out."""

    label: LocalText
    value: int
    written: LocalText
    highlighted: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart.  Caption and text alternative are mandatory; ``web`` adds the table."""

    title: LocalText
    caption: LocalText
    alternative: LocalText
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: headings, and rows of as many cells; the first cell of a row names it."""

    title: LocalText
    caption: LocalText
    headings: tuple[LocalText, ...]
    rows: tuple[tuple[LocalText, ...], ...]


Figure = Bars | Grid


@runtime_checkable
class ResultView(Offer, Protocol):
    """Turns a result into figures."""

    def figures(self, result: Result, settings: Settings) -> Sequence[Figure]:
        """Return the figures in the order in which they are shown."""
