"""A short line before slow work, so that a flood of it cannot keep everything else waiting."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pb_engine.errors import TooBusy

_SECONDS = 10
"""Longer than this nobody stands in line."""
RETRY = 5
"""After so many seconds whoever was sent away may well get in."""


PLACES = 6


class Line:
    """As many work at once as there are processors, a few stand in line, the rest goes away.

    Argon2id takes 19 MiB and a processor for some 35 ms.  A line with fewer places than a server
    has threads leaves a thread that takes in a ballot, which needs no such work.

    :param places: how many may be in here, those who work included.
    """

    def __init__(self, places: int = PLACES) -> None:
        self._desks = threading.BoundedSemaphore(min(places, os.cpu_count() or 1))
        self._places = threading.BoundedSemaphore(places)

    @contextmanager
    def place(self) -> Iterator[None]:
        """Take a place and wait for one's turn.

        :raises TooBusy: the line is full, or did not move for ten seconds.
        """
        if not self._places.acquire(blocking=False):
            raise self._refusal()
        try:
            if not self._desks.acquire(timeout=_SECONDS):
                raise self._refusal()
            try:
                yield
            finally:
                self._desks.release()
        finally:
            self._places.release()

    def _refusal(self) -> TooBusy:
        return TooBusy("too many codes are being checked at once; try again", seconds=RETRY)
