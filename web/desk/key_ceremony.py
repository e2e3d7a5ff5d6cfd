"""Questions to a security key, and whether an answer is right: for this site, this time (WebAuthn).

What is asked lies in the session of the browser, signed, and holds for one answer.  The name of
this site comes from its public address in the settings, never from what a browser says.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

import webauthn
from flask import session
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from pb_engine.engine import wall_clock
from pb_engine.errors import InvalidOfficial
from pb_engine.services.carrying import session_secret
from pb_engine.services.officials import Official
from pb_engine.services.security_keys import SecurityKey, moment_of
from web.base import engine

LIFE = timedelta(minutes=5)
ADD, LOG_IN, VERIFY = "add", "log_in", "verify"
LONGEST_ANSWER = 20_000
_ASKED = "key_asked"
_SITE = "Wijkbudget"


def ask_new(official: Official, keys: Iterable[SecurityKey]) -> str:
    """Ask for a new key; return what the browser must pass on to it, as JSON."""
    options = webauthn.generate_registration_options(
        rp_id=_site(),
        rp_name=_SITE,
        user_id=_known_as(official.id),
        user_name=official.email,
        user_display_name=official.name,
        challenge=_challenge(ADD, official.id),
        exclude_credentials=_described(keys),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )
    return webauthn.options_to_json(options)


def new_key(official: int, name: str, answer: str) -> SecurityKey:
    """Return the key that answered, under the name that the official chose.

    :raises InvalidOfficial: the answer is not one to the question of this browser.
    """
    challenge, asked_at = _asked(ADD, official)
    try:
        told = webauthn.verify_registration_response(
            credential=answer[:LONGEST_ANSWER],
            expected_challenge=challenge,
            expected_rp_id=_site(),
            expected_origin=_origin(),
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as wrong:
        raise _refused(str(wrong)) from wrong
    return SecurityKey(
        id=bytes_to_base64url(told.credential_id),
        official=official,
        name=name,
        public_key=told.credential_public_key,
        sign_count=told.sign_count,
        asked_at=asked_at,
        added_at=wall_clock(),
    )


def ask(kind: str, official: int, keys: Iterable[SecurityKey]) -> str:
    """Ask one of these keys to sign; return what the browser must pass on to it, as JSON.

    :param kind: ``LOG_IN``, after a password; or ``VERIFY``, in place of one: then the key must
        know its owner by a PIN or a finger.
    """
    options = webauthn.generate_authentication_options(
        rp_id=_site(),
        challenge=_challenge(kind, official),
        allow_credentials=_described(keys),
        user_verification=UserVerificationRequirement.REQUIRED
        if kind == VERIFY
        else UserVerificationRequirement.DISCOURAGED,
    )
    return webauthn.options_to_json(options)


def answered(
    kind: str, official: int, keys: Iterable[SecurityKey], answer: str
) -> tuple[str, int, int]:
    """Return which key answered rightly, its count, and when the question was asked.

    :raises InvalidOfficial: not one of these keys, a signature that is not its own, a question that
        this browser was not asked, another site, or a count that did not go on.
    """
    challenge, asked_at = _asked(kind, official)
    try:
        told = json.loads(answer[:LONGEST_ANSWER])
        key = next(one for one in keys if one.id == told["id"])
        signed = webauthn.verify_authentication_response(
            credential=told,
            expected_challenge=challenge,
            expected_rp_id=_site(),
            expected_origin=_origin(),
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
            require_user_verification=kind == VERIFY,
        )
    except StopIteration as wrong:
        raise _refused("not a key of this official") from wrong
    except (WebAuthnException, ValueError, KeyError, TypeError) as wrong:
        raise _refused(str(wrong)) from wrong
    return key.id, signed.new_sign_count, asked_at


def _challenge(kind: str, official: int) -> bytes:
    made = secrets.token_bytes(32)
    session[_ASKED] = [kind, official, bytes_to_base64url(made), moment_of(wall_clock())]
    return made


def _asked(kind: str, official: int) -> tuple[bytes, int]:
    """Return what this browser was asked, and when; it is forgotten by this."""
    of_kind, of_whom, challenge, asked_at = session.pop(_ASKED, ["", 0, "", 0])
    late = moment_of(wall_clock() - LIFE) > asked_at
    if (of_kind, of_whom) != (kind, official) or late:
        raise _refused("this browser was asked nothing, or too long ago")
    return base64url_to_bytes(challenge), asked_at


def _known_as(official: int) -> bytes:
    """Return how keys know an official: nothing that tells who it is."""
    secret = session_secret(engine(), "desk-key-handle").encode()
    return hmac.digest(secret, str(official).encode(), hashlib.sha256)


def _described(keys: Iterable[SecurityKey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.id)) for one in keys]


def _site() -> str:
    return urlsplit(engine().settings.base_url).hostname or "localhost"


def _origin() -> str:
    address = urlsplit(engine().settings.base_url)
    return f"{address.scheme}://{address.netloc}"


def _refused(why: str) -> InvalidOfficial:
    return InvalidOfficial(f"the answer of the security key is refused: {why[:200]}", problem="key")
