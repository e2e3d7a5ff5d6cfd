"""T42: a broker, or somebody who plays one, answers falsely.  Nobody gets in, nothing is kept."""

import hmac
import json
import threading
import time
from base64 import urlsafe_b64encode
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from pb_engine.domain.rounds import PluginChoice
from pb_engine.errors import NotReady
from pb_engine.services import outside
from pb_engine.store.register import Channel, ResidentState
from tests.brokers import BSN, CLIENT, BrokerDouble, a_key, our_key_file, serving
from tests.builders import CALENDAR, DAY, a_round, a_round_in, an_engine
from tests.enrolled import a_register, enrol
from tests.leftovers import dumped
from tests.web.visitor import Visitor

NOW = CALENDAR.voting.start + DAY
CHECK = "~/stemmen/controle/oidc"
BALLOT = "/proef-2027/stemmen/biljet"


@pytest.fixture(scope="module")
def double():
    with serving(BrokerDouble(lambda: NOW)) as running:
        yield running


@pytest.fixture
def broker(double):
    """The broker as it should be, and unbent again afterwards."""
    double.__init__(double.now)
    outside.forget_kept()
    yield double
    outside.forget_kept()


def staged_with(engine, broker, **settings):
    folder = engine.settings.data_folder / "secrets"
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / "broker.pem").write_bytes(our_key_file())
    (folder / "broker.pem").chmod(0o600)
    a_register(engine, "proef-2027")
    checks = (PluginChoice("oidc", broker.settings(**settings)),)
    return a_round_in(engine, round_=a_round(identity_checks=checks))


@pytest.fixture(scope="module")
def staged(tmp_path_factory, double):
    return staged_with(an_engine(tmp_path_factory.mktemp("oidc")), double)


_numbers = iter(range(999990030, 999999999))


@pytest.fixture
def visitor(staged, broker):
    """A browser of somebody who is new in the register, and who is who logs in at the broker."""
    broker.bsn = str(next(_numbers))
    visitor = Visitor(staged)
    visitor.right, _ = enrol(staged.engine, staged.slug, broker.bsn)
    return visitor


def left_for_the_broker(visitor):
    away = visitor.get(CHECK, follow=False)
    assert away.status == 303
    return away.headers["location"]


def came_back(visitor, answer):
    return visitor.get(f"{CHECK}/terug?{urlencode(answer)}")


def logged_in(visitor, broker, **changes):
    return came_back(visitor, broker.log_in(left_for_the_broker(visitor), **changes))


def test_who_logs_in_and_stands_in_the_register_gets_the_ballot_paper(visitor, broker):
    assert logged_in(visitor, broker).path == BALLOT
    assert used(visitor)
    assert broker.refusals == []


def test_who_is_not_in_the_register_or_left_it_is_told_so(visitor, broker):
    broker.bsn = str(next(_numbers))
    page = logged_in(visitor, broker)
    assert page.status == 403
    assert "niet op de lijst" in page.text
    enrol(visitor.engine, visitor.slug, broker.bsn, state=ResidentState.MOVED)
    assert logged_in(visitor, broker).status == 403
    assert not used(visitor)


def used(visitor):
    """Tell whether the voting right of this visitor was used."""
    with visitor.engine.stores.register.read() as work:
        return work.entitlements.get(visitor.slug, visitor.right).channel is not Channel.NONE


def put(**changes):
    return lambda claims: {**claims, **changes}


def without(name):
    return lambda claims: {key: value for key, value in claims.items() if key != name}


LATE, EARLY = NOW - timedelta(minutes=2), NOW + timedelta(minutes=2)
BENT = {
    "wrong nonce": put(nonce="another"),
    "no nonce": without("nonce"),
    "nonce of another kind": put(nonce=["another"]),
    "wrong iss": put(iss="https://elsewhere.example"),
    "no iss": without("iss"),
    "wrong aud": put(aud="somebody-else"),
    "no aud": without("aud"),
    "wrong azp": put(azp="somebody-else"),
    "several aud without azp": put(aud=[CLIENT, "somebody-else"]),
    "several aud, azp another": put(aud=[CLIENT, "somebody-else"], azp="somebody-else"),
    "expired": put(exp=int(LATE.timestamp())),
    "no exp": without("exp"),
    "exp true": put(exp=True),
    "exp without end": put(exp=float("inf")),
    "iat in the future": put(iat=int(EARLY.timestamp())),
    "iat of yesterday": put(iat=int((NOW - DAY).timestamp())),
    "no iat": without("iat"),
    "nbf in the future": put(nbf=int(EARLY.timestamp())),
    "low acr": put(acr="http://eidas.europa.eu/LoA/low"),
    "unknown acr": put(acr="very high"),
    "no acr": without("acr"),
    "acr of another kind": put(acr=["http://eidas.europa.eu/LoA/high"]),
    "no number": without("bsn"),
    "empty number": put(bsn=""),
    "number of another kind": put(bsn=999990019),
}


