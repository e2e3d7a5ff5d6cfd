"""Identity check: the voting code from the letter, and the holder's year of birth."""

from __future__ import annotations

from pb_engine.api import IdentityCheck, hookimpl
from pb_engine.plugins.code_and_birth_year.check import CodeAndBirthYear


@hookimpl
def pb_register_identity_checks() -> list[IdentityCheck]:
    """Offer the check ``code_and_birth_year``."""
    return [CodeAndBirthYear()]
