"""Identity checks with the Yivi app: who one is in the register, or where one lives and how old."""

from __future__ import annotations

from pb_engine.api import IdentityCheck, hookimpl
from pb_engine.plugins.yivi.check import Yivi, YiviAddress


@hookimpl
def pb_register_identity_checks() -> list[IdentityCheck]:
    """Offer the checks ``yivi`` and ``yivi_address``."""
    return [Yivi(), YiviAddress()]
