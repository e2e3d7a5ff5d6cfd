"""The ballot formats in a real browser: by keyboard, on a narrow screen, checked by axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.serving import served
from tests.web.ballot_rounds import GREEN, a_visitor_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
NARROW = {"width": 320, "height": 640}
TALL = {"width": 320, "height": 3000}
"""Nothing lies under the line that stays in sight, so that chance in the order changes nothing."""
TALL = {"width": 320, "height": 3000}
"""Nothing lies under the line that stays in sight, so that chance in the order changes nothing."""


def enter(page, address, staged):
    page.goto(f"{address}{staged.slug}/stemmen")
    page.fill("[name=code]", staged.codes[0])
    with page.expect_navigation(url="**/biljet"):
        page.keyboard.press("Enter")


def look(page):
    ids = page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))
    width = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert width <= 0
    controls = page.locator("main button:not([tabindex='-1']):visible, main input:visible")
    small = controls.evaluate_all(
        "all => all.map(one => one.getBoundingClientRect())"
        ".filter(box => box.width < 24 || box.height < 24).length"
    )
    assert small == 0
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def mark(page, kind, ids):
    if kind == "points":
        page.fill(f"[name='mark-{ids[0]}']", "9")
        page.locator(f"[name='mark-{ids[1]}']").focus()
        page.keyboard.type("1")
    elif kind == "score":
        page.locator(f"[name='mark-{ids[0]}'][value='2']").check()
        page.locator(f"[name='mark-{ids[1]}'][value='1']").check()
    elif kind == "ranking":
        page.fill(f"[name='mark-{ids[0]}']", "1")
        page.fill(f"[name='mark-{ids[1]}']", "2")
    else:
        for one in ids:
            page.locator(f"[value='{one}']").check()


@pytest.mark.parametrize("kind", ["approval", "basket", "points", "score", "ranking"])
def test_the_script_says_the_very_sentence_that_the_server_says(chromium, tmp_path, kind):
    visitor = a_visitor_of(tmp_path / kind, kind, limits=(GREEN,))
    staged, ids = visitor.staged, visitor.ids("AED", "Bankjes")
    with served(staged.engine) as address:
        context = chromium.new_context(viewport=TALL, locale="nl-NL", reduced_motion="reduce")
        page, complaints = context.new_page(), []
        page.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
        enter(page, address, staged)
        look(page)
        mark(page, kind, ids)
        by_script = page.locator("#stand").inner_text().replace("\u00a0", " ")
        assert "groen: 2 is te veel. Haal er 1 weg." in by_script
        assert "over" in page.locator(".meter").get_attribute("class").split()
        with page.expect_navigation():
            page.locator(".meter [value=on]").click()
        by_server = page.locator("#stand").inner_text().replace("\u00a0", " ")
        assert by_server == by_script
        look(page)
        assert [one for one in complaints if "status of 4" not in one] == []
        page.set_viewport_size(NARROW)
        for control in page.locator("main .ballot input:visible, main .ballot summary").all():
            control.focus()
            hidden = control.evaluate(
                "one => one.getBoundingClientRect().top"
                " >= document.querySelector('.meter').getBoundingClientRect().top"
            )
            assert not hidden, control.get_attribute("id")
        context.close()


def test_a_moved_idea_keeps_the_focus_and_is_told_without_a_script(chromium, tmp_path):
    visitor = a_visitor_of(tmp_path / "ranking", "ranking")
    staged, ids = visitor.staged, visitor.ids("AED", "Bankjes")
    with served(staged.engine) as address:
        context = chromium.new_context(viewport=NARROW, locale="nl-NL", java_script_enabled=False)
        page = context.new_page()
        enter(page, address, staged)
        for one in ids:
            with page.expect_navigation():
                page.locator(f"[value='add:{one}']").press("Enter")
        with page.expect_navigation():
            page.locator(f"[value='up:{ids[1]}']").press("Enter")
        assert page.locator("[role=status]").first.inner_text() == "Staat nu op plaats 1."
        order = page.locator("[name=was]")
        assert [order.nth(n).get_attribute("value") for n in range(2)] == [ids[1], ids[0]]
        with page.expect_navigation():  # the button that has the focus moves it down again
            page.keyboard.press("Enter")
        assert order.nth(0).get_attribute("value") == ids[0]
        context.close()
