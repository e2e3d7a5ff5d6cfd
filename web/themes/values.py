"""What a design token may say in a stylesheet.  Everything else is refused or left out."""

from __future__ import annotations

import re
from typing import Final

from pb_engine.errors import InvalidSettings
from web.themes.tokens import Token

LONGEST: Final = 200
_HOSTILE: Final = re.compile(
    r"[;{}<>\\@`]|/\*|\*/|url\s*\(|image-set|expression\s*\(|javascript:|import|//|[\x00-\x1f\x7f]",
    re.IGNORECASE,
)
_REFERENCE: Final = re.compile(r"\{[\w. -]{1,200}\}")
_NUMBER = r"-?(?:\d{1,5}(?:\.\d{1,6})?|\.\d{1,6})"
_UNIT = r"(?:px|rem|em|ch|ex|vw|vh|%|s|ms|deg|fr)"
_COLOUR = r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})|(?:rgb|hsl)a?\([\d\s.,%/deg-]{3,60}\)"
_WORD = r"[a-z][a-z-]{0,40}"
_PLAIN: Final = re.compile(
    rf"(?:{_COLOUR}|{_NUMBER}{_UNIT}?|{_WORD})(?:\s(?:{_COLOUR}|{_NUMBER}{_UNIT}?|{_WORD})){{0,5}}",
    re.IGNORECASE,
)
_FAMILY: Final = re.compile(r"[A-Za-z0-9][\w -]{0,60}")
_PERCENT: Final = re.compile(r"(\d{2,3})%")
_WEIGHTS: Final = {
    "thin": 100,
    "light": 300,
    "regular": 400,
    "normal": 400,
    "medium": 500,
    "semibold": 600,
    "bold": 700,
    "black": 900,
}
_GENERIC: Final = frozenset(("serif", "sans-serif", "monospace", "system-ui", "cursive", "fantasy"))
_UNITLESS: Final = frozenset(("dimension", "spacing", "sizing", "borderWidth", "borderRadius"))


def css_value(name: str, token: Token) -> str | None:
    """Return the value as CSS; ``None`` where it is harmless and says nothing that is used.

    :raises InvalidSettings: the value could end a rule, fetch something, or run something.
    """
    for text in _texts(token.value):
        if len(text) > LONGEST or _HOSTILE.search(_REFERENCE.sub("", text)):
            raise InvalidSettings(f"token {name} holds {text[:60]!r}, which no stylesheet may hold")
    kind = token.kind
    if kind in ("fontFamilies", "fontFamily") or name.endswith("font-family"):
        return _families(token.value)
    if isinstance(token.value, dict):
        return _measure(token.value)
    if not isinstance(token.value, str | int | float) or isinstance(token.value, bool):
        return None
    return _plain(name, kind, str(token.value).strip())


def _plain(name: str, kind: str, text: str) -> str | None:
    if name.endswith("font-weight"):
        return (
            str(_WEIGHTS.get(text.lower().replace(" ", ""), text))
            if _PLAIN.fullmatch(text)
            else None
        )
    percent = _PERCENT.fullmatch(text)
    if percent and name.endswith("line-height"):
        return f"{int(percent[1]) / 100:g}"
    if kind in _UNITLESS and re.fullmatch(_NUMBER, text) and float(text):
        return f"{text}px"
    if not _PLAIN.fullmatch(text):
        return None
    return text.lower() if kind == "color" or text == "None" else text


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    return []


def _families(value: object) -> str | None:
    text = ",".join(value) if isinstance(value, list) and all(map(_is_text, value)) else value
    if not isinstance(text, str):
        return None
    families = [one.strip().strip("'\"") for one in text.split(",")]
    if not all(_FAMILY.fullmatch(one) for one in families):
        return None
    return ", ".join(one if one in _GENERIC else f'"{one}"' for one in families)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _measure(value: dict[str, object]) -> str | None:
    """Read ``{"value": 16, "unit": "px"}`` of newer DTCG files."""
    number, unit = value.get("value"), value.get("unit")
    if set(value) != {"value", "unit"} or not isinstance(number, int | float):
        return None
    return f"{number:g}{unit}" if isinstance(unit, str) and re.fullmatch(_UNIT, unit) else None