@pytest.mark.parametrize("bend", BENT.values(), ids=BENT)
def test_an_identity_token_that_says_something_else_opens_nothing(visitor, broker, bend):
    broker.bend = bend
    page = logged_in(visitor, broker)
    assert page.status == 403
    assert "Stemmen kan niet op deze manier" in page.text
    assert not used(visitor)


def by_hand(header, claims, secret=None):
    """A token that the library refuses to write."""
    coded = [urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=") for one in (header, claims)]
    said = b".".join(coded)
    tag = hmac.digest(secret, said, "sha256") if secret else b""
    return b".".join([said, urlsafe_b64encode(tag).rstrip(b"=")]).decode()


def unsigned(claims):
    return by_hand({"alg": "none", "kid": "theirs"}, claims)


def by_the_public_key(claims):
    public = a_key("theirs").as_pem(private=False)
    return by_hand({"alg": "HS256", "kid": "theirs"}, claims, public)


def signature_cut(broker):
    return lambda claims: broker.signed(claims).rpartition(".")[0] + "."


def claims_swapped(broker):
    def swapped(claims):
        mine, other = broker.signed(claims), broker.signed({**claims, "bsn": "999990020"})
        first, _, last = mine.split(".")
        return ".".join((first, other.split(".")[1], last))

    return swapped


SIGNED = {
    "alg none": lambda _: unsigned,
    "HS256 by the public key": lambda _: by_the_public_key,
    "no signature": signature_cut,
    "claims of another token": claims_swapped,
    "a key that is not listed": lambda b: lambda c: b.signed(c, key="stranger", kid="stranger"),
    "a foreign key under a known name": lambda b: lambda c: b.signed(c, key="stranger"),
    "an algorithm that the round does not accept": lambda b: lambda c: b.signed(c, alg="RS512"),
    "no token at all": lambda _: lambda _claims: None,
    "a token without end": lambda _: lambda _claims: "a." * 20_000,
}


@pytest.mark.parametrize("sign", SIGNED.values(), ids=SIGNED)
def test_an_identity_token_that_is_not_signed_by_the_broker_opens_nothing(visitor, broker, sign):
    broker.sign = sign(broker)
    assert logged_in(visitor, broker).status == 403
    assert not used(visitor)


def test_a_new_key_of_the_broker_is_found_and_a_name_for_two_keys_is_not_guessed(visitor, broker):
    assert logged_in(visitor, broker).path == BALLOT
    broker.listed, broker.sign = ["newer"], lambda c: broker.signed(c, key="newer", kid="newer")
    outside.forget_kept()
    assert logged_in(visitor, broker).path == BALLOT
    broker.listed, broker.sign = ["newer", "theirs"], lambda c: broker.signed(c, kid=None)
    outside.forget_kept()
    assert logged_in(visitor, broker).status == 403


def test_unknown_keys_do_not_make_us_ask_the_broker_over_and_over(visitor, broker):
    broker.sign = lambda c: broker.signed(c, key="stranger", kid="stranger")
    for _ in range(4):
        assert logged_in(visitor, broker).status == 403
    assert broker.asked.count("/keys") <= 2
    assert broker.asked.count("/.well-known/openid-configuration") == 1


def test_an_answer_to_another_question_or_to_somebody_elses_opens_nothing(visitor, broker):
    assert logged_in(visitor, broker, state="another").status == 403
    theirs = broker.log_in(left_for_the_broker(Visitor(visitor.staged)))
    left_for_the_broker(visitor)
    assert came_back(visitor, theirs).status == 403
    assert came_back(Visitor(visitor.staged), theirs).status == 403
    assert not used(visitor)


def test_a_code_or_an_answer_is_worth_something_once(visitor, broker):
    url = left_for_the_broker(visitor)
    answer = broker.log_in(url)
    cookie = visitor.cookie("pb_controle", "~/stemmen").value
    assert came_back(visitor, answer).path == BALLOT
    tokens = broker.asked.count("/token")
    thief = Visitor(visitor.staged)
    thief.client.set_cookie("pb_controle", cookie, path="/proef-2027/stemmen")
    assert came_back(thief, answer).status == 403
    assert broker.asked.count("/token") == tokens


def test_a_code_that_somebody_slips_in_is_refused_by_the_broker_itself(visitor, broker):
    # PKCE: the code of another log-in does not fit the secret of this one.
    theirs = broker.log_in(left_for_the_broker(Visitor(visitor.staged)))
    mine = broker.log_in(left_for_the_broker(visitor))
    assert came_back(visitor, {**mine, "code": theirs["code"]}).status == 403
    assert broker.refusals == ["pkce"]


def test_an_answer_that_names_another_broker_opens_nothing(visitor, broker):
    assert logged_in(visitor, broker, iss="https://elsewhere.example").status == 403
    assert logged_in(visitor, broker, iss=broker.url).path == BALLOT


def test_a_broker_that_always_names_itself_is_not_believed_when_it_does_not(visitor, broker):
    broker.metadata["authorization_response_iss_parameter_supported"] = True
    assert logged_in(visitor, broker).status == 403
    assert logged_in(visitor, broker, iss=broker.url).path == BALLOT


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://elsewhere.example"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "http://elsewhere.example/authorize"},
        {"token_endpoint": None},
        {"jwks_uri": "file:///etc/passwd"},
    ],
)
def test_a_broker_that_sends_people_elsewhere_is_not_followed(visitor, broker, metadata):
    broker.metadata = metadata
    page = visitor.get(CHECK, follow=False)
    assert page.status == 403
    assert "location" not in page.headers


