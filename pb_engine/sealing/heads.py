"""Tree heads: what a log commits itself to, and what witnesses sign under it."""

from __future__ import annotations

from dataclasses import dataclass

from pb_engine.errors import InvalidKey
from pb_engine.sealing.framing import framed
from pb_engine.sealing.signing import is_signed, sign

_HEAD = "pb-engine/tree-head/1"
_COSIGNATURE = "pb-engine/cosignature/1"
ROOT_LENGTH = 32
SIGNATURE_LENGTH = 64


@dataclass(frozen=True, slots=True)
class TreeHead:
    """The root over the first ``size`` entries of the log of a round's ballot box."""

    round: str
    size: int
    root: bytes


def sign_head(head: TreeHead, *, key: bytes) -> bytes:
    """Sign a head with the key of the log, 64 bytes; always the same for the same head.

    :raises InvalidKey: the key is not a signing key.
    """
    return sign(_head(head), key=key)


def head_is_signed(head: TreeHead, signature: bytes, *, public: bytes) -> bool:
    """Tell whether the log with this public key committed itself to this head."""
    return _is_signed(_head(head), signature, public)


def cosign_head(head: TreeHead, *, log_key: bytes, key: bytes) -> bytes:
    """Sign as a witness that this head of the log with this public key follows the one before.

    :raises InvalidKey: the key is not a signing key.
    """
    return sign(_cosigned(head, log_key), key=key)


def head_is_cosigned(head: TreeHead, signature: bytes, *, log_key: bytes, witness: bytes) -> bool:
    """Tell whether the witness with this public key signed this head of this log."""
    return _is_signed(_cosigned(head, log_key), signature, witness)


def _head(head: TreeHead) -> bytes:
    return framed(_HEAD, head.round, str(head.size), head.root)


def _cosigned(head: TreeHead, log_key: bytes) -> bytes:
    return framed(_COSIGNATURE, log_key, head.round, str(head.size), head.root)


def _is_signed(message: bytes, signature: bytes, public: bytes) -> bool:
    # A key that is none signed nothing: what comes from outside must not break whoever checks.
    try:
        return is_signed(message, signature, public=public)
    except InvalidKey:
        return False
