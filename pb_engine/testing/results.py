"""What every result view must hold to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from pb_engine.api import (
    BallotFormat,
    Bars,
    Cents,
    Decision,
    Election,
    Figure,
    Flow,
    Grid,
    Offer,
    Outcome,
    ProjectId,
    Result,
    ResultView,
    Story,
    Verdict,
)
from pb_engine.testing.builders import a_result, small_elections
from pb_engine.testing.offer import OfferContract, assert_spoken


class ResultViewContract(OfferContract):
    """Ask of ``view`` what the results page relies on."""

    kind: ClassVar[Any] = ResultView
    view: ResultView

    def offer(self) -> Offer:
        """Return the view under test."""
        return self.view

    def figures(self) -> Iterator[Figure]:
        """Yield the figures of many small results, with and without comparison."""
        for election in small_elections(BallotFormat.APPROVAL):
            for outcome in (_funding(election, ()), _funding(election, _what_fits(election))):
                yield from self.view.figures(a_result(election, outcome), self.loaded())
                yield from self.view.figures(Result(election, outcome, ()), self.loaded())

    def test_it_draws_something(self) -> None:
        """Some result gives a figure, and every figure is of a kind that a page can draw."""
        figures = list(self.figures())
        assert figures
        assert all(isinstance(figure, Bars | Grid | Story | Flow) for figure in figures)

    def test_every_figure_can_be_read_aloud(self) -> None:
        """Title, caption and text alternative are there in both languages."""
        for figure in self.figures():
            assert_spoken(figure.title, "the title")
            assert_spoken(figure.caption, "the caption")
            if not isinstance(figure, Grid):
                assert_spoken(figure.alternative, "the text alternative")

    def test_bars_are_whole_numbers_with_words(self) -> None:
        """A bar has a label, a whole number of at least 0, and the number as it is written."""
        for figure in self.figures():
            for bar in figure.bars if isinstance(figure, Bars) else ():
                assert type(bar.value) is int
                assert bar.value >= 0
                assert not isinstance(figure, Bars) or bar.value <= (figure.whole or bar.value)
                assert_spoken(bar.label, "a label")
                assert_spoken(bar.written, "a written number")

    def test_rows_are_as_wide_as_their_headings(self) -> None:
        """A table has no missing and no spare cells."""
        for figure in self.figures():
            if isinstance(figure, Grid):
                assert {len(row) for row in figure.rows} <= {len(figure.headings)}

    def test_a_story_adds_up(self) -> None:
        """Every step leaves what was left before it, less its amount; never less than nothing."""
        for figure in self.figures():
            left = figure.start if isinstance(figure, Story) else 0
            for step in figure.steps if isinstance(figure, Story) else ():
                assert step.amount >= 0
                assert step.left == left - step.amount >= 0
                left = step.left
                for text in (step.label, step.written, step.written_left, step.why):
                    assert_spoken(text, "a step")

    def test_a_flow_runs_between_its_stops(self) -> None:
        """Streams are whole numbers above 0, one per pair; every stop has a stream and a name."""
        for figure in self.figures():
            if isinstance(figure, Flow):
                pairs = [(stream.source, stream.target) for stream in figure.streams]
                assert len(set(pairs)) == len(pairs)
                assert all(type(stream.value) is int for stream in figure.streams)
                assert all(stream.value > 0 for stream in figure.streams)
                assert {source for source, _ in pairs} == set(range(len(figure.sources)))
                assert {target for _, target in pairs} == set(range(len(figure.targets)))
                for stop in (*figure.sources, *figure.targets):
                    assert_spoken(stop.label, "a stop")


def _what_fits(election: Election) -> tuple[ProjectId, ...]:
    left, chosen = election.budget, []
    for project in election.projects:
        if project.cost <= left:
            chosen.append(project.id)
            left = Cents(left - project.cost)
    return tuple(chosen)


def _funding(election: Election, chosen: tuple[ProjectId, ...]) -> Outcome:
    voters = zip(election.projects, election.support.voters, strict=True)
    decisions = (
        Decision(p.id, Verdict.FUNDED if p.id in chosen else Verdict.NOT_FUNDED, "example", count)
        for p, count in voters
    )
    return Outcome("example", "1", chosen, tuple(decisions))
