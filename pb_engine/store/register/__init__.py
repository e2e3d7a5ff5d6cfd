"""The register: who has a voting right, hashed codes, and along which channel a right was used.

It never holds a choice, a receipt, an address of a machine, or the time of anything.
"""

from __future__ import annotations

from pb_engine.store.register.amendments import Amendments
from pb_engine.store.register.batches import Batches
from pb_engine.store.register.codes import Codes
from pb_engine.store.register.entitlements import Entitlements
from pb_engine.store.register.proxies import Proxies
from pb_engine.store.register.residents import Residents
from pb_engine.store.register.rolls import Rolls
from pb_engine.store.register.spent import Spent
from pb_engine.store.register.values import (
    Amendment,
    AmendmentState,
    Batch,
    BatchKind,
    BatchState,
    Channel,
    Code,
    CodeState,
    Entitlement,
    Resident,
    ResidentState,
    Roll,
)
from pb_engine.store.unit import Unit, Work

__all__ = [
    "Amendment",
    "AmendmentState",
    "Batch",
    "BatchKind",
    "BatchState",
    "Channel",
    "Code",
    "CodeState",
    "Entitlement",
    "RegisterWork",
    "Resident",
    "ResidentState",
    "Roll",
]


class RegisterWork(Work):
    """What can be done in the register, within one transaction."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.entitlements = Entitlements(unit)
        self.codes = Codes(unit)
        self.batches = Batches(unit)
        self.rolls = Rolls(unit)
        self.residents = Residents(unit)
        self.amendments = Amendments(unit)
        self.proxies = Proxies(unit)
        self.spent = Spent(unit)
