"""Short-lived state that travels with the visitor: encrypted, authenticated, for one purpose."""

from __future__ import annotations

import base64
import time

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pb_engine.errors import InvalidTicket
from pb_engine.sealing.framing import armoured, framed, require_key, unarmoured

_KEY_BYTES = 32


def seal_carry(value: bytes, *, key: bytes, purpose: str, now: int | None = None) -> str:
    """Seal a value so that the visitor can neither read nor change it.

    :param purpose: what it is for; it opens for nothing else.
    :param now: seconds since 1970 in UTC; the clock of the machine by default.
    :raises InvalidKey: the key is too short.
    """
    moment = int(time.time()) if now is None else now
    token = _cipher(key, purpose).encrypt_at_time(value, moment)
    return armoured(base64.urlsafe_b64decode(token))


def open_carry(
    text: str, *, key: bytes, purpose: str, max_age: int, now: int | None = None
) -> bytes:
    """Open what ``seal_carry`` made.

    :param max_age: seconds after which it is worth nothing.
    :param now: seconds since 1970 in UTC; the clock of the machine by default.
    :raises InvalidTicket: ``problem`` is ``malformed``, ``forged`` (another key, another purpose,
        a changed bit, or sealed more than a minute in the future) or ``expired``.
    :raises InvalidKey: the key is too short.
    """
    moment = int(time.time()) if now is None else now
    cipher = _cipher(key, purpose)
    token = _token(text)
    try:
        if moment - cipher.extract_timestamp(token) > max_age:
            raise InvalidTicket("what the visitor brought back is too old", problem="expired")
        return cipher.decrypt_at_time(token, max_age, moment)
    except InvalidToken as problem:
        raise InvalidTicket(
            "what the visitor brought back was not sealed here for this", problem="forged"
        ) from problem


def _token(text: str) -> bytes:
    try:
        return base64.urlsafe_b64encode(unarmoured(text))
    except ValueError as problem:
        raise InvalidTicket(
            "what the visitor brought back is damaged", problem="malformed"
        ) from problem


def _cipher(key: bytes, purpose: str) -> Fernet:
    require_key(key)
    info = framed("pb-engine/carry/1", purpose)
    derived = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=info).derive(key)
    return Fernet(base64.urlsafe_b64encode(derived))
