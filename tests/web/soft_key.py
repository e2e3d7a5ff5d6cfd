"""A security key in software (WebAuthn, ES256), honest unless a test makes it lie."""

from __future__ import annotations

import hashlib
import json
import secrets

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

SITE = "http://127.0.0.1:8080"
PRESENT, VERIFIED, NEW = 0x01, 0x04, 0x40


class SoftKey:
    """One key; its parts may be overwritten to make it lie."""

    def __init__(self, origin: str = SITE, site: str = "127.0.0.1", count: int = 0):
        self.origin, self.site, self.count = origin, site, count
        self.id = secrets.token_bytes(32)
        self._key = ec.generate_private_key(ec.SECP256R1())

    def made(self, question: dict) -> str:
        """Answer the question for a new key."""
        point = self._key.public_key().public_numbers()
        cose = {
            1: 2,
            3: -7,
            -1: 1,
            -2: point.x.to_bytes(32, "big"),
            -3: point.y.to_bytes(32, "big"),
        }
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(cose)
        about = self._about(PRESENT | VERIFIED | NEW) + attested
        told = {"fmt": "none", "attStmt": {}, "authData": about}
        client = self._client("webauthn.create", question)
        return self._answer(clientDataJSON=client, attestationObject=cbor2.dumps(told))

    def signed(self, question: dict, flags: int = PRESENT | VERIFIED, counts: int = 1) -> str:
        """Answer a question to prove that it is this key."""
        self.count += counts
        about, client = self._about(flags), self._client("webauthn.get", question)
        what = about + hashlib.sha256(client).digest()
        signature = self._key.sign(what, ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=about, signature=signature)

    def _about(self, flags: int) -> bytes:
        site = hashlib.sha256(self.site.encode()).digest()
        return site + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, question: dict) -> bytes:
        told = {"type": kind, "challenge": question["challenge"], "origin": self.origin}
        return json.dumps(told).encode()

    def _answer(self, **parts: bytes) -> str:
        own = bytes_to_base64url(self.id)
        response = {name: bytes_to_base64url(part) for name, part in parts.items()}
        return json.dumps({"id": own, "rawId": own, "type": "public-key", "response": response})


def altered(answer: str, part: str, at: int = -1) -> str:
    """The same answer with one bit of one part turned over."""
    told = json.loads(answer)
    body = bytearray(base64url_to_bytes(told["response"][part]))
    body[at] ^= 1
    told["response"][part] = bytes_to_base64url(bytes(body))
    return json.dumps(told)
