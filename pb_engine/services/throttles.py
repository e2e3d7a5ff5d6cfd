"""How often a network tried something lately, without knowing which network it was.

Every key is hashed under a key that lives one day, so that neither a copy of the database nor one
of the keys of another day tells who visited.  Counters hold for all processes of an installation.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

from pb_engine.domain.events import Event
from pb_engine.engine import Engine
from pb_engine.sealing import keyed_id, new_secret
from pb_engine.services import keys
from pb_engine.services.events import write_down
from pb_engine.store.site import Tries
from pb_engine.units import RoundId

_HOUR = 3600
_HOST_BITS = 64


def network_of(address: str) -> str | None:
    """Return the network of an address: IPv4 as it is, of IPv6 the first 64 bits.

    ``None`` for what is no address, and for this machine itself: many may come through it.
    """
    try:
        found = ip_address(address.strip())
    except ValueError:
        return None
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    if found.is_loopback or found.is_unspecified:
        return None
    if isinstance(found, IPv4Address):
        return str(found)
    return str(IPv6Address(int(found) >> _HOST_BITS << _HOST_BITS))


def hit(engine: Engine, key: str, seconds: int, amount: int = 1) -> int:
    """Count a try and return how many there were; a count lasts ``seconds`` from its first try."""
    tag, now = hidden(engine, key), _now(engine)
    with engine.stores.site.write() as work:
        tries = work.throttles.hit(tag, now=now, seconds=seconds, amount=amount)
        work.commit()
    if tries.hits == amount:
        # Whoever begins to count sweeps up behind those whose time is over.
        clean(engine)
    return tries.hits


def tries_of(engine: Engine, key: str) -> Tries:
    """Return how often something was tried, and until when that counts."""
    tag = hidden(engine, key)
    with engine.stores.site.read() as work:
        return work.throttles.get(tag, now=_now(engine))


def seconds_left(engine: Engine, until: float) -> int:
    """Return how long to wait until a moment in seconds since 1970; at least one second."""
    return max(1, int(until) - _now(engine))


def forget(engine: Engine, key: str) -> None:
    """Forget how often something was tried."""
    tag = hidden(engine, key)
    with engine.stores.site.write() as work:
        work.throttles.forget(tag)
        work.commit()


def clean(engine: Engine) -> int:
    """Remove the counts whose time is over; return how many."""
    with engine.stores.site.write() as work:
        number = work.throttles.clean(now=_now(engine))
        work.commit()
    return number


def note_wrong_code(engine: Engine, slug: str) -> None:
    """Count a code that does not exist, whoever tried it; give alarm once an hour at the limit."""
    limit = engine.settings.guessing_alarm
    if hit(engine, f"wrong codes of {slug}", _HOUR) == limit:
        write_down(engine, Event("guessing_alarm", RoundId(slug), "clock", {"wrong": limit}))


def _now(engine: Engine) -> int:
    return int(engine.clock().timestamp())


def hidden(engine: Engine, key: str) -> str:
    """Return the keyed hash of a key, under the key of today."""
    return keyed_id(_key_of_today(engine), "throttle", key)


def _key_of_today(engine: Engine) -> bytes:
    name = keys.throttle(f"{engine.clock():%Y%m%d}")
    ring = engine.keyring
    if not ring.has(name):
        for old in ring.names():
            if old.endswith(keys.throttle("")) and old < name:
                ring.erase(old)
    return ring.get_or_create(name, new_secret)