def test_a_token_address_that_points_elsewhere_is_not_followed(visitor, broker):
    broker.raw["/token"] = lambda handler: handler.say(307, {}, location=f"{broker.url}/other")
    assert logged_in(visitor, broker).status == 403
    assert "/other" not in broker.asked


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/keys", "/token"])
@pytest.mark.parametrize("body", [b"x" * (outside.LARGEST + 1), b"[" * 100_000, b"[]", b"\xff"])
def test_huge_and_meaningless_answers_end_in_a_sentence(visitor, broker, path, body):
    broker.raw[path] = lambda handler: handler.say(200, body)
    away = visitor.get(CHECK, follow=False)
    if away.status == 303:
        away = came_back(visitor, broker.log_in(away.headers["location"]))
    assert away.status in {403, 503}
    assert "inlogdienst" in away.text or "deze manier" in away.text
    assert not used(visitor)


def dripping(handler):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(40):
        try:
            handler.wfile.write(b" " * 20_000)
        except OSError:
            return
        handler.server.double.gone.wait(0.05)


def silent(handler):
    handler.server.double.gone.wait(3)


@pytest.mark.parametrize("slow", [dripping, silent])
def test_a_broker_that_keeps_us_waiting_is_given_up(visitor, broker, monkeypatch, slow):
    broker.gone = threading.Event()
    monkeypatch.setattr(outside, "WAIT", 0.3)
    monkeypatch.setattr(outside, "LONGEST", 0.3)
    monkeypatch.setattr(outside, "LARGEST", 10**9)
    broker.raw["/token"] = slow
    began = time.monotonic()
    page = logged_in(visitor, broker)
    assert page.status == 503
    assert "inlogdienst" in page.text
    assert time.monotonic() - began < 2
    broker.gone.set()


def test_a_broker_that_is_away_is_said_and_breaks_nothing(visitor, broker):
    broker.raw["/.well-known/openid-configuration"] = lambda handler: handler.say(500, {})
    assert visitor.get(CHECK).status == 403
    assert visitor.get("~/").status == 200


def test_who_stops_at_the_broker_reads_that_and_is_not_sent_in_a_circle(visitor, broker):
    answer = broker.log_in(left_for_the_broker(visitor))
    page = came_back(visitor, {"error": "access_denied", "state": answer["state"]})
    assert page.status == 403
    assert "U bent niet ingelogd" in page.text
    page = came_back(Visitor(visitor.staged), {"code": "x", "state": "y"})
    assert page.status == 403
    assert page.path.endswith("/terug")


def test_our_key_must_lie_in_a_file_that_only_we_can_read(visitor, broker):
    path = visitor.engine.settings.data_folder / "secrets" / "broker.pem"
    path.chmod(0o644)
    assert logged_in(visitor, broker).status == 503
    path.chmod(0o600)
    assert not used(visitor)


def test_no_log_and_no_store_ever_holds_the_number(engine, broker, everything_logged):
    staged = staged_with(engine, broker)
    enrol(staged.engine, staged.slug, BSN)
    visitor = Visitor(staged)
    url = left_for_the_broker(visitor)
    answer = broker.log_in(url)
    seen = [url, came_back(visitor, answer).html]
    broker.bend = put(acr="low")
    seen.append(logged_in(visitor, broker).html)
    broker.bend, broker.bsn = put(), "999990020"
    seen.append(logged_in(visitor, broker).html)
    logged = everything_logged.getvalue()
    assert "request" in logged
    for number in (BSN, "999990020"):
        assert not any(number in page for page in seen)
        assert number not in logged
        assert number not in dumped(engine)
    assert answer["code"] not in logged
    assert answer["state"] not in logged


def test_voting_does_not_open_with_a_log_in_and_no_register(tmp_path, broker):
    checks = (PluginChoice("oidc", broker.settings()),)
    with pytest.raises(NotReady) as refusal:
        a_round_in(tmp_path, round_=a_round(identity_checks=checks))
    assert refusal.value.details["problem"] == "register"


def test_voting_does_not_open_where_one_person_could_get_two_rights(tmp_path):
    checks = (PluginChoice("voting_code"), PluginChoice("self_declared"))
    with pytest.raises(NotReady) as refusal:
        a_round_in(tmp_path, round_=a_round(identity_checks=checks))
    assert refusal.value.details["problem"] == "doors"
