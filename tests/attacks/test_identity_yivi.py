"""T43: false, foreign and repeated answers of a Yivi server, through the real pages."""

import pytest

from pb_engine.domain.rounds import PluginChoice
from pb_engine.store.register import Channel
from tests.brokers import serving
from tests.builders import CALENDAR, DAY, a_round, a_round_in, an_engine
from tests.enrolled import a_register, enrol
from tests.web.visitor import Visitor
from tests.yivi_server import BSN, Handler, YiviDouble

NOW = CALENDAR.voting.start + DAY
CHECK = "~/stemmen/controle/yivi"
BALLOT = "/proef-2027/stemmen/biljet"
_numbers = iter(range(999980030, 999990000))


@pytest.fixture(scope="module")
def double():
    with serving(YiviDouble(lambda: NOW), Handler) as running:
        yield running


def hand_in_keys(engine, double):
    folder = engine.settings.data_folder / "secrets"
    folder.mkdir(mode=0o700)
    for name, content in double.files().items():
        (folder / name).write_bytes(content)
        (folder / name).chmod(0o600)


@pytest.fixture(scope="module")
def staged(tmp_path_factory, double):
    engine = an_engine(tmp_path_factory.mktemp("yivi"))
    hand_in_keys(engine, double)
    a_register(engine, "proef-2027")
    checks = (PluginChoice("yivi", double.settings()),)
    return a_round_in(engine, round_=a_round(identity_checks=checks))


@pytest.fixture
def server(double):
    double.__init__(double.now)
    return double


@pytest.fixture
def visitor(staged, server):
    visitor = Visitor(staged)
    server.app["pbdf.gemeente.personalData.bsn"] = visitor.number = str(next(_numbers))
    visitor.right, _ = enrol(staged.engine, staged.slug, visitor.number)
    return visitor


def used(visitor):
    with visitor.engine.stores.register.read() as work:
        return work.entitlements.get(visitor.slug, visitor.right).channel is not Channel.NONE


def went_on(visitor, page):
    return visitor.send(page, "carry")


def shown(visitor, server, status="DONE"):
    page = visitor.get(CHECK)
    server.in_the_app(status)
    return went_on(visitor, page)


def test_who_shows_a_number_that_the_register_knows_gets_the_ballot_paper(visitor, server):
    page = visitor.get(CHECK)
    assert "data:image/svg+xml" in page.html
    assert "<script" not in page.html
    waiting = went_on(visitor, page)
    assert "De app is nog niet klaar" in waiting.text
    server.in_the_app()
    assert went_on(visitor, waiting).path == BALLOT
    assert used(visitor)


def put(**changes):
    return lambda claims: {**claims, **changes}


def without(name):
    return lambda claims: {key: value for key, value in claims.items() if key != name}


def disclosing(*values):
    listed = [
        {"id": name, "rawvalue": value, "status": status, "value": {}}
        for name, value, status in values
    ]
    return put(disclosed=[listed])


NUMBER = "pbdf.gemeente.personalData.bsn"
BENT = {
    "another session": put(token="somebodyelses"),
    "no session": without("token"),
    "another server": put(iss="irmaserver"),
    "another kind of result": put(sub="signing_result"),
    "another kind of session": put(type="issuing"),
    "proof invalid": put(proofStatus="INVALID"),
    "proof expired": put(proofStatus="EXPIRED"),
    "attributes missing": put(proofStatus="MISSING_ATTRIBUTES"),
    "unmatched request": put(proofStatus="UNMATCHED_REQUEST"),
    "no proof": without("proofStatus"),
    "old": put(exp=int((NOW - DAY).timestamp())),
    "made long ago": put(iat=int((NOW - DAY).timestamp())),
    "made tomorrow": put(iat=int((NOW + DAY).timestamp())),
    "no times": without("exp"),
    "nothing shown": put(disclosed=[]),
    "shown as a word": put(disclosed="everything"),
    "fewer attributes": disclosing((NUMBER, BSN, "NULL")),
    "extra status": disclosing((NUMBER, BSN, "EXTRA")),
    "more attributes": disclosing((NUMBER, BSN, "PRESENT"), ("a.b.c.d", "x", "PRESENT")),
    "another attribute": disclosing(("pbdf.sidn-pbdf.email.email", BSN, "PRESENT")),
    "twice the same": disclosing((NUMBER, BSN, "PRESENT"), (NUMBER, "999990020", "PRESENT")),
    "a value of another kind": disclosing((NUMBER, 999990019, "PRESENT")),
    "an empty value": disclosing((NUMBER, "", "PRESENT")),
}


