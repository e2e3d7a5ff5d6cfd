"""Which identity checks go together in a round.  Knows no store: the box reads rounds too."""

from __future__ import annotations

from collections.abc import Mapping

from pb_engine.api import Fact, IdentityCheck
from pb_engine.domain.rounds import Round

_OF_THE_REGISTER = frozenset({Fact.VOTING_RIGHT, Fact.PERSON})


def checks_differ(checks: Mapping[str, IdentityCheck], round_: Round) -> bool:
    """Tell whether one person could get two voting rights through the checks of a round.

    A check that vouches for an address only may be the only one: beside any other, also of its own
    sort, nothing tells that two visitors are one.
    """
    alone = [
        choice.name
        for choice in round_.identity_checks
        if choice.name in checks and not checks[choice.name].vouches_for & _OF_THE_REGISTER
    ]
    return bool(alone) and len(round_.identity_checks) > 1
