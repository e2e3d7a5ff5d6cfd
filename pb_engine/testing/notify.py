"""The contract of a notifier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from pb_engine.api import DeliveryFailed, Message, Notifier, Offer
from pb_engine.testing.offer import OfferContract, load, memory_of

_BREAKS = ("\r\n", "\n", "\r", "\0")


def a_message(*, key: str = "round-1/idea-7/decided", to: str = "jan@example.com") -> Message:
    """Return a message with accents, a euro sign, a long line and a line of one dot."""
    body = "Beste Jan,\n\nUw idee kost € 6.400.\n.\n" + "héél lang " * 200 + "\n"
    return Message(key=key, to=to, subject="Uw idee is beoordeeld – café", body=body, locale="nl")


class NotifierContract(OfferContract):
    """Subclass with ``notifier``, ``settings`` that work and ``broken_settings`` that do not.

    Settings that a fixture makes (a folder, a port) are set on ``self`` by an automatic fixture.
    A notifier that does not send e-mail sets ``to`` to an address of its own kind.
    """

    kind = Notifier
    notifier: ClassVar[Notifier]
    to: ClassVar[str] = "jan@example.com"
    broken_settings: Mapping[str, Any]

    def offer(self) -> Offer:
        """Return the notifier."""
        return self.notifier

    def test_a_message_is_delivered(self) -> None:
        """Nothing is raised, and nothing of the message stays behind in the notifier."""
        before = memory_of(self.notifier)
        self._deliver(a_message(to=self.to))
        assert memory_of(self.notifier) == before, "the notifier remembers something"

    def test_a_second_delivery_is_no_failure(self) -> None:
        """The outbox delivers at least once, so the same message may come again."""
        self._deliver(a_message(to=self.to))
        self._deliver(a_message(to=self.to))

    def test_settings_that_reach_nobody_fail_for_now(self) -> None:
        """An operator can mend settings, so the message stays in the outbox."""
        settings = load(self.notifier, self.broken_settings)
        failure = _failure(self.notifier, a_message(to=self.to), settings)
        assert failure is not None, "settings that reach nobody delivered the message"
        assert not failure.permanent, "the message would never be tried again"

    def test_nobody_can_smuggle_in_a_header(self) -> None:
        """A line break in subject or address fails for good, whatever stands behind it."""
        for mark in _BREAKS:
            smuggled = f"{mark}Bcc: other@example.com"
            for message in (
                replace(a_message(to=self.to), subject=f"Uw idee{smuggled}"),
                replace(a_message(to=self.to), to=f"{self.to}{smuggled}"),
            ):
                failure = _failure(self.notifier, message, self.loaded())
                assert failure is not None, f"{mark!r} got through in {message}"
                assert failure.permanent, f"{mark!r} would be tried again for ever"

    def test_a_subject_that_looks_encoded_is_only_text(self) -> None:
        """Mail software decodes ``=?utf-8?...?=``; a resident's title is never decoded."""
        encoded = "=?utf-8?q?Uw_idee=0D=0ABcc:_other@example.com?="
        failure = _failure(
            self.notifier, replace(a_message(to=self.to), subject=encoded), self.loaded()
        )
        assert failure is None or failure.permanent, "it would be tried again for ever"

    def test_what_is_no_address_fails_for_good(self) -> None:
        """One message goes to one address: no list, no name, no nothing."""
        for to in ("", " ", "nobody", f"{self.to}, {self.to}", "@", "a@["):
            failure = _failure(self.notifier, a_message(to=to), self.loaded())
            assert failure is not None, f"{to!r} counted as an address"
            assert failure.permanent, f"{to!r} would be tried again for ever"

    def test_a_failure_does_not_repeat_the_address(self) -> None:
        """What fails is logged, and a log holds no personal data."""
        broken = load(self.notifier, self.broken_settings)
        for message, settings in (
            (a_message(to=self.to), broken),
            (replace(a_message(to=self.to), subject="x\ny"), self.loaded()),
        ):
            failure = _failure(self.notifier, message, settings)
            assert failure is not None, "this should have failed"
            assert message.to not in f"{failure.sentence} {failure.details}", "it names the address"

    def _deliver(self, message: Message) -> None:
        failure = _failure(self.notifier, message, self.loaded())
        assert failure is None, f"not delivered: {failure}"


def _failure(
    notifier: Notifier, message: Message, settings: Mapping[str, Any]
) -> DeliveryFailed | None:
    """Send, and return the refusal; any other exception is for the reader of the test to see."""
    try:
        notifier.send(message, settings)
    except DeliveryFailed as failure:
        return failure
    return None
