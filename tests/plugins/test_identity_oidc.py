from types import MappingProxyType

import pytest

from pb_engine.api import Fact, Known, Refused, SendTo
from pb_engine.plugins.oidc import pb_register_identity_checks
from pb_engine.plugins.oidc.settings import OidcSettings
from pb_engine.services.outside import OutsideWorld, forget_kept
from pb_engine.testing import IdentityCheckContract, SecretFiles, a_visit
from pb_engine.testing.identity import NOW
from tests.brokers import BSN, BrokerDouble, our_key_file, serving

(CHECK,) = pb_register_identity_checks()


@pytest.fixture(scope="module")
def broker():
    with serving(BrokerDouble(lambda: NOW)) as double:
        yield double
    forget_kept()


def a_visitor(**changes):
    secrets = SecretFiles({"broker.pem": our_key_file()})
    return a_visit(secrets=secrets, outside=OutsideWorld(), **changes)


class TestOidc(IdentityCheckContract):
    check = CHECK
    good_answer = MappingProxyType({})

    @pytest.fixture(autouse=True)
    def _broker(self, broker):
        self.broker = broker
        type(self).settings = broker.settings()

    def arrive(self, visit):
        visit = a_visitor(wanted=visit.wanted, locale=visit.locale)
        sent = CHECK.begin(visit, self.loaded())
        assert isinstance(sent, SendTo)
        answer = self.broker.log_in(sent.url)
        return CHECK.complete(visit, sent.carry, answer, self.loaded())

    def test_every_question_can_be_drawn(self):
        assert isinstance(CHECK.begin(a_visitor(), self.loaded()), SendTo)

    def test_it_asks_no_more_when_less_is_wanted(self):
        for wanted in (frozenset(), frozenset(Fact)):
            assert isinstance(CHECK.begin(a_visitor(wanted=wanted), self.loaded()), SendTo)

    def test_nothing_and_nonsense_do_not_get_through(self):
        assert isinstance(CHECK.complete(a_visitor(), b"", {}, self.loaded()), Refused)

    def test_the_number_of_the_municipality_is_the_only_fact(self):
        wanted = frozenset({Fact.PERSON})
        assert self.arrive(a_visit(wanted=wanted)) == Known(BSN, {Fact.PERSON: BSN})

    def test_what_is_known_of_a_person_stands_in_no_representation(self):
        assert BSN not in repr(self.arrive(a_visit()))


def test_a_round_that_names_no_broker_sends_nobody_anywhere():
    assert isinstance(CHECK.begin(a_visit(), OidcSettings().load({})), Refused)


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": "http://broker.example"},
        {"issuer": "https://broker.example/?x=1"},
        {"algorithms": ["HS256"]},
        {"algorithms": ["none"]},
        {"algorithms": []},
        {"required_level": "very high"},
        {"clock_skew": 3600},
        {"scope": "profile"},
    ],
)
def test_settings_that_would_weaken_the_check_are_refused(wrong):
    assert OidcSettings().validate(wrong)


def test_the_question_names_levels_that_are_high_enough_and_no_others(broker):
    settings = OidcSettings().load(broker.settings())
    sent = CHECK.begin(a_visitor(), settings)
    assert "LoA%2Fsubstantial+http" in sent.url
    assert "LoA%2Flow" not in sent.url
    assert BSN not in sent.url
