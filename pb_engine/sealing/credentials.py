"""What a voter brings to the box: a credential of one of a closed list of schemes.

A credential says by itself of which scheme it is: ``scheme:text``, and a text without a colon is a
ballot ticket.  So the box can learn another scheme, such as credentials that are signed blindly,
without any stored format changing: of every scheme a round, a ballot paper, a pseudonym and a
nonce come out, and nothing else of it is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from pb_engine.errors import InvalidTicket
from pb_engine.sealing.tickets import LONGEST_TICKET, Ticket, read_ticket

TICKETS = "ticket"


class CredentialScheme(Protocol):
    """One way to show the box that the register gave a voting right."""

    def __call__(self, text: str, *, public: bytes, now: int) -> Ticket:
        """Return what the credential entitles to.

        The pseudonym must be the same for all credentials of one voting right, and the nonce
        another one for each; the box counts ballots by the first and spends credentials by the
        second.

        :param public: the key with which the box of this round checks credentials.
        :param now: seconds since 1970 in UTC.
        :raises InvalidTicket: it is not one, was not issued for this key, or has expired.
        """
        ...


SCHEMES: Mapping[str, CredentialScheme] = MappingProxyType({TICKETS: read_ticket})
"""The schemes that this version of the box takes."""


def read_credential(text: str, *, public: bytes, now: int) -> Ticket:
    """Return what a credential of a known scheme entitles to.

    :raises InvalidTicket: as the scheme, or this box does not know the scheme
        (``problem="scheme"``).
    :raises InvalidKey: ``public`` is not a public key.
    """
    scheme, told = _taken_apart(text[: LONGEST_TICKET + 1])
    if scheme not in SCHEMES:
        raise InvalidTicket("this box takes no credentials of this kind", problem="scheme")
    return SCHEMES[scheme](told, public=public, now=now)


def _taken_apart(text: str) -> tuple[str, str]:
    scheme, colon, told = text.partition(":")
    return (scheme, told) if colon else (TICKETS, text)
