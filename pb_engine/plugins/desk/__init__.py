"""Identity check: an officer at the counter saw who the visitor is."""

from __future__ import annotations

from pb_engine.api import IdentityCheck, hookimpl
from pb_engine.plugins.desk.check import Desk


@hookimpl
def pb_register_identity_checks() -> list[IdentityCheck]:
    """Offer the check ``desk``."""
    return [Desk()]
