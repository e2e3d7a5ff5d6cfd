"""An official's hand in a real browser: it counts what it does, and keeps pictures on the way."""

from __future__ import annotations

import dataclasses
import io
import re
from pathlib import Path

from passlib.totp import TOTP
from PIL import Image
from playwright.sync_api import Browser, Locator, Page

WIDE, PHONE = {"width": 1000, "height": 760}, {"width": 390, "height": 760}
TALLEST = {"wide": 1150, "phone": 1250}
COLOURS = """
ffffff eff1f3 c0c7d2 8f9db0 586c88 354967 001a40 5115ef b9a1f9 e3f3fd 006fb3 00568b
ddf7e4 1b632f ffeee1 863d15 feeded a61b22 ffe600"""
"""What the desk is drawn in: a picture in few colours is small, and none of these may get lost."""
PASSWORD = "vier woorden op rij"


@dataclasses.dataclass
class Tally:
    """What a hand did.

    :ivar clicks: presses of the mouse: buttons, links, ticks, and one for each field to type in;
        an answer from a list takes two.
    :ivar fields: fields that something was typed in, or an answer was chosen for.
    :ivar pages: pages that came.
    """

    clicks: int = 0
    fields: int = 0
    characters: int = 0
    pages: int = 0

    def __sub__(self, other: Tally) -> Tally:
        mine, theirs = dataclasses.astuple(self), dataclasses.astuple(other)
        return Tally(*(one - two for one, two in zip(mine, theirs, strict=True)))


class Hand:
    """One official in one browser; everything goes through links, fields and buttons.

    :ivar pictures: the folder for pictures; ``None`` keeps none.
    """

    def __init__(self, browser: Browser, address: str, pictures: Path | None) -> None:
        self.context = browser.new_context(viewport=WIDE, locale="nl-NL")
        self.context.set_default_timeout(10_000)
        self.page: Page = self.context.new_page()
        self.address, self.pictures, self.did = address, pictures, Tally()
        self.page.on("framenavigated", self._came)

    def _came(self, frame: object) -> None:
        self.did.pages += frame == self.page.main_frame

    def now(self) -> Tally:
        """What was done until now."""
        return dataclasses.replace(self.did)

    def open(self, path: str) -> None:
        """Go where a letter or a bookmark leads."""
        answer = self.page.goto(f"{self.address}{path}")
        assert answer is None or answer.status == 200, (path, answer.status, self.text()[:600])

    def press(self, name: str, place: int = 0) -> None:
        """Press a button or a link by its whole name."""
        named = {"name": name, "exact": True}
        either = self.page.get_by_role("button", **named).or_(
            self.page.get_by_role("link", **named)
        )
        self._press(either.nth(place))

    def press_in(self, around: str, name: str) -> None:
        """Press a button in the part of the page that a selector finds."""
        self._press(self.page.locator(around).get_by_role("button", name=name, exact=True).first)

    def unfold(self, name: str) -> None:
        """Open a part of the page that is folded."""
        self.did.clicks += 1
        self.page.locator("summary", has_text=name).first.click()

    def _press(self, what: Locator) -> None:
        self.did.clicks += 1
        what.click()
        self.page.wait_for_load_state()

    def write(self, name: str, text: str) -> None:
        """Type in a field, in place of what stood there."""
        self.did.clicks += 1
        self.did.fields += 1
        self.did.characters += len(text)
        self.page.locator(f"main [name='{name}']").fill(text)

    def choose(self, name: str, value: str) -> None:
        """Choose from a list."""
        self.did.clicks += 2
        self.did.fields += 1
        self.page.locator(f"main select[name='{name}']").select_option(value)

    def tick(self, name: str, *values: str) -> None:
        """Tick boxes, or the one of several answers."""
        for value in values:
            self.did.clicks += 1
            self.page.locator(f"main input[name='{name}'][value='{value}']").check()
        self.did.fields += 1

    def bring(self, name: str, file: Path) -> None:
        """Choose a file."""
        self.did.clicks += 3  # the field, the file, and that it is this one
        self.did.fields += 1
        self.page.locator(f"main input[type=file][name='{name}']").set_input_files(file)

    def text(self) -> str:
        """What stands on the page."""
        return " ".join(self.page.locator("body").inner_text().split())

    def reads(self, *sentences: str) -> None:
        """Be sure that the page says this."""
        found = self.text()
        for sentence in sentences:
            assert sentence in found, (sentence, self.page.url, found[:1500])

    def look(self, name: str) -> None:
        """Keep a picture of the page, wide and on a telephone."""
        if self.pictures is None:
            return
        for variant, size in (("wide", WIDE), ("phone", PHONE)):
            self.page.set_viewport_size(size)
            self.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
            shot = Image.open(io.BytesIO(self.page.screenshot(full_page=True))).convert("RGB")
            shown = shot.crop((0, 0, shot.width, min(shot.height, TALLEST[variant])))
            flat = shown.quantize(palette=_palette(), dither=Image.Dither.NONE)
            flat.save(self.pictures / f"{name}-{variant}.png", optimize=True)
        self.page.set_viewport_size(WIDE)

    def log_in(self, email: str, password: str = PASSWORD) -> None:
        """Log in for the first time, with an app for codes."""
        self.write("email", email)
        self.write("password", password)
        self.press("Inloggen")
        self.press("Verder")
        (key,) = re.findall(r"\b(?:[A-Z2-7]{4}-?){6,}\b", self.text())
        self.write("code", TOTP(key=key.replace("-", "")).generate().token)
        self.press("Klaar")
        self.reads("Overzicht van de rondes")


def _palette() -> Image.Image:
    """The colours as a picture, which is how they are asked for."""
    flat = list(bytes.fromhex("".join(COLOURS.split())))
    made = Image.new("P", (1, 1))
    made.putpalette(flat + flat[:3] * (256 - len(flat) // 3))
    return made
