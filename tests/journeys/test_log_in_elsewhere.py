"""A resident logs in at a real OpenID provider, in a process of its own, and votes."""

import contextlib
import json
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

import pytest

from pb_engine.services.outside import forget_kept
from tests.brokers import BSN, a_key
from tests.enrolled import enrol
from tests.journeys.elsewhere import PEOPLE, a_round_of
from tests.web.visitor import Visitor

# It warns about itself while it is imported, so it lives elsewhere.  It ends with its standard
# input, and after a minute whatever happens.  Out of the box it takes clients at their word: here
# the server's side of the library checks our signature, its purpose and that it comes once.
PROVIDER = """
import json, select, sys, warnings
warnings.simplefilter("ignore")
import flask
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from joserfc.jwk import RSAKey
from oidc_provider_mock import User, _app, run_server_in_thread

class OurSignature(JWTBearerClientAssertion):
    seen = set()
    def get_audiences(self):
        return [flask.request.base_url]
    def validate_jti(self, claims, jti):
        first = jti not in self.seen
        self.seen.add(jti)
        return first
    def resolve_client_public_key(self, client):
        return RSAKey.import_key(sys.argv[2])

method = OurSignature.CLIENT_AUTH_METHOD
_app.AuthorizationCodeGrant.TOKEN_ENDPOINT_AUTH_METHODS = [method]
begin = _app.flask_oauth2.AuthorizationServer.init_app
def init_app(self, *given, **named):
    begin(self, *given, **named)
    self.register_client_auth_method(method, OurSignature())
_app.flask_oauth2.AuthorizationServer.init_app = init_app
users = [User(sub=sub, claims=claims) for sub, claims in json.loads(sys.argv[1]).items()]
with run_server_in_thread(require_nonce=True, user_claims=users) as server:
    print(server.server_port, flush=True)
    select.select([sys.stdin], [], [], 60)
"""


@pytest.fixture(scope="module")
def provider():
    running = subprocess.Popen(
        [sys.executable, "-c", PROVIDER, json.dumps(PEOPLE), a_key("ours").as_pem(private=False)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with running:
        yield f"http://localhost:{int(running.stdout.readline())}"
        running.stdin.close()
    forget_kept()


@pytest.fixture(scope="module")
def staged(tmp_path_factory, provider):
    return a_round_of(tmp_path_factory.mktemp("elsewhere"), provider, "RS256")


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def log_in(visitor, person):
    """Go to the provider, choose who one is, and bring back what it says."""
    away = visitor.get("~/stemmen/controle/oidc", follow=False)
    body = urllib.parse.urlencode({"sub": person}).encode()
    opener = urllib.request.build_opener(_Stay)
    with pytest.raises(urllib.error.HTTPError) as sent:
        opener.open(away.headers["location"], body, timeout=10)
    with contextlib.closing(sent.value):
        back = sent.value.headers["location"]
    base = visitor.engine.settings.base_url
    assert back.startswith(f"{base}/proef-2027/stemmen/controle/oidc/terug?")
    return visitor.get(back.removeprefix(base))


def test_a_resident_logs_in_votes_and_is_the_same_voter_by_letter(staged):
    _, code = enrol(staged.engine, staged.slug, BSN)
    visitor = Visitor(staged)
    paper = log_in(visitor, "anna")
    assert paper.path == "/proef-2027/stemmen/biljet"
    checked = visitor.send(paper, "choices", choices=visitor.ids("AED"))
    assert "Uw stem is binnen" in visitor.send(checked, "step").text
    by_letter = Visitor(staged)
    page = by_letter.get("~/stemmen/controle/voting_code")
    again = by_letter.send(page, "code", code=code)
    assert "al gestemd" in again.text


@pytest.mark.parametrize(
    ("person", "sentence"),
    [("laag", "Stemmen kan niet op deze manier"), ("vreemd", "niet op de lijst")],
)
def test_too_low_a_level_and_a_stranger_are_refused_in_a_sentence(staged, person, sentence):
    page = log_in(Visitor(staged), person)
    assert page.status == 403
    assert sentence in page.text, page.text
