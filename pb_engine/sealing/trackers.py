"""Trackers: the name under which a voter, and nobody else, finds the published choice.

A tracker and the name of an attempt to cast come from one secret that travels with the voter.
The box stores the name; nothing leads from there to the tracker or back to the secret.
"""

from __future__ import annotations

from dataclasses import dataclass

from pb_engine.sealing.framing import digest
from pb_engine.sealing.symbols import check_symbol, grouped, spelled_out, verified

# Seventeen symbols are 85 bits: among ten million ballots two alike are one in 10^11 rounds.
_SYMBOLS = 17
_SEED = 3
# Groups of six: a tracker looks like neither a voting code nor a receipt number.
_GROUP = 6
_NAME = 32


@dataclass(frozen=True, slots=True)
class CastNames:
    """The two names of one sending of one ballot.

    :ivar attempt: 32 hexadecimal digits, for the box: the same sending again is no second ballot.
    :ivar tracker: ``XXXXXX-XXXXXX-XXXXXX``, for the voter and for the inside of the seal.
    """

    attempt: str
    tracker: str


def cast_names(secret: str, *, round_id: str, pseudonym: str, ballot: bytes) -> CastNames:
    """Return the names for sending this ballot with this secret; a retry gives the same ones.

    Another ballot under the same secret is another sending.  Whoever knows only one of the two
    names learns nothing about the other, nor about the ballot.

    :param secret: 128 random bits that stay with the voter.
    """
    parts = (secret, round_id, pseudonym, ballot)
    attempt = digest("pb-engine/attempt/1", *parts).hex()[:_NAME]
    body = spelled_out(int.from_bytes(digest("pb-engine/tracker/1", *parts), "big"), _SYMBOLS)
    return CastNames(attempt, grouped(body + check_symbol(body, _SEED), _GROUP))


def normalised_tracker(typed: str) -> str:
    """Return a tracker as ``cast_names`` writes it, however it was typed.

    :raises MistypedCode: ``problem`` is ``length``, ``symbol`` or ``check``.
    """
    return grouped(verified(typed, length=_SYMBOLS + 1, seed=_SEED), _GROUP)
