"""The signed ballot ticket: what carries a voting right from the register to the box.

It names nobody.  The voter's browser carries it; the box checks the signature and needs no
register.  The bytes are signed as sent, and parsed only after the signature holds.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from pb_engine.ballots import canonical_json
from pb_engine.errors import InvalidTicket
from pb_engine.sealing.framing import armoured, framed, unarmoured
from pb_engine.sealing.signing import is_signed, sign

LONGEST_TICKET = 2048
_LABEL = "pb-engine/ticket/1"
_KINDS = {"round": str, "style": str, "pseudonym": str, "expires": int, "nonce": str}


@dataclass(frozen=True, slots=True)
class Ticket:
    """The right to cast a ballot.

    The pseudonym is kept out of ``repr`` and so out of logs.

    :ivar round: the slug of the round.
    :ivar style: the ballot paper.
    :ivar expires: seconds since 1970 in UTC; from that second on the ticket is worth nothing.
    :ivar nonce: makes two tickets for one voting right differ.
    """

    round: str
    style: str
    pseudonym: str = field(repr=False)
    expires: int
    nonce: str = field(repr=False)


def issue_ticket(ticket: Ticket, *, key: bytes) -> str:
    """Sign a ticket; the text is safe in a form field and at most 2,048 characters long.

    :raises InvalidTicket: it would become longer (``problem="oversize"``).
    :raises InvalidKey: the key is not a signing key.
    """
    body = canonical_json(asdict(ticket))
    text = f"{armoured(body)}.{armoured(sign(framed(_LABEL, body), key=key))}"
    _require_size(text)
    return text


def read_ticket(text: str, *, public: bytes, now: int) -> Ticket:
    """Return the ticket if it was signed by us and has not expired.

    :param now: seconds since 1970 in UTC.
    :raises InvalidTicket: ``problem`` is ``oversize``, ``malformed``, ``forged`` or ``expired``.
    :raises InvalidKey: ``public`` is not a public key.
    """
    _require_size(text)
    body, signature = _parts(text)
    if not is_signed(framed(_LABEL, body), signature, public=public):
        raise InvalidTicket("this ticket was not signed here", problem="forged")
    ticket = _ticket(body)
    if now >= ticket.expires:
        raise InvalidTicket("this ticket has expired", problem="expired")
    return ticket


def _require_size(text: str) -> None:
    if len(text) > LONGEST_TICKET:
        raise InvalidTicket(f"a ticket has at most {LONGEST_TICKET} characters", problem="oversize")


def _parts(text: str) -> tuple[bytes, bytes]:
    try:
        body, signature = text.split(".")
        return unarmoured(body), unarmoured(signature)
    except ValueError as problem:
        raise InvalidTicket("this is not a ticket", problem="malformed") from problem


def _ticket(body: bytes) -> Ticket:
    # Only our own signature brings anybody here: this catches another version, not an attack.
    try:
        told = json.loads(body)
        kinds = {name: type(value) for name, value in told.items()}
        ticket = Ticket(**told) if kinds == _KINDS else None
    except (ValueError, AttributeError, RecursionError) as problem:
        raise InvalidTicket("this is not a ticket", problem="malformed") from problem
    if ticket is None or canonical_json(asdict(ticket)) != body:
        raise InvalidTicket("this ticket has other fields", problem="malformed")
    return ticket
