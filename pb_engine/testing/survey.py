"""The contract of a trust survey."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar

from pb_engine.api import Item, Offer, Questionnaire, SurveyMoment, TrustSurvey
from pb_engine.testing.offer import OfferContract, assert_spoken, memory_of


class TrustSurveyContract(OfferContract):
    """Subclass with ``survey``."""

    kind = TrustSurvey
    survey: ClassVar[TrustSurvey]

    def offer(self) -> Offer:
        """Return the survey."""
        return self.survey

    def test_it_is_shown_at_some_moment(self) -> None:
        """It names at least one of the published moments."""
        assert self.survey.moments, "it is shown at no moment"
        assert self.survey.moments <= frozenset(SurveyMoment), "it names an unknown moment"

    def test_consent_and_items_can_be_read(self) -> None:
        """Consent, questions and both ends of each scale speak both languages."""
        for paper in self._papers():
            assert_spoken(paper.consent, "the consent sentence")
            assert paper.items, "there is nothing to answer"
            for item in paper.items:
                assert_spoken(item.text, f"the text of {item.id}")
                assert_spoken(item.low_label, f"the low label of {item.id}")
                assert_spoken(item.high_label, f"the high label of {item.id}")

    def test_every_item_has_an_own_id(self) -> None:
        """Ids are unique within a questionnaire, since waves are compared by them."""
        for paper in self._papers():
            ids = [item.id for item in paper.items]
            assert len(set(ids)) == len(ids), f"an id stands twice in {ids}"
            assert all(i.isidentifier() and i.isascii() for i in ids), f"letters, digits, _: {ids}"

    def test_every_scale_runs_upwards_in_whole_numbers(self) -> None:
        """Lowest and highest are whole, from 0 or 1, and leave something to choose."""
        for item in self._items():
            assert type(item.lowest) is int, f"{item.id}: lowest is not a whole number"
            assert type(item.highest) is int, f"{item.id}: highest is not a whole number"
            assert 0 <= item.lowest < item.highest, f"{item.id}: {item.lowest} to {item.highest}"

    def test_every_item_says_where_it_comes_from(self) -> None:
        """The source tells whether the wording is verbatim, adapted, translated or own."""
        for item in self._items():
            said = item.source.lower()
            words = ("verbatim", "adapted", "translated", "own")
            assert any(word in said for word in words), f"{item.id}: use one of {words}"

    def test_the_same_moment_asks_the_same(self) -> None:
        """Two residents get the same questionnaire, and nothing of the first stays behind."""
        before = memory_of(self.survey)
        assert list(self._papers()) == list(self._papers()), "the questionnaire changes"
        assert memory_of(self.survey) == before, "the survey remembers something"

    def test_nothing_answered_scores_nothing(self) -> None:
        """Skipping everything is no answer: never nought, never an error."""
        ids = [item.id for item in self._items()]
        for answers in ({}, dict.fromkeys(ids)):
            scores = self.survey.score(answers)
            assert scores, "it scores no scale at all"
            assert set(scores.values()) == {None}, f"silence scored {dict(scores)}"

    def test_scores_are_exact(self) -> None:
        """A score is a fraction or ``None``, for every extreme and for one answer at a time."""
        names = self.survey.score({}).keys()
        for answers in self._answers():
            given = dict(answers)
            scores = self.survey.score(answers)
            assert answers == given, "the answers were changed"
            assert scores.keys() == names, f"{answers} gave {set(scores)}, not {set(names)}"
            assert all(s is None or type(s) is Fraction for s in scores.values()), (
                f"{answers} scored {dict(scores)}"
            )

    def test_the_order_of_answers_does_not_matter(self) -> None:
        """Answers are read by id."""
        for answers in self._answers():
            turned = dict(reversed(answers.items()))
            assert self.survey.score(turned) == self.survey.score(answers), "order changed a score"

    def test_answering_everything_scores_everything(self) -> None:
        """No scale stays empty when no question was skipped."""
        full = {item.id: item.highest for item in self._items()}
        scores = self.survey.score(full)
        assert None not in scores.values(), f"{full} scored {dict(scores)}"

    def _papers(self) -> Iterator[Questionnaire]:
        for moment in sorted(self.survey.moments):
            yield self.survey.questionnaire(moment, self.loaded())

    def _items(self) -> list[Item]:
        items = [item for paper in self._papers() for item in paper.items]
        assert items, "there is nothing to answer"
        return items

    def _answers(self) -> Iterator[dict[str, int | None]]:
        items = self._items()
        yield {item.id: item.lowest for item in items}
        yield {item.id: item.highest for item in items}
        # Answers that differ, so that whoever reads them by place is found out.
        yield {item.id: _step(item, at) for at, item in enumerate(items, start=1)}
        for item in items:
            yield {**dict.fromkeys(each.id for each in items), item.id: item.highest}


def _step(item: Item, at: int) -> int:
    return item.lowest + at % (item.highest - item.lowest + 1)
