"""The installation of the show of the desk: served, with a clock that the show turns."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, timedelta
from http.cookiejar import Cookie
from pathlib import Path

from passlib.totp import TOTP

from pb_engine.domain.phases import Calendar
from pb_engine.engine import Engine, build, store_urls
from pb_engine.services.outbox import deliver
from pb_engine.settings import settings_in
from pb_engine.store import migrate
from tests.journeys.browser_of_forms import Browser, Page
from tests.journeys.calling import call
from tests.journeys.desk_hand import PASSWORD, Hand
from tests.journeys.desk_round import SLUG
from tests.leftovers import mails

COST = 8192, 1, 1
DAY = timedelta(days=1)
BEGIN = datetime(2027, 1, 6, 9, 30, tzinfo=UTC)
"""A Wednesday in January: the dates that the wizard proposes follow from it."""
FIRST = "tessa@example.org"


class Town:
    """One installation: its clock, its first official, and everybody's browsers.

    :ivar address: where it is served, without a slash at its end; set once it is.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.address, self.now = folder, "", BEGIN
        (folder / "pb").mkdir()
        settings = settings_in(
            folder / "pb", code_cost=COST, log_level="error", trusted_proxies=("127.0.0.1",)
        )
        migrate(store_urls(settings))
        self.engine: Engine = build(settings, clock=lambda: self.now)
        self._networks = 0

    def served_at(self, address: str) -> None:
        """Say where the pages are: links in letters begin with it."""
        self.address = address.rstrip("/")

    def hire_first(self) -> None:
        """Make the first account, by command: nobody could invite this one."""
        told = ("officials", "add", FIRST, "--name", "Tessa", "--role", "participation_team")
        settings = {
            "PB_DATA": str(self.folder / "pb"),
            "PB_CODE_COST": ",".join(map(str, COST)),
            "PB_LOG_LEVEL": "error",
        }
        around = {name: text for name, text in os.environ.items() if not name.startswith("PB_")}
        status, answer = call([*told, "--password", PASSWORD], self.folder, {**around, **settings})
        assert status == 0, answer

    def turn_to(self, moment: datetime) -> None:
        """Turn the clock, and let the work in the background be done: the mail leaves."""
        assert moment >= self.now, (moment, self.now)
        self.now = moment
        deliver(self.engine)

    def calendar(self) -> Calendar:
        """The dates of the round, as its page would show them."""
        with self.engine.stores.site.read() as work:
            return work.rounds.get(SLUG).round.calendar

    def letters(self) -> list[tuple[str, str]]:
        """The mail that arrived since the last look: receiver and text."""
        return mails(self.engine)

    def visitor(self) -> Browser:
        """Somebody with a browser for forms alone, in a network of their own."""
        self._networks += 1
        browser = Browser(self.address)
        network = f"198.51.{100 + self._networks // 250}.{self._networks % 250}"
        browser.opener.addheaders = [("X-Forwarded-For", network)]
        return browser

    def beside(self, hand: Hand) -> Browser:
        """Forms alone, in the session of somebody who logged in with a real browser."""
        browser = self.visitor()
        for one in hand.context.cookies():
            name, value, path = one["name"], one["value"], one["path"]
            browser.cookies.set_cookie(cookie(name, value, path))
        return browser

    def accept(self, link: str, email: str) -> Browser:
        """Choose a password with an invitation, and log in with a second factor."""
        browser = self.visitor()
        page = browser.get(path_of(link))
        page = browser.send(page, "again", password=PASSWORD, again=PASSWORD)
        page = browser.send(page, "email", email=email, password=PASSWORD)
        page = browser.send(page, "setup")
        (key,) = re.findall(r"\b(?:[A-Z2-7]{4}-?){6,}\b", page.text)
        page = browser.send(page, "code", code=TOTP(key=key.replace("-", "")).generate().token)
        assert "Overzicht van de rondes" in page.text, page.text[:600]
        return browser


def cookie(name: str, value: str, path: str) -> Cookie:
    """A cookie of this machine, as a browser keeps it."""
    return Cookie(
        *(0, name, value, None, False, "127.0.0.1", False, False, path, True),
        *(False, None, True, None, None, {}),
    )


def path_of(link: str) -> str:
    """A link of a letter without the host: the show is served wherever there is room."""
    return re.sub(r"^https?://[^/]*", "", link)


def problem_of(page: Page) -> str:
    """The sentence with which a page refuses."""
    found = re.search(r'<div class="alert[^>]*>(.*?)</div>', page.body.decode(), re.DOTALL)
    words = re.sub(r"<[^>]*>", " ", found[1]) if found else page.text[:300]
    return f"{page.status} {' '.join(words.split())}"
