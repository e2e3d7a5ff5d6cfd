"""The contract bites: it refuses the survey that it is there to refuse."""

import dataclasses
from fractions import Fraction

import pytest

from pb_engine.api import LocalText
from pb_engine.plugins.trust_core import pb_register_trust_surveys
from pb_engine.testing import TrustSurveyContract
from tests.plugins.verdicts import verdicts

GoodSurvey = type(pb_register_trust_surveys()[0])


def surveyed(survey):
    contract = TrustSurveyContract()
    contract.survey = survey
    return verdicts(contract)


def test_a_good_survey_passes_everything():
    assert surveyed(GoodSurvey()) == set()


def with_items(**changed):
    class Survey(GoodSurvey):
        def questionnaire(self, moment, settings):
            paper = super().questionnaire(moment, settings)
            first, *rest = paper.items
            items = (dataclasses.replace(first, **changed), *rest)
            return dataclasses.replace(paper, items=items)

    return Survey()


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"id": "procedural_fairness"}, "test_every_item_has_an_own_id"),
        ({"id": "with space"}, "test_every_item_has_an_own_id"),
        ({"lowest": 10}, "test_every_scale_runs_upwards_in_whole_numbers"),
        ({"highest": 9.5}, "test_every_scale_runs_upwards_in_whole_numbers"),
        ({"lowest": -1}, "test_every_scale_runs_upwards_in_whole_numbers"),
        ({"source": "a report"}, "test_every_item_says_where_it_comes_from"),
        ({"low_label": LocalText("", "low")}, "test_consent_and_items_can_be_read"),
    ],
)
def test_an_item_that_breaks_a_rule_is_found(changed, found):
    assert found in surveyed(with_items(**changed))


def scoring(score):
    class Survey(GoodSurvey):
        def score(self, answers):
            return score(answers)

    return Survey()


@pytest.mark.parametrize(
    ("score", "found"),
    [
        (lambda answers: {"all": sum(filter(None, answers.values())) / 2}, "test_scores_are_exact"),
        (lambda _: {"all": Fraction(0)}, "test_nothing_answered_scores_nothing"),
        (lambda _: {"all": None}, "test_answering_everything_scores_everything"),
        (lambda _: {}, "test_nothing_answered_scores_nothing"),
        (
            lambda answers: {"all": next((Fraction(a) for a in answers.values() if a), None)},
            "test_the_order_of_answers_does_not_matter",
        ),
        (lambda answers: answers.clear() or {"all": None}, "test_scores_are_exact"),
    ],
)
def test_a_score_that_breaks_a_rule_is_found(score, found):
    assert found in surveyed(scoring(score))


def test_a_survey_for_no_moment_is_found():
    class Survey(GoodSurvey):
        moments = frozenset()

    assert "test_it_is_shown_at_some_moment" in surveyed(Survey())


def test_a_questionnaire_that_changes_is_found():
    class Survey(GoodSurvey):
        asked = 0

        def questionnaire(self, moment, settings):
            self.asked += 1
            paper = super().questionnaire(moment, settings)
            return dataclasses.replace(paper, items=paper.items[: 1 + self.asked % 2])

    assert "test_the_same_moment_asks_the_same" in surveyed(Survey())
