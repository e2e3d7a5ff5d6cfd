"""A Yivi server on loopback that speaks the requestor's protocol, and can be bent."""

from __future__ import annotations

import json
import secrets
from http.server import BaseHTTPRequestHandler

from joserfc import jwt

from tests.brokers import a_key

BSN = "999990019"
APP = {
    "pbdf.gemeente.personalData.bsn": BSN,
    "pbdf.gemeente.personalData.over12": "Yes",
    "pbdf.gemeente.address.zipcode": "7523AB",
    "pbdf.gemeente.address.houseNumber": "12",
}
"""What stands in the app of an invented resident."""


class YiviDouble:
    """A server with one requestor.

    :ivar bend: changes the claims of a result before it is signed.
    :ivar sign: turns claims into a token.
    """

    def __init__(self, now):
        self.now, self.sessions, self.app = now, {}, dict(APP)
        self.bend = lambda claims: claims
        self.sign = self.signed
        self.raw = None

    def signed(self, claims, key="yivi", alg="RS256"):
        return jwt.encode({"alg": alg, "typ": "JWT"}, claims, a_key(key), algorithms=[alg])

    def begin(self, headers, body):
        request = self._request(headers, body)
        if request is None:
            return 403, {"error": "UNAUTHORIZED"}
        token = secrets.token_hex(10)
        self.sessions[token] = {"status": "INITIALIZED", "request": request["request"]}
        pointer = {"u": f"{self.url}/irma/session/{secrets.token_hex(10)}", "irmaqr": "disclosing"}
        return 200, {"sessionPtr": pointer, "token": token}

    def _request(self, headers, body):
        if headers.get("authorization") == "a token":
            return json.loads(body)
        if not headers["content-type"].startswith("text/plain"):
            return None
        said = jwt.decode(body, a_key("ours"), algorithms=["RS256"]).claims
        recent = abs(said["iat"] - self.now().timestamp()) < 60
        right = said["iss"] == "gemeente" and said["sub"] == "verification_request" and recent
        return said["sprequest"] if right else None

    def in_the_app(self, status="DONE"):
        """Do what the visitor does in the app, in every session that waits."""
        for session in self.sessions.values():
            session["status"] = status

    def result(self, token):
        session = self.sessions.get(token)
        if session is None:
            return 400, {"error": "SESSION_UNKNOWN"}
        moment = int(self.now().timestamp())
        claims = {
            "iss": "yivi.example",
            "sub": "disclosing_result",
            "iat": moment,
            "exp": moment + 120,
            "token": token,
            "status": session["status"],
            "type": "disclosing",
        }
        if session["status"] == "DONE":
            claims |= {"proofStatus": "VALID", "disclosed": self._disclosed(session["request"])}
        return 200, self.sign(self.bend(claims)).encode()

    def _disclosed(self, request):
        groups = [[one["type"] for one in group[0]] for group in request["disclose"]]
        return [
            [
                {"id": name, "rawvalue": self.app[name], "status": "PRESENT", "value": {}}
                for name in names
            ]
            for names in groups
        ]

    def settings(self, **changes):
        return {
            "server": self.url,
            "server_name": "yivi.example",
            "requestor": "gemeente",
            **changes,
        }

    def files(self):
        return {
            "yivi.pem": a_key("ours").as_pem(private=True),
            "yivi-server.pem": a_key("yivi").as_pem(private=False),
            "yivi-token": b"a token\n",
        }


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        self.say(*self.server.double.begin(self.headers, body))

    def do_GET(self):
        _, session, token, what = self.path.split("/")
        assert (session, what) == ("session", "result-jwt")
        self.say(*self.server.double.result(token))

    def say(self, status, content):
        raw = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_):
        pass
