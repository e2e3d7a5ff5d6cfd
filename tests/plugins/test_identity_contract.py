"""The contract bites: it refuses the check that it is there to refuse."""

import dataclasses

import pytest
from marshmallow import INCLUDE, Schema, fields

from pb_engine.api import Ask, Fact, Known, LocalText, Question
from pb_engine.plugins.voting_code import pb_register_identity_checks
from pb_engine.testing import IdentityCheckContract, a_visit
from tests.plugins.verdicts import verdicts

GoodCheck = type(pb_register_identity_checks()[0])
TEXT = LocalText("tekst", "text")
CODE = Question("code", "code", TEXT)
GOOD = {"code": "ABCD1234"}


def checked(check):
    contract = IdentityCheckContract()
    contract.check, contract.good_answer = check, GOOD
    return verdicts(contract)


def test_a_good_check_passes_everything():
    assert checked(GoodCheck()) == set()


def test_a_visit_of_the_kit_wants_what_it_is_told_to():
    assert a_visit().wanted == frozenset(Fact)
    assert a_visit(wanted=frozenset()).wanted == frozenset()


def test_an_empty_translation_is_found():
    class Check(GoodCheck):
        card = dataclasses.replace(GoodCheck.card, label=LocalText("tekst", " "))

    assert checked(Check()) == {"test_it_shows_a_card"}


def test_markup_in_a_text_is_found():
    class Check(GoodCheck):
        card = dataclasses.replace(GoodCheck.card, summary=LocalText("<b>tekst</b>", "text"))

    assert checked(Check()) == {"test_it_shows_a_card"}


def test_a_default_value_of_a_parameter_is_found():
    class Check(GoodCheck):
        def begin(self, visit, settings=None):
            return super().begin(visit, settings)

    assert checked(Check()) == {"test_it_is_an_object_of_its_kind"}


def test_a_setting_without_a_default_is_found():
    class Needy(Schema):
        card_type = fields.String(required=True)

    class Check(GoodCheck):
        settings_schema = Needy

    assert "test_it_loads_without_settings" in checked(Check())


def test_a_schema_that_takes_everything_is_found():
    class Open(Schema):
        class Meta:
            unknown = INCLUDE

    class Check(GoodCheck):
        settings_schema = Open

    assert "test_it_refuses_a_setting_that_it_does_not_know" in checked(Check())


def test_settings_that_json_cannot_keep_are_found():
    class Exact(fields.Integer):
        def _serialize(self, value, *given, **named):
            return value + 1

    class Drifting(Schema):
        size = Exact(load_default=1)

    class Check(GoodCheck):
        settings_schema = Drifting

    assert checked(Check()) == {"test_its_settings_survive_json"}


def test_a_check_that_remembers_its_visitor_is_found():
    class Check(GoodCheck):
        def complete(self, visit, carry, answer, settings):
            self.last = answer
            return super().complete(visit, carry, answer, settings)

    assert checked(Check()) == {"test_it_keeps_no_memory"}


def test_a_check_that_lets_everybody_in_is_found():
    class Check(GoodCheck):
        def complete(self, visit, carry, answer, settings):
            return Known("somebody")

    assert checked(Check()) == {"test_nothing_and_nonsense_do_not_get_through"}


def test_a_check_that_crashes_on_nonsense_is_found():
    class Check(GoodCheck):
        def complete(self, visit, carry, answer, settings):
            return super().complete(visit, carry, {"code": answer["code"]}, settings)

    assert "test_nothing_and_nonsense_do_not_get_through" in checked(Check())


def test_a_check_that_counts_one_person_twice_is_found():
    class Check(GoodCheck):
        def complete(self, visit, carry, answer, settings):
            step = super().complete(visit, carry, answer, settings)
            same = isinstance(step, Known)
            return Known(f"{step.subject} {visit.locale}", step.facts) if same else step

    assert checked(Check()) == {"test_one_person_stays_one_subject"}


def test_a_check_that_tells_more_than_was_wanted_is_found():
    class Check(GoodCheck):
        def complete(self, visit, carry, answer, settings):
            step = super().complete(visit, carry, answer, settings)
            return Known(step.subject, {Fact.BIRTH_YEAR: "1980"}) if answer == GOOD else step

    assert checked(Check()) == {"test_it_vouches_for_nothing_that_was_not_wanted"}


def test_a_check_that_asks_more_when_less_is_wanted_is_found():
    class Check(GoodCheck):
        def begin(self, visit, settings):
            more = () if Fact.ADDRESS in visit.wanted else (Question("name", "text", TEXT),)
            return Ask((CODE, *more))

    assert checked(Check()) == {"test_it_asks_no_more_when_less_is_wanted"}


@pytest.mark.parametrize(
    "questions",
    [
        (),
        (CODE, CODE),
        (Question("code", "colour", TEXT),),
        (Question("c", "code", LocalText("a", "")),),
    ],
)
def test_questions_that_cannot_be_drawn_are_found(questions):
    class Check(GoodCheck):
        def begin(self, visit, settings):
            return Ask(questions)

    assert "test_every_question_can_be_drawn" in checked(Check())
