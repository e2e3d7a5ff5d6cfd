"""Names that only the holder of a key can connect to what they stand for, and fresh secrets."""

from __future__ import annotations

import secrets

from pb_engine.sealing.framing import keyed_hex

_SECRET_BYTES = 32
_NONCE_BYTES = 16


def new_secret() -> bytes:
    """Return 32 random bytes."""
    return secrets.token_bytes(_SECRET_BYTES)


def new_nonce() -> str:
    """Return 128 random bits in hexadecimal."""
    return secrets.token_hex(_NONCE_BYTES)


def pseudonym(link_key: bytes, *, round_id: str, entitlement: str) -> str:
    """Return the name under which a voting right votes in a round, in hexadecimal.

    Once ``link_key`` is erased nobody can tell which voting right it was, nor test a guess.

    :raises InvalidKey: the key is too short.
    """
    return keyed_hex(link_key, "pb-engine/pseudonym/1", round_id, entitlement)


def keyed_id(key: bytes, *parts: str) -> str:
    """Return one identifier for a list of texts, in hexadecimal; another list gives another.

    :raises InvalidKey: the key is too short.
    """
    return keyed_hex(key, "pb-engine/keyed-id/1", *parts)
