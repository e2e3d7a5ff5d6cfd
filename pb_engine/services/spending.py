"""A ballot ticket admits one ballot: the box remembers which ticket each ballot came with.

What it remembers is a keyed hash of the ticket's nonce, beside the name of the attempt in the same
field.  It tells no time and no order, the key lies with the keys of the box, and closing erases
that key: from then on nobody can try a ticket against a ballot.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from pb_engine.engine import Engine
from pb_engine.sealing import Ticket, keyed_id, new_secret
from pb_engine.services import keys
from pb_engine.store.box import StoredBallot
from pb_engine.units import RoundId

_NAME, _MARK = 32, 16


def mark_of(engine: Engine, slug: RoundId, ticket: Ticket) -> str:
    """Return the mark that a ballot gets from its ticket; ask for it while the box is open only.

    :raises InvalidKey: the key cannot be read or made.
    """
    # A box that opened before tickets left marks gets its key with its next ballot.
    key = engine.keyring.get_or_create(keys.spent(slug), new_secret)
    return keyed_id(key, slug, ticket.pseudonym, ticket.nonce)[:_MARK]


def marked(attempt: str, mark: str) -> str:
    """Return how an attempt is kept: its name, which a retry finds again, then the mark."""
    return attempt + mark


def unmarked() -> str:
    """Return how a ballot that came without a ticket is kept, so that it looks like any other."""
    return secrets.token_hex((_NAME + _MARK) // 2)


def is_attempt(stored: StoredBallot, attempt: str) -> bool:
    """Tell whether this ballot came with this attempt, by whatever ticket."""
    return stored.attempt[:_NAME] == attempt


def is_spent(stored: Iterable[StoredBallot], mark: str) -> bool:
    """Tell whether one of these ballots came with the ticket of this mark."""
    return any(ballot.attempt[_NAME:] == mark for ballot in stored)
