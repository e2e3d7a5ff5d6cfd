"""Messages that wait to be sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select, update

from pb_engine.store.site.tables import MESSAGES
from pb_engine.store.unit import Unit

WAITING, SENT, GIVEN_UP = "waiting", "sent", "given_up"


@dataclass(frozen=True, slots=True)
class OutMessage:
    """A message to one address.

    :ivar key: one key is one message, however often it is asked for.
    :ivar tries: how often delivery failed.
    :ivar unsubscribe: the address that ends such messages, if there is one.
    """

    key: str
    to: str
    subject: str
    body: str
    locale: str
    tries: int = 0
    unsubscribe: str = ""


class Messages:
    """The outgoing messages of the installation."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, message: OutMessage) -> bool:
        """Let a message wait; return ``False`` when its key is known and nothing was added."""
        return self.add_all([message]) == 1

    def add_all(self, messages: Iterable[OutMessage]) -> int:
        """Let messages wait; return how many had a new key."""
        return self._unit.add_new(MESSAGES, map(_row, messages))

    def withdraw(self, receiver: str) -> int:
        """Forget what waits for somebody whose name ends the key; return how much that was."""
        c = MESSAGES.c
        mine = (c.state == WAITING) & c.key.endswith(f"-{receiver}", autoescape=True)
        return self._unit.change(delete(MESSAGES).where(mine))

    def due(self, limit: int, now: datetime) -> tuple[OutMessage, ...]:
        """Return messages that may be sent now, at most ``limit``, least tried first."""
        may_go = or_(MESSAGES.c.not_before.is_(None), MESSAGES.c.not_before <= now)
        query = select(MESSAGES).where(MESSAGES.c.state == WAITING, may_go)
        rows = self._unit.rows(query.order_by(MESSAGES.c.tries, MESSAGES.c.key).limit(limit))
        return tuple(
            OutMessage(
                *(row.key, row.recipient, row.subject, row.body, row.locale),
                tries=row.tries,
                unsubscribe=row.unsubscribe,
            )
            for row in rows
        )

    def claim(self, key: str, now: datetime, until: datetime) -> bool:
        """Keep others from a message until a moment; ``False`` when somebody else has it.

        Whoever claims it and dies leaves it due again at ``until``.
        """
        c = MESSAGES.c
        free = or_(c.not_before.is_(None), c.not_before <= now)
        mine = update(MESSAGES).where(c.key == key, c.state == WAITING, free)
        return self._unit.change(mine.values(not_before=until)) == 1

    def postpone(self, key: str, problem: str, until: datetime) -> None:
        """Let a message wait until a moment; that is no try of its own."""
        self._change(key, not_before=until, problem=problem)

    def sent(self, key: str) -> None:
        """Note that a message went out, and forget its address and its text."""
        self._change(
            key, state=SENT, recipient="", body="", unsubscribe="", not_before=None, problem=""
        )

    def failed(self, key: str, problem: str, retry_at: datetime | None) -> None:
        """Note a failed delivery; ``None`` for ``retry_at`` gives up for good, and forgets it."""
        tries = MESSAGES.c.tries + 1
        if retry_at is None:
            self.given_up(key, problem)
            self._change(key, tries=tries)
        else:
            self._change(key, tries=tries, not_before=retry_at, problem=problem)

    def given_up(self, key: str, problem: str) -> None:
        """Note that a message never goes out, and forget its address and its text."""
        self._change(
            key,
            state=GIVEN_UP,
            recipient="",
            body="",
            unsubscribe="",
            not_before=None,
            problem=problem,
        )

    def _change(self, key: str, **fields: object) -> None:
        self._unit.change(update(MESSAGES).where(MESSAGES.c.key == key).values(**fields))


def _row(message: OutMessage) -> dict[str, object]:
    return {
        "key": message.key,
        "recipient": message.to,
        "subject": message.subject,
        "body": message.body,
        "locale": message.locale,
        "state": WAITING,
        "tries": message.tries,
        "not_before": None,
        "problem": "",
        "unsubscribe": message.unsubscribe,
    }
