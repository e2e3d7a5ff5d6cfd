import json
from types import MappingProxyType
from urllib.parse import unquote

import pytest

from pb_engine.api import Fact, Known, Refused, Tell
from pb_engine.plugins.yivi import pb_register_identity_checks
from pb_engine.services.outside import OutsideWorld
from pb_engine.testing import IdentityCheckContract, SecretFiles, a_visit
from pb_engine.testing.identity import NOW
from tests.brokers import serving
from tests.yivi_server import APP, BSN, Handler, YiviDouble

BY_NUMBER, BY_ADDRESS = pb_register_identity_checks()


@pytest.fixture(scope="module")
def server():
    with serving(YiviDouble(lambda: NOW), Handler) as double:
        yield double


@pytest.fixture(autouse=True)
def unbent(server):
    server.__init__(server.now)


def a_visitor(server, **changes):
    return a_visit(secrets=SecretFiles(server.files()), outside=OutsideWorld(), **changes)


class Shared(IdentityCheckContract):
    good_answer = MappingProxyType({})

    @pytest.fixture(autouse=True)
    def _server(self, server):
        self.server = server
        type(self).settings = server.settings()

    def begun(self, **wishes):
        visit = a_visitor(self.server, **wishes)
        return visit, self.check.begin(visit, self.loaded())

    def arrive(self, visit):
        visit, told = self.begun(wanted=visit.wanted, locale=visit.locale)
        if isinstance(told, Refused):
            return told
        self.server.in_the_app()
        return self.check.complete(visit, told.carry, {}, self.loaded())

    def test_every_question_can_be_drawn(self):
        assert isinstance(self.begun()[1], Tell)

    def test_it_asks_no_more_when_less_is_wanted(self):
        self.begun(wanted=frozenset({Fact.ADDRESS, Fact.PERSON}))
        (session,) = self.server.sessions.values()
        assert "over12" not in json.dumps(session["request"])

    def test_nothing_and_nonsense_do_not_get_through(self):
        assert isinstance(
            self.check.complete(a_visitor(self.server), b"", {}, self.loaded()), Refused
        )


class TestYivi(Shared):
    check = BY_NUMBER

    def test_the_number_is_all_that_is_asked_and_given(self):
        wanted = frozenset({Fact.PERSON})
        assert self.arrive(a_visit(wanted=wanted)) == Known(BSN, {Fact.PERSON: BSN})
        (session,) = self.server.sessions.values()
        assert session["request"]["disclose"] == [[[{"type": "pbdf.gemeente.personalData.bsn"}]]]


class TestYiviAddress(Shared):
    check = BY_ADDRESS

    def test_the_app_proves_an_address_and_an_age_and_no_date_of_birth(self):
        known = self.arrive(a_visit())
        assert known == Known(BSN, {Fact.ADDRESS: "7523AB 12", Fact.AGE_REACHED: "12"})


Shared.__test__ = False
TestYivi.__test__ = TestYiviAddress.__test__ = True


def loaded(server, **changes):
    return BY_NUMBER.settings_schema().load(server.settings(**changes))


def test_the_picture_opens_the_session_in_the_app_and_holds_no_token_of_ours(server):
    told = BY_NUMBER.begin(a_visitor(server), loaded(server))
    address, _, pointer = told.link.partition("#")
    assert address == "https://open.yivi.app/-/session"
    assert json.loads(unquote(pointer))["irmaqr"] == "disclosing"
    (token,) = server.sessions
    assert token not in told.link


def test_a_server_that_knows_us_by_a_token_is_asked_with_it(server):
    settings = loaded(server, auth="token", key="yivi-token")
    assert isinstance(BY_NUMBER.begin(a_visitor(server), settings), Tell)


@pytest.mark.parametrize("status", ["INITIALIZED", "PAIRING", "CONNECTED"])
def test_who_is_not_done_in_the_app_is_told_to_finish_and_can_go_on(server, status):
    visit, settings = a_visitor(server), loaded(server)
    told = BY_NUMBER.begin(visit, settings)
    server.in_the_app(status)
    again = BY_NUMBER.complete(visit, told.carry, {}, settings)
    assert (again.link, again.carry) == (told.link, told.carry)
    server.in_the_app()
    assert isinstance(BY_NUMBER.complete(visit, again.carry, {}, settings), Known)


@pytest.mark.parametrize("status", ["CANCELLED", "TIMEOUT", "SOMETHING NEW"])
def test_who_stops_in_the_app_reads_that(server, status):
    visit, settings = a_visitor(server), loaded(server)
    told = BY_NUMBER.begin(visit, settings)
    server.in_the_app(status)
    assert isinstance(BY_NUMBER.complete(visit, told.carry, {}, settings), Refused)


def test_a_round_that_names_no_server_begins_nothing():
    assert isinstance(BY_NUMBER.begin(a_visit(), BY_NUMBER.settings_schema().load({})), Refused)


@pytest.mark.parametrize(
    "wrong",
    [{"server": "http://yivi.example"}, {"auth": "none"}, {"subject": "bsn"}, {"app": "yivi://x"}],
)
def test_settings_that_would_weaken_the_check_are_refused(wrong):
    assert BY_NUMBER.settings_schema().validate(wrong)


def test_the_double_holds_what_an_app_would():
    assert set(APP.values()) == {BSN, "Yes", "7523AB", "12"}
