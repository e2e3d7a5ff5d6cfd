"""From which network a request comes; it is hashed at once and never written down."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from flask import request

from pb_engine.services.throttles import network_of
from web.base import engine

_LONGEST_CHAIN = 20


def network() -> str | None:
    """Return the network of the visitor, or ``None`` where that cannot be told.

    What a header says of addresses is believed of a proxy that the settings name, and of no other:
    the visitor is the last address in the chain that is no such proxy.
    """
    at = request.remote_addr or ""
    named = request.headers.get("X-Forwarded-For", "").split(",")[-_LONGEST_CHAIN:]
    while named and _is_trusted(at):
        at = named.pop().strip()
    return None if _is_trusted(at) else network_of(at)


def _is_trusted(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in ip_network(one) for one in engine().settings.trusted_proxies)
