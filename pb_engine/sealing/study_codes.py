"""Codes with which somebody finds his own answers again, and nobody else does.

Fourteen random symbols and a check symbol, seventy random bits, made in the request that brings
the answers: no voting cookie travels with it, and the code is kept nowhere.  What is stored beside
the answers is a hash; whoever holds the study store cannot find the code, and whoever holds the
register has no part in it.
"""

from __future__ import annotations

import secrets

from pb_engine.sealing.framing import digest
from pb_engine.sealing.symbols import ALPHABET, check_symbol, grouped, verified

_SYMBOLS = 14
_SEED = 5
_GROUP = 5


def new_study_code() -> str:
    """Return a fresh code in its canonical spelling: fifteen symbols without dashes."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(_SYMBOLS))
    return body + check_symbol(body, _SEED)


def written_study_code(code: str) -> str:
    """Write a code as the page shows it: ``XXXXX-XXXXX-XXXXX``."""
    return grouped(code, _GROUP)


def read_study_code(typed: str) -> str:
    """Return the canonical spelling of a code as somebody typed it.

    :raises MistypedCode: ``problem`` is ``length``, ``symbol`` or ``check``.
    """
    return verified(typed, length=_SYMBOLS + 1, seed=_SEED)


def study_id(code: str, *, round_id: str) -> str:
    """Return the study id of a code: 32 hexadecimal digits of SHA-256, another one per round.

    Seventy random bits cannot be tried one after the other, so the hash needs no key that
    somebody would have to keep.

    :raises MistypedCode: it is no study code.
    """
    return digest("pb-engine study id v1", round_id, read_study_code(code)).hex()[:32]
