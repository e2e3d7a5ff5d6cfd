"""Keyed digests: what makes a choice repeatable for the engine and unpredictable for others.

Source: RFC 2104 (HMAC) with SHA-256.  Guarantee: equal key, purpose and parts give equal bytes for
ever, and no two different lists of parts are read as one text.  Not guaranteed: anything at all
once the key is known, so a key is kept as long as its releases may be asked for, and no longer.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

from pb_engine.disclosure.refusals import DisclosureRefused

LEAST_KEY_BYTES = 32


def keyed_digest(key: bytes, purpose: str, parts: Iterable[bytes]) -> bytes:
    """Return 32 bytes for these parts under this key; ``purpose`` keeps two uses apart.

    :raises DisclosureRefused: the key is shorter than 32 bytes.
    """
    if len(key) < LEAST_KEY_BYTES:
        raise DisclosureRefused(
            f"the key for {purpose} has {len(key)} bytes; at least {LEAST_KEY_BYTES} are needed"
        )
    framed = (len(part).to_bytes(8, "big") + part for part in (purpose.encode(), *parts))
    return hmac.new(key, b"".join(framed), hashlib.sha256).digest()
