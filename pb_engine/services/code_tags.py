"""From a code to what is stored of it: one slow hash for a code that somebody types.

Nobody gets a hash for nothing: whoever types waits in the line of the process, and a batch is
hashed side by side on all processors.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from pb_engine.engine import Engine
from pb_engine.sealing import StretchCost, code_tag, new_secret, normalised
from pb_engine.services import keys


def typed_tag(engine: Engine, slug: str, typed: str) -> str:
    """Return the tag of a code that somebody typed; exactly one slow hash.

    :raises MistypedCode: length, alphabet or check symbol is wrong; nothing was hashed.
    :raises TooBusy: too many codes are being checked.
    """
    code, tag = normalised(typed), _tagger(engine, slug)
    with engine.line.place():
        return tag(code)


def fresh_tags(engine: Engine, slug: str, codes: Sequence[str]) -> list[str]:
    """Return the tags of codes just made, in their order, hashed on all processors."""
    tag = _tagger(engine, slug)
    if len(codes) == 1:
        return [tag(codes[0])]
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # Argon2id releases the interpreter lock
        return list(pool.map(tag, codes))


def _tagger(engine: Engine, slug: str) -> Callable[[str], str]:
    pepper = engine.keyring.get_or_create(keys.pepper(slug), new_secret)
    cost = StretchCost(*engine.settings.code_cost)
    return lambda code: code_tag(code, round_id=slug, pepper=pepper, cost=cost)
