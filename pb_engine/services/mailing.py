"""A link by mail to somebody who shows that a mailbox is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.sealing import keyed_id, new_nonce, new_secret
from pb_engine.services import keys
from pb_engine.services.carrying import pack
from pb_engine.services.mail_texts import closed
from pb_engine.store.site import OutMessage
from pb_engine.units import LocalText

LINK_LIFE = timedelta(minutes=30)
MOST_A_DAY = 5
LETTER = "brief"
"""The part of the address that carries what was sealed."""


@dataclass(frozen=True, slots=True)
class Mailing:
    """Mail of one identity check in one round.

    :ivar purpose: what the link is sealed for.
    :ivar page: the address that the link leads to.
    """

    engine: Engine
    round: Round
    purpose: str
    page: str
    locale: str

    def send_link(
        self, to: str, carry: bytes, subject: LocalText, body: LocalText, *, really: bool
    ) -> None:
        """Let a mail wait; see ``pb_engine.api.Mailbox``."""
        # A mail that does not leave costs as much time as one that does.
        leaves = self._may_have_one_more(to) and really
        until = int((self.engine.clock() + LINK_LIFE).timestamp())
        sealed = pack(self.engine, self.purpose, {"carry": carry.hex(), "until": until})
        link = f"{self.page}?{LETTER}={sealed}"
        text = closed(self.round, body.filled(link=link))
        key = f"link-{new_nonce()}"
        receiver = to if leaves else ""
        message = OutMessage(
            key, receiver, subject.text(self.locale), text.text(self.locale), self.locale
        )
        with self.engine.stores.site.write() as work:
            work.messages.add(message)
            if not leaves:
                work.messages.sent(key)
            work.commit()

    def _may_have_one_more(self, to: str) -> bool:
        slug = self.round.slug
        key = self.engine.keyring.get_or_create(keys.seal(slug), new_secret)
        day = self.engine.today().isoformat()
        tags = [keyed_id(key, "mail", to, day, str(number)) for number in range(MOST_A_DAY)]
        with self.engine.stores.register.write() as work:
            allowed = any(work.spent.spend(slug, tag) for tag in tags)
            work.commit()
        return allowed
