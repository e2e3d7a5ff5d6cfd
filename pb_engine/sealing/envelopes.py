"""Sealed ballots: HPKE (RFC 9180, base mode) to the key of a round, all of one length.

A sealed text is the encapsulated key followed by the ciphertext.  Inside stand the length of the
plaintext in four bytes, the plaintext, and zeros.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag

from pb_engine.errors import InvalidBallot, InvalidKey, SealBroken
from pb_engine.sealing.framing import framed
from pb_engine.sealing.suites import scheme_of

_PREFIX = 4


def ballot_info(*, manifest: str, style: str, pseudonym: str, number: int) -> bytes:
    """Return what a sealed ballot is bound to; copied to another place, it does not open.

    :param manifest: digest of the frozen rules.
    :param style: the ballot paper.
    :param number: which ballot under this pseudonym it is, counting from 1.
    """
    return framed("pb-engine/ballot/1", manifest, style, pseudonym, str(number))


def seal(plaintext: bytes, *, public: bytes, suite: str, info: bytes, length: int) -> bytes:
    """Seal ``plaintext``, padded so that every text sealed with this ``length`` is equally long.

    :param info: what the seal is bound to; needed again to open it.
    :param length: the longest plaintext of this kind in bytes.
    :raises InvalidBallot: the plaintext is longer than that (``problem="length"``).
    :raises InvalidKey: the suite is unknown or the public key is not one of it.
    """
    padded = _padded(plaintext, length)
    scheme = scheme_of(suite)
    try:
        return scheme.hpke.encrypt(padded, scheme.read_public(public), info=info)
    except ValueError as problem:
        raise InvalidKey(f"this is no public key of suite {suite}", problem="key") from problem


def unseal(sealed: bytes, *, private: bytes, suite: str, info: bytes) -> bytes:
    """Open what ``seal`` made.

    :raises SealBroken: a bit was changed, the key or the suite is another, ``info`` is not what
        it was sealed with, or the padding is not ours.  Which of these is not told.
    """
    try:
        scheme = scheme_of(suite)
        padded = scheme.hpke.decrypt(sealed, scheme.read_private(private), info=info)
    except (InvalidTag, ValueError, InvalidKey) as problem:
        raise SealBroken("this does not open with this key in this place") from problem
    return _unpadded(padded)


def _padded(plaintext: bytes, length: int) -> bytes:
    if len(plaintext) > length:
        raise InvalidBallot(
            f"{len(plaintext)} bytes do not fit in an envelope for {length}",
            problem="length",
            limit=length,
            given=len(plaintext),
        )
    return len(plaintext).to_bytes(_PREFIX, "big") + plaintext.ljust(length, b"\0")


def _unpadded(padded: bytes) -> bytes:
    length, rest = int.from_bytes(padded[:_PREFIX], "big"), padded[_PREFIX:]
    if len(padded) < _PREFIX or length > len(rest) or any(rest[length:]):
        raise SealBroken("the padding inside is not ours")
    return rest[:length]
