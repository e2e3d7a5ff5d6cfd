"""A fair order of ideas: another one for every visitor, the same on every page of his list.

Who stands first is read most.  So the place of an idea follows from a keyed hash of the seed of
the visitor and the identifier of the idea: nobody can choose an identifier that stands first for
everybody, an idea that is added moves no other pair of ideas, and nothing is kept.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping

_SEED = re.compile(r"[0-9a-z]{6,32}", re.ASCII)


def is_seed(text: str) -> bool:
    """Tell whether a text can be a seed in an address: 6 to 32 small letters and digits."""
    return _SEED.fullmatch(text) is not None


def fair_key(seed: str, item: str) -> bytes:
    """Return where an item stands for a seed, as 32 bytes to sort by.

    HMAC-SHA-256 under the seed over ``"pb-engine order v1" NUL item``, all in UTF-8.
    """
    return hmac.digest(seed.encode(), b"pb-engine order v1\0" + item.encode(), hashlib.sha256)


def fair_place(seed: str, items: Iterable[str]) -> Mapping[str, int]:
    """Return the place of every item, from 0, in the order for a seed.

    The order in which the items are given does not matter; doubles count once.
    """
    ordered = sorted(set(items), key=lambda item: (fair_key(seed, item), item))
    return {item: place for place, item in enumerate(ordered)}
