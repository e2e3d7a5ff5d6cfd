"""From message to e-mail."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from pb_engine.api import DeliveryFailed, Message


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail with its envelope: what is written here is what is sent."""

    sender: str
    to: str
    content: bytes


def letter(message: Message, sender: str) -> Letter:
    """Write the e-mail; its Message-ID follows from the key, so a repeat is recognisable.

    :raises pb_engine.api.DeliveryFailed: permanent; a header would break, or an address is none.
    """
    if any(
        unicodedata.category(mark) == "Cc"
        for mark in message.subject + message.to + message.unsubscribe
    ):
        raise DeliveryFailed("subject or address holds a control character", permanent=True)
    try:
        mail = _composed(message, address(sender), address(message.to))
        content = mail.as_bytes()
    except (MessageError, ValueError) as problem:
        raise DeliveryFailed(
            f"this is no e-mail that can be sent: {type(problem).__name__}", permanent=True
        ) from None  # its words may hold the address
    if message_from_bytes(content).keys() != mail.keys():
        raise DeliveryFailed("the message would gain a header of its own", permanent=True)
    return Letter(address(sender).addr_spec, address(message.to).addr_spec, content)


def address(text: str) -> Address:
    """Read one bare address; a domain with accents becomes what mail servers know.

    :raises ValueError: it is none.  The sentence does not repeat it.
    """
    try:
        plain = Address(addr_spec=text)
        return Address(username=plain.username, domain=plain.domain.encode("idna").decode("ascii"))
    except Exception as problem:  # noqa: BLE001 - the parser raises many kinds on a bad address
        raise ValueError(f"no e-mail address: {type(problem).__name__}") from None


def _composed(message: Message, sender: Address, to: Address) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = to
    # Text that looks encoded already would be decoded here, line breaks and all.
    mail["Subject"] = message.subject.replace("=?", "= ?")
    if message.unsubscribe:
        mail["List-Unsubscribe"] = f"<{message.unsubscribe}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail["Date"] = formatdate()
    mail["Auto-Submitted"] = "auto-generated"
    digest = hashlib.sha256(message.key.encode("utf-8", "surrogatepass")).hexdigest()[:40]
    mail["Message-ID"] = f"<{digest}@{sender.domain}>"
    mail.set_content(message.body, cte="quoted-printable")
    mail["Content-Language"] = message.locale  # set_content clears what was there before
    return mail
