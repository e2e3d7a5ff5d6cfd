"""Identity checks by mail: to an address of the register, or to any address at low assurance."""

from __future__ import annotations

from pb_engine.api import IdentityCheck, hookimpl
from pb_engine.plugins.email_link.declared import EmailDeclared
from pb_engine.plugins.email_link.registered import EmailLink


@hookimpl
def pb_register_identity_checks() -> list[IdentityCheck]:
    """Offer the checks ``email_link`` and ``email_declared``."""
    return [EmailLink(), EmailDeclared()]
