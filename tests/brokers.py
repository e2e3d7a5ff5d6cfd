"""A broker on loopback that checks what we send, and can be bent to answer falsely."""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
import threading
from base64 import urlsafe_b64encode
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

LEVEL = "http://eidas.europa.eu/LoA/substantial"
BSN = "999990019"
CLIENT = "gemeente"
_one_at_a_time = threading.Lock()
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def a_key(name: str) -> RSAKey:
    """A key pair; one name is one key, for all tests and all threads."""
    with _one_at_a_time:
        return _new_key(name)


@cache
def _new_key(name: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig"})


@cache
def our_key_file() -> bytes:
    return a_key("ours").as_pem(private=True)


class BrokerDouble:
    """An OpenID provider.

    :ivar bend: changes the claims of the next identity token.
    :ivar sign: turns claims into a token; bend it to sign falsely.
    :ivar metadata: changes what it says about itself.
    :ivar raw: by path: a function that answers instead, with the request handler.
    """

    def __init__(self, now):
        self.now, self.codes, self.jtis, self.refusals = now, {}, set(), []
        self.bsn = BSN
        self.bend = lambda claims: claims
        self.sign = self.signed
        self.metadata: dict = {}
        self.listed = ["theirs"]
        self.raw: dict = {}
        self.asked: list[str] = []

    def signed(self, claims, key="theirs", alg="RS256", kid="theirs"):
        header = {"alg": alg, **({"kid": kid} if kid else {})}
        return jwt.encode(header, claims, a_key(key), algorithms=[alg])

    def log_in(self, url, **changes):
        """Do what a browser would do at the broker; return the parameters that it brings back."""
        asked = dict(parse_qsl(urlsplit(url).query))
        assert urlsplit(url).path == "/authorize"
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert asked["client_id"] == CLIENT
        assert LEVEL in asked["acr_values"].split()
        code = secrets.token_hex(8)
        self.codes[code] = asked
        return {"code": code, "state": asked["state"], **changes}

    def claims(self, asked):
        moment = int(self.now().timestamp())
        return {
            "iss": self.url,
            "aud": CLIENT,
            "sub": "een sleutel van de makelaar",
            "iat": moment,
            "exp": moment + 300,
            "nonce": asked["nonce"],
            "acr": LEVEL,
            "bsn": self.bsn,
        }

    def token(self, form):
        """Answer a code, or say what is wrong with how it was brought."""
        problem, asked = self._problem(form)
        if problem:
            self.refusals.append(problem)
            return 400, {"error": "invalid_grant"}
        token = self.sign(self.bend(self.claims(asked)))
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": token}

    def _problem(self, form):
        asked = self.codes.pop(form.get("code"), None)
        if asked is None:
            return "code", None
        if form["redirect_uri"] != asked["redirect_uri"]:
            return "redirect", None
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return "pkce", None
        return self._problem_of_client(form), asked

    def _problem_of_client(self, form):
        if form.get("client_assertion_type") != ASSERTION or "client_secret" in form:
            return "client"
        said = jwt.decode(form["client_assertion"], a_key("ours"), algorithms=["PS256"])
        moment = self.now().timestamp()
        right = (
            said.header["kid"] == "ours-at-the-broker",
            said.claims["iss"] == said.claims["sub"] == CLIENT,
            said.claims["aud"] == f"{self.url}/token",
            moment < said.claims["exp"] <= moment + 300,
            said.claims["jti"] not in self.jtis,
        )
        self.jtis.add(said.claims["jti"])
        return None if all(right) else f"assertion {right}"

    def about(self):
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            **self.metadata,
        }

    def keys(self):
        return {"keys": [a_key(name).as_dict(private=False) for name in self.listed]}

    def settings(self, **changes):
        return {
            "issuer": self.url,
            "client_id": CLIENT,
            "key": "broker.pem",
            "kid": "ours-at-the-broker",
            **changes,
        }


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        pages = {
            "/.well-known/openid-configuration": self.server.double.about,
            "/keys": self.server.double.keys,
        }
        path = urlsplit(self.path).path
        self.server.double.asked.append(path)
        if path in self.server.double.raw:
            self.server.double.raw[path](self)
        else:
            self.say(200, pages[path]())

    def do_POST(self):
        double, path = self.server.double, urlsplit(self.path).path
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        double.asked.append(path)
        if path in double.raw:
            double.raw[path](self)
        else:
            self.say(*double.token(dict(parse_qsl(body))))

    def say(self, status, content, **headers):
        raw = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(raw)))
        self.end_headers()
        with contextlib.suppress(OSError):  # whoever asked has heard enough
            self.wfile.write(raw)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def serving(double, handler=_Handler):
    """Serve a double on a free loopback port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.double, double.url = double, f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield double
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
