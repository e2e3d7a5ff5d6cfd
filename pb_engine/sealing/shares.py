"""Shamir's secret sharing, k of n, byte by byte over GF(2^8), with a commitment per share.

A. Shamir, "How to share a secret", 1979.  Fewer than k shares tell nothing at all.  Plain
sharing accepts a wrong share and silently gives a wrong secret; therefore every share has a
published hash against which it is checked first.  The arithmetic is that of other well-known
implementations, which can combine our shares and we theirs.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import xor

from pb_engine.errors import InvalidKey
from pb_engine.sealing.framing import digest
from pb_engine.sealing.gf256 import evaluated, times, weights
from pb_engine.sealing.sheets import MOST_SHARES, Share


def split(secret: bytes, *, threshold: int, shares: int) -> tuple[Share, ...]:
    """Split a secret into shares numbered from 1, any ``threshold`` of which give it back.

    :raises InvalidKey: not 1 <= threshold <= shares <= 255, or not 1 to 255 bytes.
    """
    if not 1 <= threshold <= shares <= MOST_SHARES:
        raise InvalidKey(
            f"a key is split into 1 to {MOST_SHARES} shares of which at most all are needed; "
            f"{threshold} of {shares} is not possible",
            problem="number",
        )
    # All coefficients, also the highest, may be zero: anything else would tell something.
    polynomials = [(byte, *secrets.token_bytes(threshold - 1)) for byte in secret]
    return tuple(
        Share(index, bytes(evaluated(polynomial, index) for polynomial in polynomials))
        for index in range(1, shares + 1)
    )


def commitment(share: Share) -> str:
    """Return the SHA-256 of a share in hexadecimal; it may be published.

    The secret must be random and at least 128 bits, or it could be guessed from this.
    """
    return digest("pb-engine/share/1", bytes([share.index]), share.value).hex()


def require_share(share: Share, taken: Sequence[Share], commitments: Sequence[str]) -> None:
    """Refuse a share before it is combined with those that were taken.

    :param commitments: the published hashes of all shares, in the order of their numbers.
    :raises InvalidKey: ``problem`` is ``duplicate``, ``foreign`` or ``wrong``, with its ``share``.
    """
    _require_different((*taken, share))
    _require_committed(share, commitments)


def combine(shares: Iterable[Share], *, threshold: int, commitments: Sequence[str] = ()) -> bytes:
    """Give back the secret.

    Without commitments a wrong share is noticed only when more than ``threshold`` are given.

    :param commitments: the published hashes of all shares, in the order of their numbers.
    :raises InvalidKey: ``problem`` is ``duplicate``, ``foreign`` or ``wrong`` (each with the
        number of the ``share``), ``too_few`` (``given``, ``wanted``) or ``inconsistent``.
    """
    given = tuple(shares)
    _require_different(given)
    if commitments:
        for share in given:
            _require_committed(share, commitments)
    _require_enough(given, threshold)
    _require_alike(given)
    chosen, spare = given[:threshold], given[threshold:]
    for share in spare:
        if _interpolated(chosen, share.index) != share.value:
            raise InvalidKey(
                "the shares do not belong together: at least one is wrong", problem="inconsistent"
            )
    return _interpolated(chosen, 0)


def _interpolated(shares: Sequence[Share], at: int) -> bytes:
    factors = weights([share.index for share in shares], at)
    columns = zip(*(share.value for share in shares), strict=True)
    return bytes(reduce(xor, map(times, factors, column)) for column in columns)


def _require_enough(shares: Sequence[Share], threshold: int) -> None:
    if threshold < 1 or len(shares) < threshold:
        raise InvalidKey(
            f"{threshold} shares are needed and {len(shares)} are there",
            problem="too_few",
            given=len(shares),
            wanted=threshold,
        )


def _require_different(shares: Sequence[Share]) -> None:
    seen: set[int] = set()
    for share in shares:
        if share.index in seen:
            raise InvalidKey(
                f"share {share.index} is there twice", problem="duplicate", share=share.index
            )
        seen.add(share.index)


def _require_committed(share: Share, commitments: Sequence[str]) -> None:
    if share.index > len(commitments):
        raise InvalidKey(
            f"share {share.index} is foreign: this key has {len(commitments)} shares",
            problem="foreign",
            share=share.index,
        )
    if not hmac.compare_digest(commitment(share), commitments[share.index - 1]):
        raise InvalidKey(
            f"share {share.index} is not the one that was handed out for this key; "
            "is it of another round?",
            problem="wrong",
            share=share.index,
        )


def _require_alike(shares: Sequence[Share]) -> None:
    for share in shares:
        if len(share.value) != len(shares[0].value):
            raise InvalidKey(
                f"share {share.index} is of another key: its length differs",
                problem="foreign",
                share=share.index,
            )
