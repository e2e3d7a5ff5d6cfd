"""State that travels with a visitor, sealed and short-lived; and the secrets behind it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pb_engine.ballots import canonical_json
from pb_engine.engine import Engine
from pb_engine.errors import InvalidTicket
from pb_engine.sealing import new_secret, open_carry, seal_carry

LARGEST = 16_000


def pack(engine: Engine, purpose: str, content: Mapping[str, object]) -> str:
    """Seal plain values so that only this engine reads them back, for this purpose only."""
    now = int(engine.clock().timestamp())
    return seal_carry(canonical_json(dict(content)), key=_key(engine), purpose=purpose, now=now)


def unpack(engine: Engine, purpose: str, text: str, max_age: int) -> dict[str, Any]:
    """Open what ``pack`` sealed.

    :param max_age: seconds after which it is worth nothing.
    :raises InvalidTicket: forged, foreign, too old, or absurdly large.
    """
    if len(text) > LARGEST:
        raise InvalidTicket("what the visitor brought back is too large", problem="malformed")
    now = int(engine.clock().timestamp())
    raw = open_carry(text, key=_key(engine), purpose=purpose, max_age=max_age, now=now)
    content: dict[str, Any] = json.loads(raw)
    return content


def session_secret(engine: Engine, part: str) -> str:
    """Return the secret with which one front end signs its own cookies."""
    return engine.keyring.get_or_create(f"session-{part}", new_secret).hex()


def _key(engine: Engine) -> bytes:
    return engine.keyring.get_or_create("carry", new_secret)
