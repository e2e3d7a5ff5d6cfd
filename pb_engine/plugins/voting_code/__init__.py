"""Identity check: the voting code from the letter."""

from __future__ import annotations

from pb_engine.api import IdentityCheck, hookimpl
from pb_engine.plugins.voting_code.check import VotingCode


@hookimpl
def pb_register_identity_checks() -> list[IdentityCheck]:
    """Offer the check ``voting_code``."""
    return [VotingCode()]
