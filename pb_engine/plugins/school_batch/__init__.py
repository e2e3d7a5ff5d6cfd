"""Identity check: a code for a school class, good at the hours in which the class votes."""

from __future__ import annotations

from pb_engine.api import IdentityCheck, hookimpl
from pb_engine.plugins.school_batch.check import SchoolBatch


@hookimpl
def pb_register_identity_checks() -> list[IdentityCheck]:
    """Offer the check ``school_batch``."""
    return [SchoolBatch()]
