"""Identity check: the visitor states address and birth year, and nobody verifies it."""

from __future__ import annotations

from pb_engine.api import IdentityCheck, hookimpl
from pb_engine.plugins.self_declared.check import SelfDeclared


@hookimpl
def pb_register_identity_checks() -> list[IdentityCheck]:
    """Offer the check ``self_declared``."""
    return [SelfDeclared()]
