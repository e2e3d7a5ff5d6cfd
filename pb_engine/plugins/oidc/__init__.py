"""Identity check: log in at a broker of the municipality (DigiD, eHerkenning, Yivi)."""

from __future__ import annotations

from pb_engine.api import IdentityCheck, hookimpl
from pb_engine.plugins.oidc.check import Oidc


@hookimpl
def pb_register_identity_checks() -> list[IdentityCheck]:
    """Offer the check ``oidc``."""
    return [Oidc()]
