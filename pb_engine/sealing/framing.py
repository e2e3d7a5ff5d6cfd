"""One unambiguous spelling for everything that is hashed, keyed or signed, and for base64url."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

from pb_engine.errors import InvalidKey

SHORTEST_KEY = 16
_ARMOUR = re.compile(r"[A-Za-z0-9_-]*")


def framed(label: str, *parts: str | bytes) -> bytes:
    """Join a label and parts so that no two different lists give the same bytes.

    Each item is preceded by its length in eight bytes.  The label names one purpose and its
    version, so that bytes made for one purpose mean nothing for another.
    """
    raw = (item.encode() if isinstance(item, str) else item for item in (label, *parts))
    return b"".join(len(item).to_bytes(8, "big") + item for item in raw)


def digest(label: str, *parts: str | bytes) -> bytes:
    """Return the SHA-256 of the framed parts."""
    return hashlib.sha256(framed(label, *parts)).digest()


def keyed_hex(key: bytes, label: str, *parts: str | bytes) -> str:
    """Return the HMAC-SHA256 of the framed parts in hexadecimal.

    :raises InvalidKey: the key has fewer than 16 bytes; an empty key would protect nothing.
    """
    require_key(key)
    return hmac.new(key, framed(label, *parts), hashlib.sha256).hexdigest()


def require_key(key: bytes) -> None:
    """Refuse a key that anybody could guess.

    :raises InvalidKey: it has fewer than 16 bytes.
    """
    if len(key) < SHORTEST_KEY:
        raise InvalidKey(
            f"a secret key has at least {SHORTEST_KEY} bytes, this one {len(key)}", problem="short"
        )


def armoured(raw: bytes) -> str:
    """Write bytes as base64url without padding: safe in a form, a cookie and an address."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unarmoured(text: str) -> bytes:
    """Read what ``armoured`` wrote.

    :raises ValueError: any other spelling, even one that a lenient decoder would take.
    """
    if not _ARMOUR.fullmatch(text):
        raise ValueError("not base64url")
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if armoured(raw) != text:
        raise ValueError("not the canonical base64url")
    return raw