@pytest.mark.parametrize("bend", BENT.values(), ids=BENT)
def test_a_result_that_says_something_else_opens_nothing(visitor, server, bend):
    server.bend = bend
    page = shown(visitor, server)
    assert page.status == 403
    assert "deze manier" in page.text
    assert not used(visitor)


SIGNED = {
    "by another key": lambda s: lambda c: s.signed(c, key="stranger"),
    "by another algorithm": lambda s: lambda c: s.signed(c, alg="RS512"),
    "not at all": lambda s: lambda c: s.signed(c).rpartition(".")[0] + ".",
    "rubbish": lambda _: lambda _claims: "no token",
    "far too long": lambda _: lambda _claims: "a" * 100_000,
}


@pytest.mark.parametrize("sign", SIGNED.values(), ids=SIGNED)
def test_a_result_that_the_server_did_not_sign_opens_nothing(visitor, server, sign):
    server.sign = sign(server)
    assert shown(visitor, server).status == 403
    assert not used(visitor)


def test_who_cancels_or_waits_too_long_reads_that(visitor, server):
    for status in ("CANCELLED", "TIMEOUT"):
        page = shown(visitor, server, status)
        assert page.status == 403
        assert "in de app niets laten zien" in page.text
    assert not used(visitor)


def test_a_result_is_worth_something_once(visitor, server):
    page = visitor.get(CHECK)
    server.in_the_app()
    assert went_on(visitor, page).path == BALLOT
    thief = Visitor(visitor.staged)
    carried = dict(page.form("carry").fields)["carry"]
    assert thief.send(thief.get(CHECK), "carry", carry=carried).status == 403


def test_a_session_of_somebody_else_cannot_be_pasted_into_mine(visitor, server):
    # What a page carries is sealed; the result of another session does not fit what it names.
    theirs, mine = visitor.get(CHECK), visitor.get(CHECK)
    server.in_the_app()
    results = {token: server.result(token) for token in server.sessions}
    first, second = server.sessions
    server.result = lambda token: results[second if token == first else first]
    for page in (theirs, mine):
        assert went_on(visitor, page).status == 403
    del server.result
    forged = visitor.send(mine, "carry", carry=first)
    assert forged.status == 403
    assert not used(visitor)


def test_no_log_and_no_page_holds_the_number_or_the_name_of_the_session(
    visitor, server, everything_logged
):
    page = visitor.get(CHECK)
    server.in_the_app()
    after = went_on(visitor, page)
    (token,) = server.sessions
    for secret in (visitor.number, token):
        assert secret not in page.html
        assert secret not in after.html
        assert secret not in everything_logged.getvalue()


def test_an_address_and_an_age_give_a_right_in_a_round_without_a_register(tmp_path, server):
    engine = an_engine(tmp_path)
    hand_in_keys(engine, server)
    checks = (PluginChoice("yivi_address", server.settings()),)
    visitor = Visitor(a_round_in(engine, round_=a_round(identity_checks=checks)))
    place = "~/stemmen/controle/yivi_address"

    def arrive():
        page = visitor.get(place)
        server.in_the_app()
        return went_on(visitor, page)

    assert arrive().path == BALLOT
    server.app["pbdf.gemeente.address.zipcode"] = "7523XY"
    assert "buiten" in arrive().text or arrive().status == 403
    server.app["pbdf.gemeente.personalData.over12"] = "No"
    assert arrive().status == 403
