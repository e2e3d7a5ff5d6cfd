"""A signed "too late": what somebody keeps who came to the ballot box after its close.

It is one line of words, so that it survives being copied from a page or a mail.
"""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass

from pb_engine.errors import SealBroken
from pb_engine.sealing.framing import framed
from pb_engine.sealing.signing import is_signed, sign

LONGEST_REFUSAL = 1000
_LABEL = "pb-engine/too-late/1"
_SHAPE = re.compile(
    rf"{_LABEL} (?P<round>[a-z0-9-]{{1,40}}) closed (?P<entries>0|[1-9][0-9]{{0,8}}) "
    r"(?P<root>[0-9a-f]{64}) (?P<offered>[0-9a-f]{32}) "
    r"(?P<at>\d{4}-\d\d-\d\dT\d\d:\d\dZ) (?P<signature>[0-9a-f]{128})"
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """The box of a round was closed when a ballot was offered.

    :ivar entries: and ``root``, in hexadecimal: the newest signed head of the log at that moment.
    :ivar offered: the name under which the ballot would have been kept (``cast_names``).  It
        tells nothing about the choice, and no log holds it.
    :ivar at: the minute, in UTC: ``2027-05-30T20:07Z``.
    """

    round: str
    entries: int
    root: str
    offered: str
    at: str


def sign_refusal(refusal: Refusal, *, key: bytes) -> str:
    """Sign with the key of receipts; return the line that the voter keeps.

    :raises SealBroken: a field is not what it must be.
    :raises InvalidKey: the key is not a signing key.
    """
    told = refusal
    text = (
        f"{_LABEL} {told.round} closed {told.entries} {told.root} {told.offered} {told.at} "
        f"{sign(_message(told), key=key).hex()}"
    )
    _parts(text)
    return text


def read_refusal(text: str) -> tuple[Refusal, bytes]:
    """Read a refusal, however its line was broken; return it with the signature under it.

    :raises SealBroken: it is not one (``problem="refusal"``).
    """
    found = _parts(" ".join(text[: 2 * LONGEST_REFUSAL].split()))
    refusal = Refusal(
        round=found["round"],
        entries=int(found["entries"]),
        root=found["root"],
        offered=found["offered"],
        at=found["at"],
    )
    return refusal, bytes.fromhex(found["signature"])


def refusal_is_signed(refusal: Refusal, signature: bytes, *, public: bytes) -> bool:
    """Tell whether the box with this public key of receipts said so.

    :raises InvalidKey: ``public`` is not a public key.
    """
    return is_signed(_message(refusal), signature, public=public)


def _message(refusal: Refusal) -> bytes:
    return framed(_LABEL, "closed", *map(str, astuple(refusal)))


def _parts(text: str) -> re.Match[str]:
    found = _SHAPE.fullmatch(text)
    if found is None:
        raise SealBroken("this is not a refusal of a ballot box", problem="refusal")
    return found
