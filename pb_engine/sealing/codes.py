"""Voting codes: fifteen random symbols and a check symbol, stored only as a keyed hash.

Seventy-five random bits make guessing hopeless without ever locking anybody out.  The stored
tag needs the pepper, which lies outside the database, and is stretched by Argon2id in case the
pepper leaks as well.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from pb_engine.errors import InvalidSettings
from pb_engine.sealing.framing import digest, keyed_hex
from pb_engine.sealing.symbols import ALPHABET, check_symbol, grouped, verified

RANDOM_SYMBOLS = 15
CODE_LENGTH = RANDOM_SYMBOLS + 1
_SEED = 1
_GROUP = 4
_LEAST_MEMORY_PER_LANE = 8


@dataclass(frozen=True, slots=True)
class StretchCost:
    """What one attempt at a code costs: memory in KiB, passes over it, and parallel lanes.

    :raises InvalidSettings: less than Argon2id allows.
    """

    memory_kib: int
    iterations: int
    lanes: int

    def __post_init__(self) -> None:
        enough = self.memory_kib >= _LEAST_MEMORY_PER_LANE * self.lanes
        if self.iterations < 1 or self.lanes < 1 or not enough:
            raise InvalidSettings(
                f"Argon2id cannot run with {self.memory_kib} KiB, {self.iterations} iterations "
                f"and {self.lanes} lanes; the least is 1 iteration and 8 KiB per lane"
            )


DEFAULT_COST = StretchCost(19456, 2, 1)
"""19 MiB and two passes: some 50 ms on a server."""


def new_code() -> str:
    """Return a fresh code in its canonical spelling: 16 symbols without dashes."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_SYMBOLS))
    return body + check_symbol(body, _SEED)


def written(code: str) -> str:
    """Write a code as it stands on a letter: ``XXXX-XXXX-XXXX-XXXX``.

    :raises MistypedCode: it is not a code.
    """
    return grouped(normalised(code), _GROUP)


def normalised(typed: str) -> str:
    """Return the canonical spelling of a code as somebody typed it.

    Small letters, spaces, dashes, full-width letters and look-alikes are understood.  Any single
    wrong character and any swap of two characters is noticed.

    :raises MistypedCode: ``problem`` is ``length``, ``symbol`` or ``check``.
    """
    return verified(typed, length=CODE_LENGTH, seed=_SEED)


def code_tag(code: str, *, round_id: str, pepper: bytes, cost: StretchCost) -> str:
    """Return what is stored of a code, in hexadecimal; every spelling gives the same tag.

    It is HMAC-SHA256 under the pepper over Argon2id of the code.  The salt is one per round: a
    salt per code would need a second printed locator, and 75 random bits do not call for it.

    :raises MistypedCode: it is not a code.
    :raises InvalidKey: the pepper is too short.
    """
    stretched = Argon2id(
        salt=digest("pb-engine/code-salt/1", round_id),
        length=32,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    ).derive(normalised(code).encode())
    return keyed_hex(pepper, "pb-engine/code-tag/1", stretched)
