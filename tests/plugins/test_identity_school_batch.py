import dataclasses
from datetime import UTC, datetime

import pytest
from marshmallow import ValidationError

from pb_engine.api import Ask, Assurance, Fact, Known, Refused
from pb_engine.plugins.school_batch import pb_register_identity_checks
from pb_engine.testing import IdentityCheckContract, a_visit

(CHECK,) = pb_register_identity_checks()
GOOD = {"code": "abcd-1234"}
SETTINGS = {"days": ["2027-03-01", "2027-03-02"], "opens": "09:00", "closes": "14:30"}
LOADED = CHECK.settings_schema().load(SETTINGS)


class TestSchoolBatchKeepsTheContract(IdentityCheckContract):
    check = CHECK
    good_answer = GOOD
    settings = SETTINGS


def visit_at(*moment):
    return dataclasses.replace(a_visit(), now=datetime(2027, 3, *moment, tzinfo=UTC))


def test_at_the_hour_of_the_class_a_code_opens_the_door():
    step = CHECK.complete(visit_at(1, 8, 0), b"", GOOD, LOADED)

    assert step == Known("entitlement-1", {Fact.VOTING_RIGHT: "entitlement-1"})
    assert CHECK.assurance is Assurance.POSSESSION


@pytest.mark.parametrize("moment", [(1, 7, 59), (1, 13, 30), (1, 23, 0)])
def test_outside_the_hours_it_says_when_the_class_votes_also_to_a_form_kept_open(moment):
    visit = visit_at(*moment)  # Dutch winter time is one hour later

    for step in (CHECK.begin(visit, LOADED), CHECK.complete(visit, b"", GOOD, LOADED)):
        assert isinstance(step, Refused)
        assert "2-3-2027" in step.reason.nl
        assert "van 09:00 tot 14:30 uur" in step.reason.nl


def test_after_the_last_day_and_without_days_it_says_so():
    assert "voorbij" in CHECK.begin(visit_at(3, 9), LOADED).reason.nl
    none = CHECK.settings_schema().load({})
    assert "geen dagen" in CHECK.begin(visit_at(1, 9), none).reason.nl


def test_an_empty_code_is_asked_again():
    assert isinstance(CHECK.complete(visit_at(1, 9), b"", {}, LOADED), Ask)


@pytest.mark.parametrize(
    "wrong", [{"days": ["1 maart"]}, {"opens": "15:00", "closes": "9:00"}, {"uren": 3}]
)
def test_settings_that_make_no_hours_are_refused(wrong):
    with pytest.raises(ValidationError):
        CHECK.settings_schema().load(wrong)
