"""An Arabic page runs from right to left, also on a small telephone."""

import pytest

from tests.builders import a_round, a_round_in
from tests.serving import served
from web import texts

pytestmark = pytest.mark.browser


def test_arabic_pages_are_mirrored_and_fit_a_small_telephone(chromium, tmp_path):
    staged = a_round_in(tmp_path, "voting", round_=a_round(languages=texts.LANGUAGES))
    context = chromium.new_context(viewport={"width": 320, "height": 640}, locale="ar")
    page = context.new_page()
    with served(staged.engine) as base:
        idea = f"{staged.slug}/ideeen/{staged.ideas['Bankjes']}"
        for path in (
            "",
            f"{staged.slug}/",
            f"{staged.slug}/stemmen",
            f"{staged.slug}/ideeen",
            idea,
        ):
            page.goto(base + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
            brand, first = (
                page.locator(what).first.bounding_box()
                for what in (".brand", "form.languages button")
            )
            assert brand["x"] + brand["width"] > 280, path
            assert first["height"] >= 44, path
            assert page.locator("html").get_attribute("dir") == "rtl"
        phone = page.locator('footer a[href^="tel:"]')
        assert phone.evaluate("one => getComputedStyle(one).direction") == "ltr"
        page.get_by_role("button", name="Polski").click()
        assert page.url == base + idea
        assert page.locator("html").get_attribute("lang") == "pl"
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
