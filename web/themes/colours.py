"""Colours as numbers, and how well two of them can be told apart (WCAG 2.2)."""

from __future__ import annotations

import colorsys
import re
from typing import Final

Rgb = tuple[float, float, float]
WHITE: Final[Rgb] = (1.0, 1.0, 1.0)

_HEX: Final = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_FUNCTION: Final = re.compile(r"(rgb|hsl)a?\(([^)]*)\)", re.IGNORECASE)
_PARTS: Final = 3


def read_colour(text: str, below: Rgb = WHITE) -> Rgb | None:
    """Return red, green and blue from 0 to 1; a translucent colour lies on the one ``below``.

    ``None`` where the text is no colour in hexadecimals, ``rgb()`` or ``hsl()``.
    """
    parts = _hexadecimal(text.strip()) or _function(text.strip())
    if parts is None:
        return None
    *solid, alpha = parts
    red, green, blue = (
        alpha * one + (1 - alpha) * under for one, under in zip(solid, below, strict=True)
    )
    return red, green, blue


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast ratio of two colours: 1 for equal ones, 21 for black on white."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def written(colour: Rgb) -> str:
    """Return a colour as six hexadecimal digits."""
    return "#" + "".join(f"{round(255 * one):02x}" for one in colour)


def _hexadecimal(text: str) -> tuple[float, ...] | None:
    match = _HEX.fullmatch(text)
    if match is None:
        return None
    digits = match[1] if len(match[1]) > _PARTS + 1 else "".join(2 * one for one in match[1])
    parts = [int(digits[at : at + 2], 16) / 255 for at in range(0, len(digits), 2)]
    return tuple(parts if len(parts) > _PARTS else [*parts, 1.0])


def _function(text: str) -> tuple[float, ...] | None:
    match = _FUNCTION.fullmatch(text)
    words = re.split(r"[\s,/]+", match[2].strip()) if match else []
    if match is None or not _PARTS <= len(words) <= _PARTS + 1:
        return None
    try:
        alpha = _share(words[3], 1) if len(words) > _PARTS else 1.0
        if match[1].lower() == "rgb":
            return (*(_share(one, 255) for one in words[:3]), alpha)
        hue = float(words[0].removesuffix("deg")) / 360 % 1
        red, green, blue = colorsys.hls_to_rgb(hue, _share(words[2], 1), _share(words[1], 1))
    except ValueError:
        return None
    return red, green, blue, alpha


def _share(word: str, whole: int) -> float:
    number = float(word[:-1]) / 100 if word.endswith("%") else float(word) / whole
    return min(1.0, max(0.0, number))


def _luminance(colour: Rgb) -> float:
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
        for one in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
