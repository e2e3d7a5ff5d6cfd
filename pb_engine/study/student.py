"""Quantiles of Student's t distribution, for confidence intervals."""

from __future__ import annotations

import math

_TINY = 1e-300


def quantile(share: float, freedom: float) -> float:
    """Return the value below which a ``share`` of the t distribution lies, for 0.5 <= share < 1.

    By halving; the distribution function is the regularised incomplete beta function, evaluated
    by its continued fraction (Abramowitz and Stegun, 26.5.8).
    """
    low, high = 0.0, 1.0
    while _below(high, freedom) < share:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        if middle in {low, high}:
            break
        if _below(middle, freedom) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _below(t: float, freedom: float) -> float:
    return 1 - _beta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2


def _beta(x: float, a: float, b: float) -> float:
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    made = d
    for m in range(1, 500):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        step = 1.0
        for term in (even, odd):
            d = 1 / _away(1 + term * d)
            c = _away(1 + term / c)
            step = c * d
            made *= step
        if abs(step - 1) < 1e-15:  # noqa: PLR2004 - as near as a float comes
            break
    return made


def _away(number: float) -> float:
    """Keep a divisor away from nought (Lentz's method)."""
    return number if abs(number) > _TINY else _TINY
