"""Officials in a real browser: every page of the desk, wide and narrow, checked by axe."""

import pytest

from pb_engine.services import round_drafts
from pb_engine.services.officials import add_official
from pb_engine.services.rounds import stored_round
from tests.builders import a_round_in
from tests.serving import served
from tests.web import looking
from web.desk.accounts import hash_password

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
WIDE, NARROW = {"width": 1100, "height": 800}, {"width": 320, "height": 800}
PASSWORD = "een lang wachtwoord"
PAGES = [
    "",
    "proef-2027/",
    "proef-2027/ideeen",
    "proef-2027/stembiljet",
    "proef-2027/uitproberen",
    "proef-2027/uitproberen?bron=themes&stemmen=50&regel=ronde-0&regel=majority_judgement",
    "proef-2027/proefstemming",
    "proef-2027/codes",
    "proef-2027/brieven",
    "proef-2027/berichten",
    "proef-2027/berichten/judged_refer/en",
    "proef-2027/papier",
    "proef-2027/papier/steekproef",
    "proef-2027/nieuwsbrief",
    "proef-2027/tellen",
    "proef-2027/wijzigen",
    "proef-2027/cijfers",
    "proef-2027/geld-over",
    "proef-2027/zelfcheck",
    "proef-2027/uitvoer",
    "proef-2027/verhalen",
    "proef-2027/bereikplan",
    "logboek",
    "medewerkers",
]


@pytest.fixture(scope="module", params=["review", "explained", "published"])
def desk(request, tmp_path_factory):
    votes = {} if request.param == "review" else {"AED": 2, "Bankjes": 1}
    staged = a_round_in(tmp_path_factory.mktemp("desk"), request.param, votes=votes)
    roles = ["participation_team", "commission_member", "desk_officer", "researcher", "auditor"]
    hashed = hash_password(staged.engine, PASSWORD)
    add_official(staged.engine, "alles@example.org", "alles", roles, hashed, "test")
    with served(staged.engine) as address:
        yield staged, f"{address}beheer/"


def test_every_page_of_the_desk_is_accessible_wide_and_narrow(desk, chromium):
    staged, address = desk
    context = chromium.new_context(viewport=WIDE, locale="nl-NL")
    page = context.new_page()
    page.goto(address)
    wrong = {"inloggen": examined(page)}
    page.fill("input[name=email]", "alles@example.org")
    page.fill("input[name=password]", PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Inloggen").click()
    for path in [*PAGES, f"proef-2027/ideeen/{staged.ideas['AED']}", *pages_of_a_draft(staged)]:
        answer = page.goto(address + path)
        assert answer.status == 200, path
        wrong[path] = examined(page)
    context.close()
    assert {path: found for path, found in wrong.items() if found} == {}


def pages_of_a_draft(staged):
    """Some pages on which a round is written: once is enough, for they know no phase."""
    if stored_round(staged.engine, staged.slug).phase != "review":
        return []
    draft = round_drafts.copy_as_draft(staged.engine, staged.slug, "alles")
    languages = {"languages": ["nl", "en", "ar"]}
    round_drafts.change_draft(staged.engine, draft, "plan", languages, 0, "alles")
    parts = ("instellingen/telmethode/0", "taal/ar", "teksten", "nakijken")
    return [f"rondes/concept/{draft}/{part}" for part in parts]


def examined(page):
    """Everything that is wrong with the page that is open, wide and narrow."""
    ids = page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
    wrong = [f"twice: {one}" for one in ids if ids.count(one) > 1]
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        wrong += [*looking.axe(page), *looking.too_wide(page)]
    page.set_viewport_size(WIDE)
    return wrong
