"""Reading single values of the settings, strictly."""

from __future__ import annotations

import re
from ipaddress import ip_network

from pb_engine.errors import InvalidSettings

_SERVER = re.compile(
    r"(https://[a-z0-9.-]+|http://(127\.0\.0\.1|localhost))(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?"
)
_TILES = re.compile(
    r"(https://[a-z0-9.-]+(:[0-9]{1,5})?|http://127\.0\.0\.1:[0-9]{1,5})/[A-Za-z0-9._~/:?=&{}-]{1,200}"
)


def networks(given: list[str]) -> tuple[str, ...]:
    """Read addresses of proxies.

    :raises InvalidSettings: one of them is no address.
    """
    try:
        return tuple(str(ip_network(one.strip())) for one in given if one.strip())
    except ValueError as problem:
        raise InvalidSettings(
            f"PB_TRUSTED_PROXIES: {problem}; write addresses such as 127.0.0.1 or 10.0.0.0/24"
        ) from problem


def contact(text: str) -> str:
    """Read where security reports go.

    :raises InvalidSettings: it is no mail, web or telephone address.
    """
    if not re.fullmatch(r"(mailto:[^\s@]+@[^\s@]+|https://\S+|tel:[+0-9-]+)", text):
        raise InvalidSettings(
            f"PB_SECURITY_CONTACT is {text[:80]!r}; it must begin with mailto:, https:// or tel:"
        )
    return text


def tiles(text: str) -> str | None:
    """Read the address of map tiles; it ends up in a security policy, so it is read strictly.

    :raises InvalidSettings: it is no address of tiles on one host.
    """
    if text and not (_TILES.fullmatch(text) and all(f"{{{one}}}" in text for one in "zxy")):
        raise InvalidSettings(
            f"PB_MAP_TILES is {text!r}; it must look like https://example.org/{{z}}/{{x}}/{{y}}.png"
        )
    return text or None


def asked_server(text: str) -> str | None:
    """Read the address of a server that this one asks.

    :raises InvalidSettings: it is no plain https address; this machine may do without the s.
    """
    if text and not _SERVER.fullmatch(text):
        raise InvalidSettings(
            f"PB_ADDRESS_SEARCH is {text!r}; it must look like https://example.org/search/v3_1"
        )
    return text or None


def witnesses(given: list[str]) -> tuple[str, ...]:
    """Read public keys.

    :raises InvalidSettings: one of them is no public key.
    """
    keys = tuple(one.strip().lower() for one in given if one.strip())
    for key in keys:
        if not re.fullmatch(r"[0-9a-f]{64}", key):
            raise InvalidSettings(
                f"PB_WITNESSES holds {key[:64]!r}; a public key has 64 hexadecimal digits"
            )
    return keys
