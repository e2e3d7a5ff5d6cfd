"""Arithmetic in GF(2^8) with the polynomial of AES, as secret sharing needs it."""

from __future__ import annotations

from collections.abc import Sequence

_POLYNOMIAL = 0x11B
_ORDER = 255


def times(left: int, right: int) -> int:
    """Return the product of two field elements."""
    product = 0
    for bit in range(8):
        product ^= left * (right >> bit & 1)
        left <<= 1
        left ^= _POLYNOMIAL * (left >> 8)
    return product


def inverse(element: int) -> int:
    """Return the element with which ``element`` gives 1; zero, which has none, gives zero."""
    power = 1
    for _ in range(_ORDER - 1):
        power = times(power, element)
    return power


def evaluated(coefficients: Sequence[int], at: int) -> int:
    """Return the value of a polynomial, lowest coefficient first."""
    value = 0
    for coefficient in reversed(coefficients):
        value = times(value, at) ^ coefficient
    return value


def weights(points: Sequence[int], at: int) -> tuple[int, ...]:
    """Return what each value at ``points`` weighs in the value at ``at`` (Lagrange).

    :param points: different elements.
    """
    return tuple(_weight(points, point, at) for point in points)


def _weight(points: Sequence[int], point: int, at: int) -> int:
    weight = 1
    for other in points:
        if other != point:
            weight = times(weight, times(at ^ other, inverse(point ^ other)))
    return weight
