"""Residents in a real browser: with and without JavaScript, wide and narrow, checked by axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner

from pb_engine.cli.tally import tally
from tests.builders import a_round_in
from tests.serving import served
from tests.tallying.pb_text import a_file

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SIZES = {"wide": {"width": 1100, "height": 900}, "narrow": {"width": 320, "height": 640}}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def voting(tmp_path_factory):
    staged = a_round_in(tmp_path_factory.mktemp("voting"), "voting", codes=8)
    with served(staged.engine) as address:
        yield staged, address


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    votes = {"Bankjes": 3, "Moestuin": 2, "AED": 1}
    staged = a_round_in(tmp_path_factory.mktemp("published"), "published", votes=votes)
    with served(staged.engine) as address:
        yield staged, address


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def scripts(request):
    return request.param


@pytest.fixture(params=SIZES, ids=SIZES)
def page(request, chromium, scripts):
    context = chromium.new_context(
        viewport=SIZES[request.param], locale="nl-NL", java_script_enabled=scripts
    )
    opened = context.new_page()
    opened.complaints = []
    opened.on(
        "console", lambda one: opened.complaints.append(one.text) if one.type == "error" else None
    )
    yield opened
    complaints = [text for text in opened.complaints if "status of 4" not in text]
    context.close()
    assert complaints == []


def look(page, scripts):
    """Axe finds nothing, identifiers are unique, and nothing sticks out sideways."""
    ids = page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide <= 0, f"{page.url} is {wide} pixels too wide"
    if scripts:
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, found.generate_report()


def test_the_results_page_is_accessible(published, page, scripts):
    staged, address = published
    lost, won = staged.ideas["Speeltoestel"], staged.ideas["Bankjes"]
    for path in (
        "uitslag",
        f"uitslag/{lost}",
        "uitslag/kaart",
        "uitslag/samenvatting",
        "voortgang",
        f"voortgang/{won}",
    ):
        page.goto(f"{address}{staged.slug}/{path}")
        assert page.locator("h1").count() == 1
        look(page, scripts)


def test_the_figures_can_be_seen_named_and_read_as_a_table(published, page, scripts):
    staged, address = published
    page.goto(f"{address}{staged.slug}/uitslag")
    drawing = page.get_by_role("img", name="Van kiezers naar ideeën")
    ribbons = drawing.locator("path").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(box => [box.width, box.height])"
    )
    assert ribbons
    assert all(width > 100 and height > 0 for width, height in ribbons)
    page.get_by_text("Alle bedragen in een tabel").click()
    assert page.get_by_role("cell", name="AED").first.is_visible()
    steps = page.locator("figure ol li")
    assert steps.all_inner_texts()[0].startswith("Bankjes")
    assert steps.count() == 3
    look(page, scripts)


@pytest.fixture(scope="module")
def comparison(tmp_path_factory):
    """A page that compares rules, made without a server."""
    folder = tmp_path_factory.mktemp("comparison")
    (folder / "file.pb").write_bytes(a_file(votes=["1,2", "2", "2", "1"]))
    page = folder / "page.html"
    asked = [str(folder / "file.pb"), "--rule", "all", "--page", str(page)]
    assert CliRunner().invoke(tally, asked).exit_code == 0
    return page.as_uri()


def test_a_page_that_compares_rules_is_accessible(comparison, page, scripts):
    page.goto(comparison)
    assert page.get_by_role("heading", name="De telmethoden naast elkaar").is_visible()
    look(page, scripts)


def test_a_resident_votes_in_at_most_five_pages(voting, page, scripts):
    staged, address = voting
    visited = []
    page.on(
        "response",
        lambda one: (
            visited.append(one)
            if one.request.resource_type == "document" and one.status == 200
            else None
        ),
    )
    code = staged.codes[0]
    page.goto(f"{address}{staged.slug}/stemmen")
    look(page, scripts)
    page.fill("input[name=code]", code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/biljet*")
    look(page, scripts)
    page.get_by_label("AED").check()
    page.get_by_label("Bankjes").check()
    page.locator("main form button[type=submit], main form button:not([type])").last.click()
    page.wait_for_url("**/nakijken*")
    assert "AED" in page.content()
    look(page, scripts)
    page.get_by_role("button", name="Stem versturen").click()
    page.wait_for_url("**/klaar*")
    look(page, scripts)
    assert "AED" not in page.locator("main").inner_text()
    assert len(visited) <= 5


def test_axe_finds_what_is_broken_on_purpose(voting, chromium):
    staged, address = voting
    page = chromium.new_page(locale="nl-NL")
    page.goto(f"{address}{staged.slug}/stemmen")
    page.evaluate("document.querySelectorAll('label').forEach(one => one.remove())")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    found = {one["id"] for one in Axe().run(page, options=RULES).response["violations"]}
    page.close()
    assert {"label", "html-has-lang"} <= found
