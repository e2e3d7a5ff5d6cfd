import json
from types import MappingProxyType

import pytest

from pb_engine.api import Ask, Assurance, CheckRefused, Fact, Known, Refused, Tell
from pb_engine.plugins.email_link import pb_register_identity_checks
from pb_engine.testing import Household, IdentityCheckContract, LetterBox, Spending, a_visit

REGISTERED, DECLARED = pb_register_identity_checks()
STATED = {
    "email": "Iemand@Example.org",
    "postcode": "7523 ab",
    "house_number": "12",
    "birth_year": "1980",
    "statement": "on",
}


def by_mail(check, visit, answer):
    """Ask for a link and come back with it."""
    told = check.complete(visit, b"", answer, {})
    assert isinstance(told, Tell), told
    return check.complete(visit, visit.mailbox.letters[-1].carry, {}, {})


class TestEmailLink(IdentityCheckContract):
    check = REGISTERED
    good_answer = MappingProxyType({"email": "alleen@example.org"})

    def arrive(self, visit):
        return by_mail(REGISTERED, visit, self.good_answer)


class TestEmailDeclared(IdentityCheckContract):
    check = DECLARED
    good_answer = STATED

    def arrive(self, visit):
        if Fact.ADDRESS not in visit.wanted:
            return DECLARED.begin(visit, {})
        return by_mail(DECLARED, visit, STATED)


def test_known_and_unknown_addresses_are_told_the_same_and_only_one_gets_mail():
    visit = a_visit()
    answers = [
        REGISTERED.complete(visit, b"", {"email": email}, {})
        for email in ("alleen@example.org", "vreemd@example.org")
    ]
    assert answers[0] == answers[1]
    assert [letter.really for letter in visit.mailbox.letters] == [True, False]


def test_a_link_to_the_only_resident_with_an_address_is_their_voting_right():
    step = by_mail(REGISTERED, a_visit(), {"email": " Alleen@Example.org "})
    assert step == Known("entitlement-3", {Fact.VOTING_RIGHT: "entitlement-3"})


def test_a_link_works_once():
    visit = a_visit()
    by_mail(REGISTERED, visit, {"email": "alleen@example.org"})
    with pytest.raises(CheckRefused):
        REGISTERED.complete(visit, visit.mailbox.letters[-1].carry, {}, {})


def test_two_who_share_an_address_are_told_apart_by_year_and_first_letter():
    visit = a_visit()
    asked = by_mail(REGISTERED, visit, {"email": "samen@example.org"})
    assert isinstance(asked, Ask)
    again = REGISTERED.complete(visit, asked.carry, {"birth_year": "1980", "initial": "B"}, {})
    assert isinstance(again, Ask)
    assert again.problem is not None
    known = REGISTERED.complete(visit, asked.carry, {"birth_year": "1982", "initial": "b"}, {})
    assert known == Known("entitlement-2", {Fact.VOTING_RIGHT: "entitlement-2"})


def test_a_housemate_may_guess_three_times_per_link():
    visit = a_visit()
    asked = by_mail(REGISTERED, visit, {"email": "samen@example.org"})
    for year in ("1970", "1971", "1972"):
        answer = {"birth_year": year, "initial": "A"}
        assert isinstance(REGISTERED.complete(visit, asked.carry, answer, {}), Ask)
    with pytest.raises(CheckRefused):
        REGISTERED.complete(visit, asked.carry, {"birth_year": "1980", "initial": "A"}, {})


def test_the_question_of_a_household_uses_the_link_up_when_it_is_answered_and_not_before():
    visit = a_visit(once=Spending(), mailbox=LetterBox())
    by_mail(REGISTERED, visit, {"email": "samen@example.org"})
    letter = visit.mailbox.letters[-1].carry
    asked = REGISTERED.complete(visit, letter, {}, {})
    right = {"birth_year": "1980", "initial": "A"}
    assert isinstance(REGISTERED.complete(visit, asked.carry, right, {}), Known)
    with pytest.raises(CheckRefused):
        REGISTERED.complete(visit, asked.carry, right, {})


def test_somebody_who_left_the_register_since_the_mail_is_not_let_in():
    visit = a_visit()
    REGISTERED.complete(visit, b"", {"email": "alleen@example.org"}, {})
    gone = a_visit(register=Household(people=()))
    with pytest.raises(CheckRefused):
        REGISTERED.complete(gone, visit.mailbox.letters[-1].carry, {}, {})


def test_a_round_without_a_register_has_nobody_to_write_to():
    assert isinstance(REGISTERED.begin(a_visit(register=Household(people=())), {}), Refused)


@pytest.mark.parametrize("email", ["a@b", "a b@example.org", "a@example.org\nBcc: x@y.nl", "@x.nl"])
def test_what_is_no_address_gets_no_mail(email):
    visit = a_visit()
    assert isinstance(REGISTERED.complete(visit, b"", {"email": email}, {}), Ask)
    assert visit.mailbox.letters == []


def test_one_mailbox_is_one_person_however_it_is_spelled():
    first = by_mail(DECLARED, a_visit(), STATED)
    second = by_mail(DECLARED, a_visit(), {**STATED, "email": "iemand+nog@example.org"})
    assert first == second
    assert first.facts == {Fact.ADDRESS: "7523AB 12", Fact.BIRTH_YEAR: "1980"}
    assert DECLARED.assurance is Assurance.SELF_DECLARED


@pytest.mark.parametrize("name", STATED)
def test_everything_that_is_asked_must_be_stated(name):
    visit = a_visit()
    asked = DECLARED.complete(visit, b"", {**STATED, name: "0"}, {})
    assert isinstance(asked, Ask)
    assert asked.problem is not None
    assert visit.mailbox.letters == []


def test_the_link_brings_what_was_stated_and_nothing_that_is_typed_later():
    visit = a_visit()
    DECLARED.complete(visit, b"", STATED, {})
    letter = visit.mailbox.letters[-1]
    assert json.loads(letter.carry)["address"] == "7523AB 12"
    later = {"address": "7523XY 1", "postcode": "7523XY", "house_number": "1"}
    known = DECLARED.complete(visit, letter.carry, later, {})
    assert known.facts[Fact.ADDRESS] == "7523AB 12"
