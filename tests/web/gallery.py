"""Make the pictures in docs/pictures/site: `make pictures`, or ``python -m tests.web.gallery``.

Every main page of the resident's site: on a wide screen, on a phone, from right to left, without
scripts and on paper.  A page of docs/pictures lists them, so that a reader sees them side by side.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from pb_engine.engine import build, store_urls
from pb_engine.services import demo
from pb_engine.settings import settings_in
from pb_engine.store import migrate
from tests.serving import CHROMIUM, served

TARGET = Path(__file__).parents[2] / "docs" / "pictures" / "site"
INDEX = TARGET / "README.md"
QUALITY, TALLEST = 45, 1300
MAIN, FINISHED = "mekdep-2027", "zuid-2027"
VARIANTS: dict[str, dict[str, Any]] = {
    "wide": {"viewport": {"width": 1000, "height": 700}},
    "phone": {"viewport": {"width": 390, "height": 700}},
    "arabic": {"viewport": {"width": 390, "height": 700}, "locale": "ar"},
    "no-script": {"viewport": {"width": 390, "height": 700}, "java_script_enabled": False},
    "paper": {"viewport": {"width": 800, "height": 1000}},
}
HEADINGS = {
    "wide": "On a wide screen",
    "phone": "On a phone",
    "arabic": "From right to left",
    "no-script": "Without scripts",
    "paper": "On paper",
}
SCREENS = ("wide", "phone")
EVERY = tuple(VARIANTS)
Way = Callable[[Page, str, "Scene"], None]


@dataclass
class Scene:
    """A demonstration that is being served.

    :ivar address: where, without a slash at its end.
    :ivar codes: voting codes nobody has used.
    """

    address: str
    codes: list[str] = field(default_factory=list)


def at(path: str) -> Way:
    """Return the way to a page that has an address."""

    def go(page: Page, name: str, scene: Scene) -> None:
        page.goto(scene.address + path)

    return go


def first_idea(page: Page, name: str, scene: Scene) -> None:
    """Open the first idea that the list shows."""
    page.goto(f"{scene.address}/{MAIN}/ideeen")
    page.locator("main article a, main li.card a").first.click()
    page.wait_for_load_state()


def first_step(page: Page, name: str, scene: Scene) -> None:
    """Begin an idea."""
    page.goto(f"{scene.address}/{MAIN}/ideeen/nieuw")


def funded(page: Page, name: str, scene: Scene) -> None:
    """Open the explanation of the first idea in the result."""
    page.goto(f"{scene.address}/{FINISHED}/uitslag")
    page.locator("main tbody th a").first.click()
    page.wait_for_load_state()


def ballot(page: Page, name: str, scene: Scene) -> None:
    """Come in with a code and choose two ideas."""
    page.goto(f"{scene.address}/{MAIN}/stemmen")
    page.fill("input[name=code]", scene.codes[0])
    page.keyboard.press("Enter")
    page.wait_for_url("**/biljet*")
    boxes = page.locator("main input[type=checkbox]")
    for place in (0, 1):
        boxes.nth(place).check()
    boxes.nth(0).scroll_into_view_if_needed()


def look_over(page: Page, name: str, scene: Scene) -> None:
    """Go on to the page that shows what was chosen."""
    ballot(page, name, scene)
    page.locator("main form[method=post] button[type=submit]").last.click()
    page.wait_for_url("**/nakijken*")


def receipt(page: Page, name: str, scene: Scene) -> None:
    """Send the ballot; the code is used, but leads back to the ballot until the end."""
    look_over(page, name, scene)
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.wait_for_load_state()


@dataclass(frozen=True)
class Sight:
    """A page of which pictures are made.

    :ivar whole: show it from its top down; else what a visitor sees at once, since a bar that
        keeps to the edge of the screen would stand in the middle of a whole page.
    """

    name: str
    title: str
    phase: str
    way: Way
    variants: tuple[str, ...] = SCREENS
    whole: bool = True


SIGHTS = (
    Sight("home", "The first page", "voting", at("/"), EVERY),
    Sight("round", "A round", "voting", at(f"/{MAIN}/"), EVERY),
    Sight("rules", "Its rules", "voting", at(f"/{MAIN}/regels")),
    Sight("ideas", "The list of ideas", "voting", at(f"/{MAIN}/ideeen"), EVERY),
    Sight("map", "Ideas on the map", "voting", at(f"/{MAIN}/ideeen/kaart")),
    Sight("idea", "One idea", "voting", first_idea),
    Sight("news", "News", "voting", at(f"/{MAIN}/nieuws")),
    Sight("submit", "An idea in steps", "ideas", first_step),
    Sight("code", "The code of the letter", "voting", at(f"/{MAIN}/stemmen")),
    Sight("ballot", "The ballot", "voting", ballot, (*SCREENS, "arabic", "no-script"), False),
    Sight("look-over", "What was chosen", "voting", look_over),
    Sight("receipt", "The receipt", "voting", receipt, ("wide", "phone", "arabic", "paper")),
    Sight("tracker", "Is my ballot there?", "voting", at(f"/{FINISHED}/controleren")),
    Sight("results", "The result", "voting", at(f"/{FINISHED}/uitslag"), EVERY),
    Sight("outcome", "Why one idea won or lost", "voting", funded),
    Sight("result-map", "The result on the map", "voting", at(f"/{FINISHED}/uitslag/kaart")),
    Sight("progress", "What became of it", "voting", at(f"/{FINISHED}/voortgang")),
    Sight("accessibility", "The accessibility statement", "voting", at("/toegankelijkheid")),
)


def main() -> None:
    """Serve a demonstration in each phase that is needed, and keep a picture of every sight."""
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    with sync_playwright() as playwright:
        program = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM)
        for phase in dict.fromkeys(sight.phase for sight in SIGHTS):
            with _scene(phase) as scene:
                for sight in SIGHTS:
                    if sight.phase == phase:
                        _keep(browser, scene, sight)
        browser.close()
    INDEX.write_text(index(), encoding="utf-8")


@contextmanager
def _scene(phase: str) -> Iterator[Scene]:
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_in(Path(folder), demo=True, code_cost=(64, 1, 1), log_level="error")
        migrate(store_urls(settings))
        engine = build(settings)
        filled = demo.fill(engine, phase, print)
        with served(engine) as address:
            yield Scene(address.rstrip("/"), list(filled.codes))


def _keep(browser: Browser, scene: Scene, sight: Sight) -> None:
    for variant in sight.variants:
        context = browser.new_context(**{"locale": "nl-NL"} | VARIANTS[variant])
        page = context.new_page()
        sight.way(page, variant, scene)
        name = f"{sight.name}-{variant}.webp"
        shown = _first_sheet(page) if variant == "paper" else _seen(page, whole=sight.whole)
        shown.save(TARGET / name, quality=QUALITY)
        context.close()


def _seen(page: Page, *, whole: bool) -> Image.Image:
    """Return the page from its top, as far down as a picture reaches."""
    shot = Image.open(io.BytesIO(page.screenshot(full_page=whole))).convert("RGB")
    return shot.crop((0, 0, shot.width, min(shot.height, TALLEST)))


def _first_sheet(page: Page) -> Image.Image:
    """Return the first sheet of the page as printed."""
    with pypdfium2.PdfDocument(page.pdf(format="A4")) as printed:
        sheet: Image.Image = printed[0].render(scale=1.0).to_pil()
    return sheet.convert("RGB")


def index() -> str:
    """Return the page that shows the pictures, variant by variant."""
    lines = [
        "# Every main page of the resident's site",
        "",
        "Made by `make pictures` from a fresh demonstration with invented ideas and voters.",
    ]
    for variant, heading in HEADINGS.items():
        lines += ["", f"## {heading}", ""]
        lines += [
            f"![{sight.title}: {heading.lower()}]({sight.name}-{variant}.webp)"
            for sight in SIGHTS
            if variant in sight.variants
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
