"""The signature under a count: with a key that is made for this one count and then forgotten."""

from __future__ import annotations

from pb_engine.errors import InvalidKey
from pb_engine.sealing.framing import framed
from pb_engine.sealing.signing import is_signed, new_signing_key, public_part, sign

_LABEL = "pb-engine/count/1"


def sign_count(body: bytes) -> tuple[bytes, bytes]:
    """Sign a count with a fresh key; return its public part (32 bytes) and the signature (64).

    The private part is gone when this returns: nobody can sign a second count with it.
    """
    private = new_signing_key()
    return public_part(private), sign(framed(_LABEL, body), key=private)


def count_is_signed(body: bytes, signature: bytes, *, public: bytes) -> bool:
    """Tell whether whoever made this key signed exactly this count."""
    try:
        return is_signed(framed(_LABEL, body), signature, public=public)
    except InvalidKey:
        return False
