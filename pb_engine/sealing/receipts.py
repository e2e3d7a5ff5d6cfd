"""Receipts: a voter's proof that a ballot was accepted, which tells nothing about its content."""

from __future__ import annotations

import re

from pb_engine.errors import SealBroken
from pb_engine.sealing.framing import digest, framed
from pb_engine.sealing.signing import is_signed, sign
from pb_engine.sealing.symbols import check_symbol, grouped, spelled_out, verified

_LABEL = "pb-engine/receipt/2"
_ENTRY = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
# Fourteen symbols are 70 bits: among a million ballots two alike are one in two billion rounds.
_SYMBOLS = 14
_SEED = 2
# Groups of five: a receipt number does not look like a voting code.
_GROUP = 5


def entry_id(*, round_id: str, pseudonym: str, number: int, sealed: bytes) -> str:
    """Return the identity of a stored ballot: a SHA-256 in hexadecimal over all that it is."""
    return digest("pb-engine/entry/1", round_id, pseudonym, str(number), sealed).hex()


def receipt_number(entry: str) -> str:
    """Return the short form of an entry for people: ``XXXXX-XXXXX-XXXXX``, 70 bits and a check.

    :raises SealBroken: this is not an entry.
    """
    short = int.from_bytes(digest("pb-engine/receipt-number/1", _entry_bytes(entry)), "big")
    body = spelled_out(short, _SYMBOLS)
    return grouped(body + check_symbol(body, _SEED), _GROUP)


def normalised_receipt(typed: str) -> str:
    """Return a receipt number as ``receipt_number`` writes it, however it was typed.

    :raises MistypedCode: ``problem`` is ``length``, ``symbol`` or ``check``.
    """
    return grouped(verified(typed, length=_SYMBOLS + 1, seed=_SEED), _GROUP)


def sign_receipt(number: str, *, round_id: str, key: bytes) -> str:
    """Sign that the ballot with this receipt number is in the box; hexadecimal, always the same.

    The number is what the voter keeps, so number and signature prove the promise by themselves,
    also when the ballot is gone.  Sign after the commit only.

    :raises MistypedCode: this is not a receipt number.
    :raises InvalidKey: the key is not a signing key.
    """
    return sign(framed(_LABEL, round_id, normalised_receipt(number)), key=key).hex()


def receipt_is_signed(number: str, signature: str, *, round_id: str, public: bytes) -> bool:
    """Tell whether the box of this round promised to hold the ballot with this receipt number.

    :raises MistypedCode: this is not a receipt number.
    :raises InvalidKey: ``public`` is not a public key.
    """
    message = framed(_LABEL, round_id, normalised_receipt(number))
    if not _SIGNATURE.fullmatch(signature):
        return False
    return is_signed(message, bytes.fromhex(signature), public=public)


def _entry_bytes(entry: str) -> bytes:
    if not _ENTRY.fullmatch(entry):
        raise SealBroken("an entry is a SHA-256 in 64 hexadecimal digits", problem="entry")
    return bytes.fromhex(entry)
