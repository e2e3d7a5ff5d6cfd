"""What an election says about its money."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pb_engine.testing.builders import an_election

ELECTION = an_election({"a": 1}, 1, [])


@pytest.mark.parametrize(
    ("unit", "amount", "nl", "en"),
    [
        (100, 640_000, "€ 6.400", "€6,400"),
        (100, 640_005, "€ 6.400,05", "€6,400.05"),
        (1, 7, "€ 7", "€7"),
        (1000, 12_344, "€ 12,34", "€12.34"),
        (1000, 12_345, "€ 12,35", "€12.35"),
        (400, 1, "€ 0", "€0"),
        (400, 2, "€ 0,01", "€0.01"),
        (400, 3, "€ 0,01", "€0.01"),
    ],
)
def test_amounts_are_rounded_to_cents_and_halves_upwards(unit, amount, nl, en):
    election = replace(ELECTION, unit=unit)
    assert election.money(amount) == election.money(amount, "nl") == nl
    assert election.money(amount, "en") == en


def test_another_currency_stands_before_the_amount_by_its_code():
    election = replace(ELECTION, currency="PLN")
    assert election.money(640_050) == "PLN 6.400,50"
    assert election.money(640_050, "en") == "PLN 6,400.50"
