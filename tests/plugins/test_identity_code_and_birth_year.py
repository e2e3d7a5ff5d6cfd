import pytest

from pb_engine.api import Ask, Assurance, Fact, Known, MistypedCode, UnknownCode
from pb_engine.plugins.code_and_birth_year import pb_register_identity_checks
from pb_engine.testing import IdentityCheckContract, a_visit

(CHECK,) = pb_register_identity_checks()
GOOD = {"code": "abcd-1234", "birth_year": "1980"}


class TestCodeAndBirthYearKeepsTheContract(IdentityCheckContract):
    check = CHECK
    good_answer = GOOD


def complete(**answer):
    return CHECK.complete(a_visit(), b"", {**GOOD, **answer}, {})


def test_code_and_year_give_the_entitlement_behind_the_code():
    assert complete() == Known("entitlement-1", {Fact.VOTING_RIGHT: "entitlement-1"})
    assert CHECK.assurance is Assurance.SUBSTANTIAL


@pytest.mark.parametrize("year", ["", "80", "0980", "19800", "1980a", "１９８０"])
def test_what_is_no_year_is_asked_again_before_anything_is_looked_up(year):
    step = complete(birth_year=year, code="ZZZZ9999")

    assert isinstance(step, Ask)
    assert "vier cijfers" in step.problem.nl


def test_an_empty_code_is_asked_again():
    step = complete(code=" ")

    assert isinstance(step, Ask)
    assert "brief" in step.problem.nl


def test_a_wrong_year_is_answered_as_a_code_that_does_not_exist():
    told = []
    for answer in ({"birth_year": "1981"}, {"code": "ZZZZ9999"}):
        with pytest.raises(UnknownCode) as refused:
            complete(**answer)
        told.append((str(refused.value), refused.value.details))
    assert told[0] == told[1]


def test_a_mistyped_code_keeps_its_own_refusal():
    with pytest.raises(MistypedCode):
        complete(code="ABCD")
