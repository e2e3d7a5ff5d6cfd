"""Design tokens, as files hold them: DTCG, Tokens Studio (sets in an order), Style Dictionary.

A file comes from outside.  Its size, depth and number of tokens are bounded, names are made of
letters, digits and hyphens, and nothing in it is ever run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pb_engine.errors import InvalidSettings

LARGEST: Final = 8 * 1024 * 1024
MOST_TOKENS: Final = 20_000
DEEPEST: Final = 24
LONGEST_CHAIN: Final = 24

_REFERENCE: Final = re.compile(r"\{([^{}]{1,200})\}")
_VARIABLE: Final = re.compile(r"var\(\s*--([\w-]{1,200})\s*\)")
_NOT_IN_A_NAME: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Token:
    """One token as it was read.

    :ivar kind: what the file calls its type, such as ``color``; empty where it does not say.
    :ivar value: text, number, list or object, with references unresolved.
    """

    kind: str
    value: Any


def read_tokens(raw: bytes) -> dict[str, Token]:
    """Return tokens by name, ``utrecht-button-color``; of two with one name the later counts.

    :raises InvalidSettings: no JSON object, or larger than a file of tokens can be.
    """
    if len(raw) > LARGEST:
        raise InvalidSettings(f"the file of tokens is larger than {LARGEST // 1024} kB")
    try:
        read = json.loads(raw)
    except (ValueError, RecursionError) as problem:
        raise InvalidSettings(f"the file of tokens is no JSON: {problem}") from problem
    if not isinstance(read, dict):
        raise InvalidSettings("the file of tokens holds no JSON object")
    found: dict[str, Token] = {}
    for top in _tops(read):
        for name, token in _leaves(top, (), ""):
            found[name] = token
            if len(found) > MOST_TOKENS:
                raise InvalidSettings(f"the file holds more than {MOST_TOKENS} tokens")
    if not found:
        raise InvalidSettings("the file holds no design tokens: no value, no $value")
    return found


def resolved(name: str, tokens: Mapping[str, Token]) -> Token | None:
    """Follow references to a value; ``None`` where a reference leads nowhere or in a circle."""
    token = tokens.get(name)
    for _ in range(LONGEST_CHAIN):
        if token is None:
            return None
        target = _whole_reference(token.value)
        if target is None:
            return _filled(token, tokens)
        token = tokens.get(target)
    return None


def name_of(path: str | tuple[str, ...]) -> str:
    """Return the name of a token: ``("utrecht", "button", "minBlockSize")`` has hyphens."""
    parts = path.split(".") if isinstance(path, str) else path
    spaced = (re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", part) for part in parts)
    return _NOT_IN_A_NAME.sub("-", "-".join(spaced).lower()).strip("-")


def _whole_reference(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    match = _REFERENCE.fullmatch(value.strip())
    if match:
        return name_of(match[1].removesuffix(".value"))
    variable = _VARIABLE.fullmatch(value.strip())
    return name_of(variable[1]) if variable else None


def _filled(token: Token, tokens: Mapping[str, Token]) -> Token | None:
    """Return a token whose value holds no reference inside a longer text either."""
    if not isinstance(token.value, str):
        return token
    text = token.value
    for match in _REFERENCE.finditer(token.value):
        part = tokens.get(name_of(match[1]))
        if part is None or not isinstance(part.value, str | int | float):
            return None
        text = text.replace(match[0], str(part.value))
    return None if _REFERENCE.search(text) else Token(token.kind, text)


def _tops(read: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the trees to read: the sets in their order, or the whole file as one."""
    about = read.get("$metadata")
    order = about.get("tokenSetOrder") if isinstance(about, dict) else None
    if not isinstance(order, list):
        return [read]
    names = [one for one in order if isinstance(one, str) and not one.startswith("color-scheme-")]
    return [read[name] for name in names if isinstance(read.get(name), dict)]


def _leaves(node: dict[str, Any], path: tuple[str, ...], kind: str) -> Iterator[tuple[str, Token]]:
    if len(path) > DEEPEST:
        raise InvalidSettings(f"tokens lie deeper than {DEEPEST} groups")
    kind = _kind(node) or kind
    for key in ("$value", "value"):
        if key in node and path and not (key == "value" and isinstance(node[key], dict)):
            yield name_of(path), Token(kind, node[key])
            return
    for key, below in node.items():
        if isinstance(below, dict) and not key.startswith("$") and key != "original":
            yield from _leaves(below, (*path, key), kind)


def _kind(node: dict[str, Any]) -> str:
    kind = node.get("$type", node.get("type", ""))
    return kind if isinstance(kind, str) else ""
