import pytest

from pb_engine.api import Ask, Assurance, CodeVoid, Fact, Known, MistypedCode, UnknownCode
from pb_engine.plugins.voting_code import pb_register_identity_checks
from pb_engine.testing import IdentityCheckContract, OneCode, a_visit

(CHECK,) = pb_register_identity_checks()
GOOD = {"code": "abcd-1234"}


class TestVotingCodeKeepsTheContract(IdentityCheckContract):
    check = CHECK
    good_answer = GOOD


def complete(typed, codes=None):
    return CHECK.complete(a_visit(codes=codes), b"", {"code": typed}, {})


def test_a_visitor_is_asked_for_the_code_and_for_nothing_else():
    step = CHECK.begin(a_visit(), {})

    assert [(question.name, question.kind) for question in step.questions] == [("code", "code")]
    assert step.problem is None


def test_a_code_gives_the_entitlement_behind_it():
    assert complete("ABCD1234") == Known("entitlement-1", {Fact.VOTING_RIGHT: "entitlement-1"})


def test_holding_a_letter_is_possession_and_vouches_for_a_voting_right_only():
    assert CHECK.assurance is Assurance.POSSESSION
    assert CHECK.vouches_for == {Fact.VOTING_RIGHT}


@pytest.mark.parametrize("typed", ["", "   ", "\t\n"])
def test_an_empty_field_is_asked_again_and_says_where_the_code_is(typed):
    step = complete(typed)

    assert isinstance(step, Ask)
    assert "brief" in step.problem.nl
    assert "letter" in step.problem.en


def test_a_missing_field_counts_as_empty():
    assert isinstance(CHECK.complete(a_visit(), b"", {}, {}), Ask)


def test_a_mistyped_and_an_unknown_code_keep_their_own_refusals():
    with pytest.raises(MistypedCode):
        complete("ABCD")
    with pytest.raises(UnknownCode):
        complete("ZZZZ9999")


def test_a_withdrawn_code_keeps_its_own_refusal():
    class Withdrawn(OneCode):
        def entitlement_of(self, typed):
            raise CodeVoid("withdrawn")

    with pytest.raises(CodeVoid):
        complete("ABCD1234", Withdrawn())
