"""The closed list of HPKE suites (RFC 9180), and keys as raw bytes.

Keys are serialised as the RFC does.  P-256: the public key is the uncompressed point of X9.62
(65 bytes), the private key the scalar, big-endian (32 bytes).  X25519: 32 bytes each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from pb_engine.errors import InvalidKey

SUITE = "hpke-p256-sha256-aes128gcm"
"""The suite of new rounds; every browser can compute it by itself."""

X25519_SUITE = "hpke-x25519-sha256-aes128gcm"

_SCALAR = 32
_Private = EllipticCurvePrivateKey | X25519PrivateKey
_Public = EllipticCurvePublicKey | X25519PublicKey


@dataclass(frozen=True, slots=True)
class RoundKeys:
    """The key pair of a round; the private half is kept out of ``repr`` and so out of logs."""

    suite: str
    public: bytes
    private: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Scheme:
    """One suite: the algorithm, and how its keys are made and read.

    Both readers raise ``ValueError`` for bytes that are no key.
    """

    hpke: Suite
    generate: Callable[[], _Private]
    read_private: Callable[[bytes], _Private]
    read_public: Callable[[bytes], _Public]


def new_round_keys(suite: str = SUITE) -> RoundKeys:
    """Make a fresh key pair.

    :raises InvalidKey: the suite is unknown.
    """
    private = _private_bytes(scheme_of(suite).generate())
    return RoundKeys(suite, round_public(private, suite=suite), private)


def round_public(private: bytes, *, suite: str) -> bytes:
    """Return the public key that belongs to a private key.

    :raises InvalidKey: the suite is unknown or the key is not one of it.
    """
    try:
        return _public_bytes(scheme_of(suite).read_private(private).public_key())
    except ValueError as problem:
        raise InvalidKey(f"this is no private key of suite {suite}", problem="key") from problem


def scheme_of(suite: str) -> Scheme:
    """Return the suite with this identifier.

    :raises InvalidKey: it is not in the list.
    """
    scheme = _SCHEMES.get(suite)
    if scheme is None:
        raise InvalidKey(
            f"suite {suite!r} is unknown; known are: {', '.join(_SCHEMES)}", problem="suite"
        )
    return scheme


def _p256_private(raw: bytes) -> _Private:
    if len(raw) != _SCALAR:
        raise ValueError("a P-256 private key has 32 bytes")
    return derive_private_key(int.from_bytes(raw, "big"), SECP256R1())


def _p256_public(raw: bytes) -> _Public:
    if raw[:1] != b"\x04":
        raise ValueError("a P-256 public key is an uncompressed point")
    return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), raw)


_SCHEMES: Mapping[str, Scheme] = {
    SUITE: Scheme(
        Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_128_GCM),
        lambda: generate_private_key(SECP256R1()),
        _p256_private,
        _p256_public,
    ),
    X25519_SUITE: Scheme(
        Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_128_GCM),
        X25519PrivateKey.generate,
        X25519PrivateKey.from_private_bytes,
        X25519PublicKey.from_public_bytes,
    ),
}


def _private_bytes(key: _Private) -> bytes:
    if isinstance(key, X25519PrivateKey):
        return key.private_bytes_raw()
    return key.private_numbers().private_value.to_bytes(_SCALAR, "big")


def _public_bytes(key: _Public) -> bytes:
    if isinstance(key, X25519PublicKey):
        return key.public_bytes_raw()
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
