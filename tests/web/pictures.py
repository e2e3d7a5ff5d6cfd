"""Make the pictures in docs/pictures from a fresh demonstration: `make pictures`."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from pb_engine.engine import build, store_urls
from pb_engine.services import demo
from pb_engine.settings import settings_in
from pb_engine.store import migrate
from tests.journeys import show_the_desk
from tests.serving import CHROMIUM, served
from tests.web import gallery, pictures_of_letters

TARGET = Path(__file__).parents[2] / "docs" / "pictures"
WIDE, PHONE = {"width": 1000, "height": 760}, {"width": 390, "height": 760}


def main() -> None:
    """Fill a demonstration, keep four pictures of a walk; then letters, every page, the desk."""
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        settings = settings_in(Path(folder), demo=True, code_cost=(64, 1, 1), log_level="error")
        migrate(store_urls(settings))
        engine = build(settings)
        filled = demo.fill(engine, "voting", print)
        program = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM)
        with served(engine) as address:
            _ballot(browser, address, filled, WIDE, "ballot.png")
            _ballot(browser, address, filled, PHONE, "ballot-phone.png")
            _shot(_open(browser, WIDE), f"{address}mekdep-2027/", "round.png")
            _shot(_open(browser, WIDE), f"{address}zuid-2027/uitslag", "results.png")
        browser.close()
    pictures_of_letters.main()
    gallery.main()
    show_the_desk.pictures()


def _open(browser: Browser, size: dict[str, int]) -> Page:
    return browser.new_context(viewport=size, locale="nl-NL").new_page()


def _shot(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.screenshot(path=TARGET / name)


def _ballot(
    browser: Browser, address: str, filled: demo.Filled, size: dict[str, int], name: str
) -> None:
    page = _open(browser, size)
    page.goto(f"{address}{filled.slug}/stemmen")
    page.fill("input[name=code]", filled.codes[0])
    page.keyboard.press("Enter")
    page.wait_for_url("**/biljet*")
    boxes = page.locator("main input[type=checkbox]")
    for place in (0, 1):
        boxes.nth(place).check()
    boxes.nth(0).scroll_into_view_if_needed()
    page.screenshot(path=TARGET / name)


if __name__ == "__main__":
    main()
