import dataclasses
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pb_engine.api import Ask, Assurance, Fact, Known, Refused
from pb_engine.domain.areas import Address
from pb_engine.plugins.self_declared import pb_register_identity_checks
from pb_engine.testing import IdentityCheckContract, a_visit

(CHECK,) = pb_register_identity_checks()
GOOD = {
    "postcode": "7523 AB",
    "house_number": "12",
    "addition": "",
    "birth_year": "1980",
    "initial": "J",
    "statement": "on",
}
BOTH = frozenset({Fact.ADDRESS, Fact.BIRTH_YEAR})


class TestSelfDeclaredKeepsTheContract(IdentityCheckContract):
    check = CHECK
    good_answer = GOOD


def complete(wanted=BOTH, **changed):
    return CHECK.complete(a_visit(wanted=wanted), b"", GOOD | changed, {})


def test_what_was_stated_comes_out_as_facts():
    assert complete() == Known(
        "7523AB 12|1980|J", {Fact.ADDRESS: "7523AB 12", Fact.BIRTH_YEAR: "1980"}
    )


def test_it_says_how_little_it_is_worth():
    assert CHECK.assurance is Assurance.SELF_DECLARED
    assert "controleren dit niet" in CHECK.card.summary.nl


def test_a_round_without_minimum_age_is_not_told_a_birth_year():
    wanted = frozenset({Fact.ADDRESS})
    asked = [question.name for question in CHECK.begin(a_visit(wanted=wanted), {}).questions]

    assert "birth_year" not in asked
    assert complete(wanted).facts == {Fact.ADDRESS: "7523AB 12"}
    assert "1980" not in complete(wanted).subject


@pytest.mark.parametrize("wanted", [frozenset(), {Fact.BIRTH_YEAR}, {Fact.VOTING_RIGHT}])
def test_a_round_in_which_the_address_means_nothing_is_refused(wanted):
    visit = a_visit(wanted=frozenset(wanted))

    assert isinstance(CHECK.begin(visit, {}), Refused)
    assert isinstance(CHECK.complete(visit, b"", GOOD, {}), Refused)


def test_every_question_about_the_visitor_says_why_it_is_asked():
    asked = {question.name: question for question in CHECK.begin(a_visit(), {}).questions}

    assert "gebied" in asked["postcode"].help.nl
    assert "oud genoeg" in asked["birth_year"].help.nl
    assert "uit elkaar" in asked["initial"].help.nl


@pytest.mark.parametrize("postcode", ["7523AB", "7523 ab", " 7523-AB ", "７５２３ＡＢ", "7523  ab"])
def test_one_postcode_has_one_spelling(postcode):
    assert complete(postcode=postcode).facts[Fact.ADDRESS] == "7523AB 12"


@pytest.mark.parametrize(
    "postcode", ["", "7523", "0523AB", "7523A1", "7523ABC", "AB 7523", "x" * 99]
)
def test_what_is_no_postcode_is_asked_again(postcode):
    step = complete(postcode=postcode)

    assert isinstance(step, Ask)
    assert "1234 AB" in step.problem.nl


@pytest.mark.parametrize(
    ("number", "addition", "address"),
    [
        ("12", "a", "7523AB 12A"),
        ("12", "-A", "7523AB 12A"),
        ("12", " a 3 ", "7523AB 12A3"),
        ("12", "3", "7523AB 12-3"),
        ("12", "bis", "7523AB 12BIS"),
    ],
)
def test_an_addition_belongs_to_the_address(number, addition, address):
    assert complete(house_number=number, addition=addition).facts[Fact.ADDRESS] == address


@pytest.mark.parametrize("number", ["", "0", "012", "12A", "12-3", "12 3", "-12", "1e2", "123456"])
def test_a_house_number_is_never_guessed(number):
    step = complete(house_number=number)

    assert isinstance(step, Ask)
    assert "huisnummer" in step.problem.nl


@pytest.mark.parametrize("addition", ["abcdefg", "a/b", "\u202e1"])
def test_an_addition_that_is_none_is_asked_again(addition):
    assert isinstance(complete(addition=addition), Ask)


@pytest.mark.parametrize("year", ["", "80", "1880", "2028", "1980.5", "-980", "twintig"])
def test_a_birth_year_must_be_plausible_today(year):
    step = complete(birth_year=year)

    assert isinstance(step, Ask)
    assert "geboortejaar" in step.problem.nl


def test_plausible_depends_on_the_visit_and_not_on_a_clock():
    later = dataclasses.replace(a_visit(), now=datetime(2040, 1, 1, tzinfo=UTC))

    step = CHECK.complete(later, b"", GOOD | {"birth_year": "2028"}, {})

    assert isinstance(step, Known)


@pytest.mark.parametrize(("typed", "initial"), [("j", "J"), ("J.", "J"), ("Jan", "J"), ("É", "E")])
def test_only_the_first_letter_of_a_name_is_kept(typed, initial):
    assert complete(initial=typed).subject == f"7523AB 12|1980|{initial}"


@pytest.mark.parametrize("initial", ["", "1", "!", "\U0001f600"])
def test_an_initial_is_a_letter(initial):
    assert isinstance(complete(initial=initial), Ask)


@pytest.mark.parametrize("tick", ["", "0", "false", "off", "no", "nee"])
def test_without_the_statement_nobody_gets_through(tick):
    step = complete(statement=tick)

    assert isinstance(step, Ask)
    assert "verklaring" in step.problem.nl


def test_everything_that_is_wrong_is_named_at_once():
    step = CHECK.complete(a_visit(wanted=BOTH), b"", {}, {})

    for word in ("postcode", "huisnummer", "geboortejaar", "voornaam", "verklaring"):
        assert word in step.problem.nl


def test_two_neighbours_are_two_and_one_neighbour_twice_is_one():
    assert complete().subject == complete(postcode="7523ab", initial="jan").subject
    others = [complete(initial="K"), complete(birth_year="1981"), complete(addition="B")]
    assert len({complete().subject, *(other.subject for other in others)}) == 4


@settings(deadline=None)
@given(
    letters=st.text("ABCDEFGHJKLMNPRSTVWXZ", min_size=2, max_size=2),
    number=st.integers(1, 99999),
    addition=st.text("ABC123", max_size=6),
)
def test_the_address_reads_back_as_the_same_house(letters, number, addition):
    step = complete(postcode=f"7523{letters}", house_number=str(number), addition=addition)
    read = Address.read(step.facts[Fact.ADDRESS])

    assert (read.postcode, read.number) == (f"7523{letters}", number)
    assert read.addition.strip("-") == addition


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(GOOD)), st.text(max_size=80)))
def test_whatever_is_typed_gives_a_step(typed):
    step = CHECK.complete(a_visit(wanted=BOTH), b"", typed, {})

    assert isinstance(step, Ask | Known)
