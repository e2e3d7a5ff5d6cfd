"""Result views: figures as data.  ``web`` draws them, so accessibility is not a plugin's job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol, runtime_checkable

from pb_engine.api.card import Offer
from pb_engine.api.voting import Settings
from pb_engine.tallying import Election, Explanation, Outcome
from pb_engine.tallying.fairness import Place
from pb_engine.units import LocalText

_UNEXPLAINED: Mapping[str, Explanation] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Result:
    """A published count: the deciding outcome and the other rules for comparison.

    :ivar compared: outcomes of other rules on the same ballots, each after the label shown.
    :ivar explanations: why, by project, for the deciding outcome; may be empty.
    :ivar places: parts of the town, or themes, with their projects; may be empty.
    """

    election: Election
    outcome: Outcome
    compared: tuple[tuple[LocalText, Outcome], ...]
    explanations: Mapping[str, Explanation] = field(default_factory=lambda: _UNEXPLAINED)
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: a label, a whole number, how it is written, and whether it stands out."""

    label: LocalText
    value: int
    written: LocalText
    highlighted: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart.  Caption and text alternative are mandatory; ``web`` adds the table.

    :ivar whole: what a bar over the full width stands for; 0 takes the highest bar.
    """

    title: LocalText
    caption: LocalText
    alternative: LocalText
    bars: tuple[Bar, ...]
    whole: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: headings, and rows of as many cells; the first cell of a row names it."""

    title: LocalText
    caption: LocalText
    headings: tuple[LocalText, ...]
    rows: tuple[tuple[LocalText, ...], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One purchase in a story.

    :ivar amount: what it took, and ``left``: what was left after it; in the smallest unit.
    :ivar written: the amount as it is written, and ``written_left``: what was left.
    :ivar why: one sentence.
    """

    label: LocalText
    amount: int
    left: int
    written: LocalText
    written_left: LocalText
    why: LocalText


@dataclass(frozen=True, slots=True)
class Story:
    """How the money went, step by step; every step leaves what the last one left, less its amount.

    :ivar start: what there was before the first step.
    """

    title: LocalText
    caption: LocalText
    alternative: LocalText
    start: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """An end of a flow: its name, and all that leaves or reaches it, as it is written."""

    label: LocalText
    written: LocalText


@dataclass(frozen=True, slots=True)
class Stream:
    """What goes from one source to one target.

    :ivar source: a place in ``sources`` of the flow, from 0; ``target`` likewise.
    :ivar value: more than 0, in the smallest unit.
    """

    source: int
    target: int
    value: int
    written: LocalText


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow of money (Sankey): ``web`` draws it and adds the table.

    :ivar from_heading: what the sources are, over their column; ``to_heading`` likewise.
    :ivar streams: at most one from a source to a target; no source and no target is without one.
    """

    title: LocalText
    caption: LocalText
    alternative: LocalText
    from_heading: LocalText
    to_heading: LocalText
    sources: tuple[Stop, ...]
    targets: tuple[Stop, ...]
    streams: tuple[Stream, ...]


Figure = Bars | Grid | Story | Flow


@runtime_checkable
class ResultView(Offer, Protocol):
    """Turns a result into figures."""

    def figures(self, result: Result, settings: Settings) -> Sequence[Figure]:
        """Return the figures in the order in which they are shown."""
