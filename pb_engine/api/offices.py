"""What the engine does for an identity check that may own no tables and touch no disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from pb_engine.units import LocalText


@runtime_checkable
class Once(Protocol):
    """What may happen once in a round: the use of a link, of an answer from outside."""

    def spend(self, tag: str) -> bool:
        """Use a tag up; of two who try at the same time exactly one gets ``True``.

        Only a keyed hash of the tag is kept, and no time.
        """


@runtime_checkable
class Mailbox(Protocol):
    """Mail to a visitor, sent later through the outbox."""

    def send_link(
        self, to: str, carry: bytes, subject: LocalText, body: LocalText, *, really: bool
    ) -> None:
        """Let a mail wait with a link that brings ``carry`` to ``complete``, for thirty minutes.

        Opening the link uses nothing up: it shows a page with a button.  Nobody can tell from the
        outside whether something was sent, so call this also for an address that gets no mail.
        An address gets at most five mails a day; further ones are dropped in silence.

        :param body: with ``{link}`` where the address belongs.
        :param really: ``False`` does the same work, and no mail leaves.
        """


@runtime_checkable
class VoterRegister(Protocol):
    """The voter register of one round, as far as a check may see it: no names, no addresses."""

    def exists(self) -> bool:
        """Tell whether this round has a register of residents."""

    def with_email(self, email: str, *, birth_year: str = "", initial: str = "") -> tuple[str, ...]:
        """Return the voting rights of residents with this e-mail address, at most ten.

        :param birth_year: and ``initial``: leave out residents of whom the register knows that
            they have another one; empty leaves out nobody.
        """


@runtime_checkable
class Secrets(Protocol):
    """Secrets of the deployment, in files that a round can name and not hold."""

    def read(self, name: str) -> bytes:
        """Return the content of the file with this name in the folder of secrets.

        :raises pb_engine.api.SecretMissing: no such file, others may read it, or it is too large.
        """


@runtime_checkable
class Counter(Protocol):
    """The counter, where an officer saw who somebody is."""

    def entitlement_of(self, typed: str) -> str:
        """Return the voting right for which an officer gave this code, and use the code up.

        :raises pb_engine.api.MistypedCode: it does not look like a code of the counter.
        :raises pb_engine.api.UnknownCode: nobody gave it, or more than fifteen minutes ago.
        :raises pb_engine.api.CodeVoid: it was used before.
        """


@dataclass(frozen=True, slots=True)
class OutsideAnswer:
    """What a server elsewhere said; redirects are not followed."""

    status: int
    body: bytes


@runtime_checkable
class Outside(Protocol):
    """Servers elsewhere, with bounds on time and size."""

    def get(self, url: str, *, headers: Mapping[str, str], keep: int) -> OutsideAnswer:
        """Fetch an address.

        :param keep: an answer with status 200 that is at most this many seconds old will do.
        :raises pb_engine.api.OutsideFailed: no answer in time, an answer that is too large, or an
            address that is not ``https`` and not this machine.
        """

    def post(self, url: str, *, headers: Mapping[str, str], body: bytes) -> OutsideAnswer:
        """Send something.

        :raises pb_engine.api.OutsideFailed: as ``get``.
        """
