"""Make the pictures in docs/pictures that compare rules on real files of Pabulib.

``PB_PABULIB`` names the folder of the files; see ``docs/explanation/compare-rules.md``.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import Page, sync_playwright

from pb_engine.cli.tally import tally
from tests.serving import CHROMIUM
from tests.tallying.real_files import FOLDER

TARGET = Path(__file__).parents[2] / "docs" / "pictures"
SIZE = {"width": 1000, "height": 760}
# File, language, rules that take too long here, picture, and from which to which heading it runs.
PICTURES = (
    ("poland_warszawa_2024_", "en", ("maximin_support",), "rules-warsaw-2024.png", 0, 4),
    ("Netherlands_Amsterdam_332", "nl", ("maximin_support",), "rules-amsterdam-332.png", 3, 5),
    ("Netherlands_Assen_2025", "nl", (), "rules-assen-2025.png", -2, -1),
)


def main() -> None:
    """Count each file by every rule, and keep a part of its page."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        program = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM)
        for name, language, left_out, picture, first, last in PICTURES:
            where = Path(folder) / f"{name}.html"
            spared = [text for rule in left_out for text in ("--except", rule)]
            asked = [f"{FOLDER / name}.pb", "--rule", "all", *spared, "--lang", language]
            CliRunner().invoke(tally, [*asked, "--page", str(where)], catch_exceptions=False)
            page = browser.new_page(viewport=SIZE)
            page.goto(where.as_uri())
            _shot(page, TARGET / picture, first, last)
        browser.close()


def _shot(page: Page, target: Path, first: int, last: int) -> None:
    """Keep what stands from one heading up to another."""
    tops = page.locator("h1, h2, h3").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().top)"
    )
    top = max(0, tops[first] - 16)
    clip = {"x": 0, "y": top, "width": SIZE["width"], "height": tops[last] - 16 - top}
    page.screenshot(path=target, full_page=True, clip=clip)


if __name__ == "__main__":
    main()
