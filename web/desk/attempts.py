"""Guessing is slow: after a few mistakes an account waits, whether it exists or not."""

from __future__ import annotations

from datetime import timedelta

from pb_engine.engine import Engine
from pb_engine.services import throttles

MOST_MISTAKES = 10
WAIT = timedelta(minutes=15)


class Attempts:
    """Mistakes per key, in all processes; a key is kept as a keyed hash.

    An address that somebody typed by mistake is nobody's business.
    """

    def __init__(self, running: Engine) -> None:
        self._engine = running

    def may_try(self, key: str) -> bool:
        """Tell whether there is an attempt left; waiting brings all of them back."""
        return throttles.tries_of(self._engine, _named(key)).hits < MOST_MISTAKES

    def wait(self, key: str) -> int:
        """Return after how many seconds there are attempts again."""
        return throttles.seconds_left(
            self._engine, throttles.tries_of(self._engine, _named(key)).until
        )

    def failed(self, key: str) -> None:
        """Remember one mistake."""
        throttles.hit(self._engine, _named(key), int(WAIT.total_seconds()))

    def succeeded(self, key: str) -> None:
        """Forget the mistakes of a key."""
        throttles.forget(self._engine, _named(key))


def _named(key: str) -> str:
    return f"desk {key}"
