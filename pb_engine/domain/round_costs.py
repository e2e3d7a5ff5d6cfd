"""What it cost to hold a round, and what that is per ballot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from pb_engine.units import Cents, RoundId

MOST_COST = Cents(10_000_000_00)
_NOTHING: Mapping[CostKind, Cents] = MappingProxyType({})


class CostKind(StrEnum):
    """What money or time went to."""

    CAMPAIGN = "campaign"
    LETTERS = "letters"
    POSTAGE = "postage"
    HOURS = "hours"
    ONLINE = "online"
    PAPER = "paper"


ONE_CHANNEL: Mapping[CostKind, str] = MappingProxyType(
    {CostKind.ONLINE: "digital", CostKind.PAPER: "paper"}
)
"""Costs of one way of voting; all others are shared by every ballot."""


@dataclass(frozen=True, slots=True)
class RoundCosts:
    """What officials filled in.

    :ivar amounts: by kind; a kind that nobody filled in is not there.
    :ivar version: counts changes, so that nobody overwrites what they did not see.
    """

    round: RoundId
    amounts: Mapping[CostKind, Cents] = field(default_factory=lambda: _NOTHING)
    version: int = 0

    @property
    def total_cents(self) -> Cents:
        """Return everything together."""
        return Cents(sum(self.amounts.values()))

    def per_ballot(self, ballots: int) -> Cents | None:
        """Return cents per ballot, rounded to the nearest; ``None`` without costs or ballots."""
        return _rounded(self.total_cents, ballots) if self.amounts else None

    def per_channel(self, ballots: Mapping[str, int]) -> Mapping[str, Cents]:
        """Return cents per ballot of each channel: its own costs, and its part of the shared ones.

        :param ballots: by channel; a channel without ballots is left out.
        """
        whole = sum(ballots.values())
        shared = sum(cents for kind, cents in self.amounts.items() if kind not in ONE_CHANNEL)
        own = {
            channel: sum(
                cents for kind, cents in self.amounts.items() if ONE_CHANNEL.get(kind) == channel
            )
            for channel in ballots
        }
        if not self.amounts:
            return {}
        return {
            channel: Cents(
                (2 * (shared * many + own[channel] * whole) + many * whole) // (2 * many * whole)
            )
            for channel, many in ballots.items()
            if many
        }


def _rounded(cents: int, parts: int) -> Cents | None:
    return Cents((2 * cents + parts) // (2 * parts)) if parts else None
