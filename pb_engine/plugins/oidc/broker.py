"""What a broker says about itself: its addresses and its keys."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, Key, RSAKey

from pb_engine.api import CheckRefused, Visit

_KEPT = 600
_SOON = 60
"""A key that we do not know may be new: we look again, at most once a minute."""
_MOST_KEYS = 32
_JSON = {"Accept": "application/json"}
_LEAST_RSA_BITS = 2048


@dataclass(frozen=True, slots=True)
class Broker:
    """The addresses of a broker.

    :ivar names_itself: it puts its name into every answer (RFC 9207).
    """

    issuer: str
    authorization: str
    token: str
    keys: str
    names_itself: bool


def broker_at(visit: Visit, issuer: str) -> Broker:
    """Return what a broker publishes about itself (OpenID Connect Discovery 1.0).

    :raises pb_engine.api.OutsideFailed: it does not answer.
    :raises pb_engine.api.CheckRefused: it calls itself otherwise, or an address is not https.
    """
    url = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
    found = _object(visit, url, _KEPT)
    if found.get("issuer") != issuer:
        raise refused("the broker calls itself otherwise than the round does")
    addresses = [
        found.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
    ]
    first, second, third = (_safe(one) for one in addresses)
    names_itself = found.get("authorization_response_iss_parameter_supported") is True
    return Broker(issuer, first, second, third, names_itself)


def key_of(visit: Visit, broker: Broker, kid: object) -> Key:
    """Return the key with which the broker says it signed.

    :param kid: as the signature names it; a broker with one key may leave it out.
    :raises pb_engine.api.CheckRefused: the broker has no such key.
    """
    for age in (_KEPT, _SOON):
        found = _signing_keys(visit, broker.keys, age)
        those = [key for key in found if kid in {None, key.kid}]
        if len(those) == 1:
            return those[0]
    raise refused("the broker has no such key, or several")


def refused(why: str) -> CheckRefused:
    """Return a refusal of what a broker or a browser brought; ``why`` repeats nothing of it."""
    return CheckRefused(why, problem="answer")


def json_object(body: bytes) -> dict[str, Any]:
    """Return a JSON object.

    :raises pb_engine.api.CheckRefused: it is something else.
    """
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise refused("the broker sent something that is not JSON") from None
    if not isinstance(found, dict):
        raise refused("the broker sent something that is not a JSON object")
    return found


def _object(visit: Visit, url: str, age: int) -> dict[str, Any]:
    answer = visit.outside.get(url, headers=_JSON, keep=age)
    if answer.status != 200:  # noqa: PLR2004
        raise refused(f"the broker answered {answer.status} about itself")
    return json_object(answer.body)


def _signing_keys(visit: Visit, url: str, age: int) -> list[Key]:
    listed = _object(visit, url, age).get("keys")
    if not isinstance(listed, list):
        raise refused("the broker lists no keys")
    found = [_signing_key(one) for one in listed[:_MOST_KEYS]]
    return [key for key in found if key is not None]


def _signing_key(one: object) -> Key | None:
    """Return a public key that signs; what we do not understand is no key."""
    if not isinstance(one, dict) or one.get("use", "sig") != "sig":
        return None
    if one.get("kty") not in {"RSA", "EC"} or "d" in one:
        return None
    try:
        key = JWKRegistry.import_key(one)
    except (JoseError, ValueError, TypeError):
        return None
    return key if isinstance(key, ECKey) or _is_long_enough(key) else None


def _is_long_enough(key: Key) -> bool:
    return isinstance(key, RSAKey) and key.raw_value.key_size >= _LEAST_RSA_BITS


def _safe(address: object) -> str:
    parts = urlsplit(address) if isinstance(address, str) else urlsplit("")
    here = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if not isinstance(address, str) or not (parts.scheme == "https" or here) or not parts.hostname:
        raise refused("an address of the broker is not https")
    return address
