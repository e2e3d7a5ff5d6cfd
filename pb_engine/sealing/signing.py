"""Ed25519 signatures over framed bytes.  Keys are raw: 32 bytes private, 32 bytes public."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from pb_engine.errors import InvalidKey


def new_signing_key() -> bytes:
    """Return a fresh private key."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_part(private: bytes) -> bytes:
    """Return the public key with which anybody checks what ``private`` signed.

    :raises InvalidKey: it is not a private key.
    """
    return _private(private).public_key().public_bytes_raw()


def sign(message: bytes, *, key: bytes) -> bytes:
    """Return the signature; the same message and key always give the same one.

    :raises InvalidKey: it is not a private key.
    """
    return _private(key).sign(message)


def is_signed(message: bytes, signature: bytes, *, public: bytes) -> bool:
    """Tell whether the holder of the private key signed exactly this.

    :raises InvalidKey: ``public`` is not a public key.
    """
    try:
        key = Ed25519PublicKey.from_public_bytes(public)
    except ValueError as problem:
        raise InvalidKey("an Ed25519 public key has 32 bytes", problem="key") from problem
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _private(raw: bytes) -> Ed25519PrivateKey:
    try:
        return Ed25519PrivateKey.from_private_bytes(raw)
    except ValueError as problem:
        raise InvalidKey("an Ed25519 private key has 32 bytes", problem="key") from problem
