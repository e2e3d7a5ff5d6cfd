"""Residents who vote through the pages of three processes, and press again when a line breaks."""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

from tests.journeys.browser_of_forms import Browser, Page
from tests.journeys.town import Town

PATIENCE = 60
_CODE = re.compile(r"<code[^>]*>([^<]*)</code>")
# urllib reports a refused or broken line as one of these.
_BROKEN = (OSError, http.client.HTTPException)


@dataclass(frozen=True)
class Wish:
    """What one resident wants: a letter and the ideas to tick."""

    code: str
    titles: tuple[str, ...]


@dataclass(frozen=True)
class Handed:
    """What a resident has afterwards: the page with the receipt, taken apart."""

    wish: Wish
    number: str
    tracker: str
    signature: str


@dataclass
class Street:
    """What happened to all of them together.

    :ivar broken: steps that had to be repeated, because the line broke or nobody answered.
    """

    handed: list[Handed] = field(default_factory=list)
    broken: int = 0
    troubles: list[str] = field(default_factory=list)
    half: threading.Event = field(default_factory=threading.Event)


class Resident:
    """One resident with a browser."""

    def __init__(self, town: Town, street: Street) -> None:
        self._town, self._street = town, street
        self.slug = town.staged.slug
        self.browser = Browser(town.at["site"])

    def to_the_box(self, code: str) -> Page:
        """Follow links and forms up to the page that hands over the ticket."""
        self._patiently(lambda: self.browser.get(f"{self._town.at['site']}/{self.slug}/"))
        self.browser.address = self._town.at["register"]
        asked = self._patiently(
            lambda: self.browser.get(f"{self._town.at['register']}/{self.slug}/stemmen")
        )
        return self._patiently(lambda: self.browser.send(asked, "code", code=code))

    def look_over(self, wish: Wish) -> Page:
        """Go from the letter to the page that asks whether the choice is right."""
        ticket = self.to_the_box(wish.code)
        paper = self._patiently(lambda: self.browser.send(ticket, "ticket"))
        self.browser.address = self._town.at["box"]
        chosen = [self._town.staged.ideas[title] for title in wish.titles]
        look = self._patiently(
            lambda: self.browser.send(paper, "choices", choices=chosen, step="on")
        )
        assert all(title in look.text for title in wish.titles), look.text[:400]
        return look

    def vote(self, wish: Wish) -> Handed:
        """Go all the way, from the letter to the receipt."""
        look = self.look_over(wish)
        done = self._patiently(lambda: self._cast(look))
        assert "Uw stem is binnen" in done.text, (done.url, done.text[:400])
        number, tracker, signature = _CODE.findall(done.body.decode())
        return Handed(wish, number.strip(), tracker.strip(), signature.strip())

    def _cast(self, look: Page) -> Page:
        """Send the ballot, or load the receipt again when the answer was lost on the way."""
        if "pb_stem" in {cookie.name for cookie in self.browser.cookies}:
            return self.browser.send(look, "step", step="on")
        return self.browser.get(f"/{self.slug}/stemmen/klaar")

    def _patiently(self, step: Callable[[], Page]) -> Page:
        latest, broke = time.monotonic() + PATIENCE, 0
        while True:
            try:
                page = step()
            except _BROKEN:
                if time.monotonic() > latest:
                    raise
                broke = 1
                time.sleep(0.2)
            else:
                self._street.broken += broke
                return page


def vote_all(town: Town, wishes: Iterable[Wish], street: Street, at_once: int) -> None:
    """Let residents vote, so many at once; what goes wrong is in ``street.troubles``."""
    waiting: SimpleQueue[Wish] = SimpleQueue()
    for wish in wishes:
        waiting.put(wish)
    half = len(street.handed) + waiting.qsize() // 2

    def stand_in_line() -> None:
        while True:
            try:
                wish = waiting.get_nowait()
            except Empty:
                return
            try:
                street.handed.append(Resident(town, street).vote(wish))
            except Exception as problem:  # noqa: BLE001 - every trouble is counted, none is lost
                street.troubles.append(f"{type(problem).__name__}: {problem}")
            if len(street.handed) + len(street.troubles) >= half:
                street.half.set()

    threads = [threading.Thread(target=stand_in_line) for _ in range(at_once)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    street.half.set()
