"""Amounts as a figure shows them."""

from __future__ import annotations

from fractions import Fraction

from pb_engine.api import Election, LocalText


def rounded(election: Election, amount: int | Fraction) -> LocalText:
    """Write an amount, rounded to whole units of the currency: a figure is no ledger."""
    whole = int(Fraction(amount) / election.unit + Fraction(1, 2)) * election.unit
    return LocalText(nl=election.money(whole, "nl"), en=election.money(whole, "en"))
