"""Thirty-two symbols for paper: no look-alikes, a check symbol, and a forgiving reader.

The check symbol is the remainder of the text, read as a polynomial over GF(32), at a generator
of that field.  All weights differ and none is zero, so any one wrong symbol and any two swapped
symbols change it.  That holds for texts of at most 31 symbols, the check symbol included.
"""

from __future__ import annotations

import unicodedata

from pb_engine.errors import MistypedCode

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Digits and capitals without 0, 1, I and O; each symbol is worth five bits."""

LONGEST_INPUT = 4000
_WORTH = {symbol: worth for worth, symbol in enumerate(ALPHABET)}
_POLYNOMIAL = 0b100101
# What never stands on paper can only be a misread Q or L; a wrong guess fails the check symbol.
_FOLDED = (
    {symbol.lower(): symbol for symbol in ALPHABET} | dict.fromkeys("0Oo", "Q") | {"1": "L"}
) | dict.fromkeys("Ii|", "L")
_SILENT_KINDS = {"Pd", "Zs", "Zl", "Zp", "Cf"}
_SILENT = "\t\r\n\v\f\N{MINUS SIGN}"


def check_symbol(text: str, seed: int) -> str:
    """Return the check symbol for ``text``.

    :param seed: 0 to 31; texts of different kinds have different seeds, so that one kind is not
        taken for another.
    """
    total = seed
    for symbol in text:
        total = _multiplied(total) ^ _WORTH[symbol]
    return ALPHABET[_multiplied(total)]


def folded(typed: str) -> str:
    """Return the symbols that were meant: no spaces or dashes, capitals, look-alikes replaced.

    Full-width letters are read too.  Characters that mean nothing are kept, for the caller to
    refuse.

    :raises MistypedCode: absurdly long (``problem="length"``).
    """
    if len(typed) > LONGEST_INPUT:
        raise MistypedCode("what was typed is far too long", problem="length", given=len(typed))
    spelled = unicodedata.normalize("NFKC", typed)
    return "".join(_FOLDED.get(symbol, symbol) for symbol in spelled if not _silent(symbol))


def verified(typed: str, *, length: int, seed: int) -> str:
    """Return the canonical symbols of something typed, after testing its check symbol.

    :raises MistypedCode: ``problem`` is ``length`` (with ``given`` and ``wanted``), ``symbol``
        (with ``position``, counting from 1) or ``check``.  What was typed is not repeated.
    """
    symbols = folded(typed)
    if len(symbols) != length:
        raise MistypedCode(
            f"this has {len(symbols)} symbols and must have {length}",
            problem="length",
            given=len(symbols),
            wanted=length,
        )
    require_symbols(symbols)
    if check_symbol(symbols[:-1], seed) != symbols[-1]:
        raise MistypedCode("the check symbol does not fit: one or more are wrong", problem="check")
    return symbols


def require_symbols(symbols: str) -> None:
    """Refuse a character that is not a symbol.

    :raises MistypedCode: ``problem="symbol"``, with its ``position`` counting from 1.
    """
    for position, symbol in enumerate(symbols, start=1):
        if symbol not in _WORTH:
            raise MistypedCode(
                f"character {position} is never used", problem="symbol", position=position
            )


def grouped(symbols: str, size: int) -> str:
    """Write symbols in groups with dashes."""
    return "-".join(symbols[at : at + size] for at in range(0, len(symbols), size))


def spelled_out(number: int, length: int) -> str:
    """Write the lowest ``5 * length`` bits of a number, highest first."""
    return "".join(ALPHABET[number >> 5 * at & 31] for at in reversed(range(length)))


def read_number(symbols: str) -> int:
    """Read what ``spelled_out`` wrote."""
    number = 0
    for symbol in symbols:
        number = number << 5 | _WORTH[symbol]
    return number


def _multiplied(worth: int) -> int:
    doubled = worth << 1
    return doubled ^ _POLYNOMIAL if doubled > len(ALPHABET) - 1 else doubled


def _silent(symbol: str) -> bool:
    return symbol in _SILENT or unicodedata.category(symbol) in _SILENT_KINDS
