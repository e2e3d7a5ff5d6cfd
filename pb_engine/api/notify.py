"""Notifiers: how a message leaves the building."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from pb_engine.api.card import Offer
from pb_engine.api.voting import Settings


@dataclass(frozen=True, slots=True)
class Message:
    """A plain-text message to one address.

    :ivar key: unique per message; a notifier may use it to refuse a second delivery.
    :ivar unsubscribe: an address that ends such messages with one POST (RFC 8058), for the headers
        ``List-Unsubscribe`` and ``List-Unsubscribe-Post``; empty where there is nothing to end.
    """

    key: str
    to: str
    subject: str
    body: str
    locale: str
    unsubscribe: str = ""


@runtime_checkable
class Notifier(Offer, Protocol):
    """Sends messages; called from the outbox, never from a request."""

    def send(self, message: Message, settings: Settings) -> None:
        """Deliver ``message``.

        It must give up by itself after some time: who calls it waits.

        :raises pb_engine.api.DeliveryFailed: with ``permanent`` set when trying again is useless,
            ``unreachable`` when any other message would fail now as well, and ``refused`` (beside
            ``permanent``) when the receiver's address takes no mail; ``code`` may say what the
            mail server said.
        """
