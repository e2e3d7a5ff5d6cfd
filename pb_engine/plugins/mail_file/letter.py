"""From message to bytes.  No clock is read: the same message gives the same file."""

from __future__ import annotations

import hashlib
import unicodedata
from email import message_from_bytes
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from pb_engine.api import DeliveryFailed, Message


def letter_name(message: Message) -> str:
    """Return a file name that follows from the key alone, whatever characters it holds."""
    return f"{_digest(message)}.eml"


def written(message: Message, sender: str) -> bytes:
    """Return the e-mail as bytes.

    :raises pb_engine.api.DeliveryFailed: permanent; a header would break, or an address is none.
    """
    if any(
        unicodedata.category(mark) == "Cc"
        for mark in message.subject + message.to + message.unsubscribe
    ):
        raise DeliveryFailed("subject or address holds a control character", permanent=True)
    try:
        mail = _composed(message, sender)
        content = mail.as_bytes()
    except (MessageError, ValueError) as problem:
        raise DeliveryFailed(
            f"this is no e-mail that can be written: {type(problem).__name__}", permanent=True
        ) from None  # its words may hold the address
    if message_from_bytes(content).keys() != mail.keys():
        raise DeliveryFailed("the message would gain a header of its own", permanent=True)
    return content


def _composed(message: Message, sender: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = address(sender)
    mail["To"] = address(message.to)
    # Text that looks encoded already would be decoded here, line breaks and all.
    mail["Subject"] = message.subject.replace("=?", "= ?")
    if message.unsubscribe:
        mail["List-Unsubscribe"] = f"<{message.unsubscribe}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail["Message-ID"] = f"<{_digest(message)}@pb-engine.invalid>"
    mail.set_content(message.body)
    mail["Content-Language"] = message.locale  # set_content clears what was there before
    return mail


def address(text: str) -> Address:
    """Read one bare address; a domain with accents becomes what mail servers know.

    :raises ValueError: it is none.  The sentence does not repeat it.
    """
    try:
        plain = Address(addr_spec=text)
        return Address(username=plain.username, domain=plain.domain.encode("idna").decode("ascii"))
    except Exception as problem:  # noqa: BLE001 - the parser raises many kinds on a bad address
        raise ValueError(f"no e-mail address: {type(problem).__name__}") from None


def _digest(message: Message) -> str:
    return hashlib.sha256(message.key.encode("utf-8", "surrogatepass")).hexdigest()[:40]
