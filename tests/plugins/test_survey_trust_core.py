from fractions import Fraction

import pytest

from pb_engine.api import SurveyMoment
from pb_engine.plugins.trust_core import pb_register_trust_surveys
from pb_engine.testing import TrustSurveyContract

(SURVEY,) = pb_register_trust_surveys()
SETTINGS = {
    "municipality": "Enschede",
    "recipients_nl": "de gemeente Enschede en de universiteit",
    "recipients_en": "the municipality of Enschede and the university",
}


class TestTrustCoreKeepsTheContract(TrustSurveyContract):
    survey = SURVEY
    settings = SETTINGS


class TestTrustCoreKeepsTheContractWithoutSettings(TrustSurveyContract):
    survey = SURVEY


def paper(**settings):
    loaded = SURVEY.settings_schema().load(settings)
    return SURVEY.questionnaire(SurveyMoment.AFTER_BALLOT, loaded)


def test_after_the_ballot_come_three_questions_and_the_first_outcome_leads():
    assert [(item.id, item.lowest, item.highest) for item in paper().items] == [
        ("trust_municipality", 0, 10),
        ("procedural_fairness", 0, 10),
        ("understanding", 1, 5),
    ]
    assert SURVEY.moments == {
        SurveyMoment.ON_ARRIVAL,
        SurveyMoment.AFTER_BALLOT,
        SurveyMoment.AFTER_RESULT,
    }


def test_the_name_of_the_municipality_stands_in_the_question():
    trust = paper(**SETTINGS).items[0]

    assert trust.text.nl == "Hoeveel vertrouwen heeft u in de gemeente Enschede?"
    assert "Enschede" in trust.text.en
    assert "uw gemeente" in paper().items[0].text.nl


def test_consent_names_who_will_see_the_answers():
    assert SETTINGS["recipients_nl"] in paper(**SETTINGS).consent.nl
    assert SETTINGS["recipients_en"] in paper(**SETTINGS).consent.en


def test_consent_says_that_taking_part_is_free_and_apart_from_the_vote():
    assert "hoeft niet" in paper().consent.nl
    assert "apart" in paper().consent.nl


def test_it_asks_for_a_level_and_never_for_a_change():
    for item in paper().items:
        for word in ("toegenomen", "gestegen", "veranderd", "meer vertrouwen"):
            assert word not in item.text.nl


def test_no_item_passes_for_a_validated_scale():
    for item in paper().items:
        assert "not validated" in item.source.lower()


@pytest.mark.parametrize("answer", [0, 1, 10])
def test_trust_and_fairness_are_scores_of_their_own(answer):
    scores = SURVEY.score({"trust_municipality": answer, "procedural_fairness": None})
    assert scores["trust_0_10"] == Fraction(answer)
    assert scores["fairness_0_10"] is None


def test_trust_in_how_it_is_governed_runs_from_two_to_ten_as_the_model_scores_it():
    assert [SURVEY.score({"bo01": n})["bo01_vng"] for n in range(1, 6)] == [10, 8, 6, 4, 2]


def test_what_a_round_cannot_change_is_marked_as_placebo():
    placebo = {one.id for one in SURVEY.instrument.questions if one.placebo}
    assert placebo == {"trust_police", "trust_government"}


def test_recipients_cannot_be_left_empty():
    assert "recipients_nl" in SURVEY.settings_schema().validate({"recipients_nl": ""})
