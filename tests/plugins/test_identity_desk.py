from types import MappingProxyType

import pytest

from pb_engine.api import Ask, Assurance, Fact, Known, UnknownCode
from pb_engine.plugins.desk import pb_register_identity_checks
from pb_engine.testing import IdentityCheckContract, a_visit

(CHECK,) = pb_register_identity_checks()


class TestDesk(IdentityCheckContract):
    check = CHECK
    good_answer = MappingProxyType({"code": "desk5-67890"})


def test_the_code_of_the_counter_is_the_voting_right_that_an_officer_chose():
    step = CHECK.complete(a_visit(), b"", {"code": "DESK567890"}, {})
    assert step == Known("entitlement-1", {Fact.VOTING_RIGHT: "entitlement-1"})


def test_a_document_was_seen_so_it_is_worth_the_most():
    assert CHECK.assurance is Assurance.HIGH


def test_nothing_typed_asks_again_and_a_wrong_code_is_refused():
    assert isinstance(CHECK.complete(a_visit(), b"", {}, {}), Ask)
    with pytest.raises(UnknownCode):
        CHECK.complete(a_visit(), b"", {"code": "DESK567891"}, {})
