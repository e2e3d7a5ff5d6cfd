"""The colour of a round, on which white text must be readable."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from marshmallow import ValidationError

LEAST_CONTRAST: Final = Decimal("4.5")
_COLOUR: Final = re.compile(r"#[0-9a-f]{6}")


def require_readable(colour: str) -> None:
    """Refuse a colour on which white text cannot be read (WCAG 2.2, 1.4.3).

    :raises ValidationError: no ``#`` with six hexadecimal digits, or too light.
    """
    if not colour:
        return
    if not _COLOUR.fullmatch(colour):
        raise ValidationError("must be # and six hexadecimal digits in small letters: #0a5c36")
    ratio = Decimal("1.05") / (_luminance(colour) + Decimal("0.05"))
    if ratio < LEAST_CONTRAST:
        raise ValidationError(
            f"{colour} is too light: white text on it has {ratio:.2f} to 1, needed is 4.5 to 1"
        )


def _luminance(colour: str) -> Decimal:
    parts = ("0.2126", "0.7152", "0.0722")
    shares = (Decimal(int(colour[at : at + 2], 16)) / 255 for at in (1, 3, 5))
    return sum(
        (Decimal(part) * _linear(one) for part, one in zip(parts, shares, strict=True)), Decimal(0)
    )


def _linear(share: Decimal) -> Decimal:
    if share <= Decimal("0.04045"):
        return share / Decimal("12.92")
    return ((share + Decimal("0.055")) / Decimal("1.055")) ** Decimal("2.4")
