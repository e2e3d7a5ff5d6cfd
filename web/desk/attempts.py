"""Guessing is slow: after a few mistakes an account waits, whether it exists or not."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from datetime import datetime, timedelta

MOST_MISTAKES = 10
WAIT = timedelta(minutes=15)
_MOST_KEYS = 10_000


class Attempts:
    """Mistakes per key in this program; it forgets them when it stops.

    A key is kept as a hash: an address that somebody typed by mistake is nobody's business.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._mistakes: OrderedDict[str, tuple[int, datetime]] = OrderedDict()

    def may_try(self, key: str, now: datetime) -> bool:
        """Tell whether there is an attempt left; waiting brings all of them back."""
        with self._lock:
            number, _ = self._count(key, now)
            return number < MOST_MISTAKES

    def failed(self, key: str, now: datetime) -> None:
        """Remember one mistake."""
        with self._lock:
            number, first = self._count(key, now)
            self._mistakes[_hidden(key)] = (number + 1, first)
            while len(self._mistakes) > _MOST_KEYS:
                self._mistakes.popitem(last=False)

    def succeeded(self, key: str) -> None:
        """Forget the mistakes of a key."""
        with self._lock:
            self._mistakes.pop(_hidden(key), None)

    def _count(self, key: str, now: datetime) -> tuple[int, datetime]:
        number, first = self._mistakes.get(_hidden(key), (0, now))
        return (number, first) if now - first < WAIT else (0, now)


def _hidden(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
