"""Codes of the counter: nine random symbols and a check symbol, good for a quarter of an hour.

Forty-five random bits: a thousand guesses a second against twenty waiting codes would succeed
once in two years of opening hours.
"""

from __future__ import annotations

import secrets

from pb_engine.sealing.symbols import ALPHABET, check_symbol, grouped, verified

_SYMBOLS = 9
_SEED = 4
_GROUP = 5


def new_desk_code() -> str:
    """Return a fresh code in its canonical spelling: ten symbols without a dash."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(_SYMBOLS))
    return body + check_symbol(body, _SEED)


def written_desk_code(code: str) -> str:
    """Write a code as the counter shows it: ``XXXXX-XXXXX``."""
    return grouped(code, _GROUP)


def read_desk_code(typed: str) -> str:
    """Return the canonical spelling of a code as somebody typed it.

    :raises MistypedCode: ``problem`` is ``length``, ``symbol`` or ``check``.
    """
    return verified(typed, length=_SYMBOLS + 1, seed=_SEED)
