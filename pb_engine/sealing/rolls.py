"""Signatures of the register: under what it was at the opening, and under each change since."""

from __future__ import annotations

from pb_engine.sealing.framing import framed
from pb_engine.sealing.signing import is_signed, sign

_LABEL = "pb-engine/roll/1"


def sign_roll(body: bytes, *, round_id: str, key: bytes) -> bytes:
    """Sign a statement of the register of one round; always the same 64 bytes.

    :raises InvalidKey: it is not a private key.
    """
    return sign(framed(_LABEL, round_id, body), key=key)


def roll_is_signed(body: bytes, signature: bytes, *, round_id: str, public: bytes) -> bool:
    """Tell whether the register of this round stated exactly this.

    :raises InvalidKey: ``public`` is not a public key.
    """
    return is_signed(framed(_LABEL, round_id, body), signature, public=public)
