"""From a code to a verified identity token (OpenID Connect Core 1.0, 3.1; RFC 7523; RFC 7636)."""

from __future__ import annotations

import hmac
import secrets
from typing import Any
from urllib.parse import urlencode

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, Key, RSAKey

from pb_engine.api import CheckRefused, Settings, Visit
from pb_engine.plugins.oidc.broker import Broker, json_object, key_of, refused

_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_ASSERTION_LIFE = 60
_OLDEST = 600
"""Seconds after which an identity token is too old, whatever it says itself."""
_LONGEST = 20_000
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


def redeemed(visit: Visit, broker: Broker, code: str, verifier: str, settings: Settings) -> str:
    """Return the identity token for a code; we sign for who we are (``private_key_jwt``).

    :raises pb_engine.api.CheckRefused: the broker does not give it.
    """
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": visit.return_url,
        "client_id": settings["client_id"],
        "code_verifier": verifier,
        "client_assertion_type": _ASSERTION,
        "client_assertion": _assertion(visit, broker, settings),
    }
    answer = visit.outside.post(broker.token, headers=_FORM, body=urlencode(form).encode())
    if answer.status != 200:  # noqa: PLR2004
        raise refused(f"the broker answered {answer.status} to a code")
    token = json_object(answer.body).get("id_token")
    if not isinstance(token, str) or len(token) > _LONGEST:
        raise refused("the broker gave no identity token")
    return token


def verified(
    visit: Visit, broker: Broker, token: str, nonce: str, settings: Settings
) -> dict[str, Any]:
    """Return the claims of an identity token after every check.

    :raises pb_engine.api.CheckRefused: naming the first thing that is wrong, and no value.
    """
    try:
        header = jws.extract_compact(token.encode()).headers()
        key = key_of(visit, broker, header.get("kid"))
        decoded = jwt.decode(token, key, algorithms=list(settings["algorithms"]))
    except CheckRefused:
        raise
    except (JoseError, ValueError, TypeError) as problem:
        raise refused(f"the identity token is not signed well: {type(problem).__name__}") from None
    _check_parties(decoded.claims, broker, settings["client_id"])
    _check_times(decoded.claims, int(visit.now.timestamp()), settings["clock_skew"])
    _check_nonce(decoded.claims, nonce)
    _check_level(decoded.claims, settings)
    return decoded.claims


def _check_parties(claims: dict[str, Any], broker: Broker, client: str) -> None:
    if claims.get("iss") != broker.issuer:
        raise refused("the identity token is of another broker")
    given = claims.get("aud")
    audience = [given] if isinstance(given, str) else given
    if not isinstance(audience, list) or client not in audience:
        raise refused("the identity token is for somebody else")
    if claims.get("azp", None if len(audience) > 1 else client) != client:
        raise refused("the identity token was given to somebody else")


def _check_times(claims: dict[str, Any], now: int, skew: int) -> None:
    until, since, from_ = (_moment(claims, name) for name in ("exp", "iat", "nbf"))
    if until is None or until + skew <= now:
        raise refused("the identity token has expired")
    if since is None or not now - _OLDEST - skew <= since <= now + skew:
        raise refused("the identity token was not made just now")
    if from_ is not None and from_ > now + skew:
        raise refused("the identity token does not hold yet")


def _moment(claims: dict[str, Any], name: str) -> int | None:
    value = claims.get(name)
    if value is None:
        return None
    # JSON knows true and 1e999 as well.
    if isinstance(value, bool) or not isinstance(value, int):
        raise refused(f"{name} of the identity token is not a whole number")
    return value


def _check_nonce(claims: dict[str, Any], nonce: str) -> None:
    given = claims.get("nonce")
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), nonce.encode()):
        raise refused("the identity token answers another question")


def _check_level(claims: dict[str, Any], settings: Settings) -> None:
    levels, reached = list(settings["levels"]), claims.get("acr")
    needed = levels.index(settings["required_level"])
    if reached not in levels or levels.index(reached) < needed:
        raise CheckRefused("the level of trust is too low or unknown", problem="level")


def _assertion(visit: Visit, broker: Broker, settings: Settings) -> str:
    key = _own_key(visit.secrets.read(settings["key"]))
    now = int(visit.now.timestamp())
    header = {"alg": settings["signs_with"] or ("PS256" if isinstance(key, RSAKey) else "ES256")}
    kid = settings["kid"] or key.kid
    if kid:
        header["kid"] = kid
    client = settings["client_id"]
    claims = {
        "iss": client,
        "sub": client,
        "aud": broker.token,
        "jti": secrets.token_urlsafe(16),
        "iat": now,
        "exp": now + _ASSERTION_LIFE,
    }
    return jwt.encode(header, claims, key, algorithms=[header["alg"]])


def _own_key(content: bytes) -> Key:
    """Return our private key from a JWK or a PEM file."""
    if content.lstrip().startswith(b"{"):
        return JWKRegistry.import_key(json_object(content))
    for kind in (RSAKey, ECKey):
        try:
            return kind.import_key(content)
        except (JoseError, ValueError, TypeError, AttributeError):
            continue
    raise CheckRefused("the private key is neither RSA nor EC", problem="key")
