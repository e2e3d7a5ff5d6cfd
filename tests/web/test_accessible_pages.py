"""Every page of the resident's site in a real browser: wide and narrow, with and without scripts.

Axe is asked on both widths; the keyboard walks where scripts run and where they do not.  What axe
does not see is looked at besides: targets, spaced text, mirrored pages, motion, forced colours.
"""

import pytest

from tests.builders import a_round_in
from tests.serving import served
from tests.web import looking
from tests.web.routes import VOTER, addresses_of
from web.resident.app import create_resident_app

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
WIDE, NARROW = {"width": 1100, "height": 900}, {"width": 320, "height": 640}
PHASES = ("ideas", "voting", "published")
VOTES = {"Bankjes": 3, "Moestuin": 2, "AED": 1}
AT_ITS_FULLEST = {
    "ideas": {"new_idea", "idea_step", "check_idea", "idea_photos", "kept_idea", "withdraw"}
    | {"go_on_with_idea", "idea_received", "support", "comments", "write_comment", "follow"},
    "published": {"results", "summary", "outcome", "result_map", "progress", "work", "tracker"},
}
"""Where a page has most on it; the page of the round and of an idea are looked at in all phases."""
ALWAYS = {"round", "idea", "ideas"}


@pytest.fixture(scope="module", params=PHASES, ids=PHASES)
def site(request, tmp_path_factory):
    """A served site in a phase: the staged round, its address, and a path per page."""
    folder = tmp_path_factory.mktemp(request.param)
    votes = VOTES if request.param == "published" else None
    staged = a_round_in(folder, request.param, votes=votes)
    paths = addresses_of(create_resident_app(staged.engine), staged)
    with served(staged.engine) as address:
        yield staged, address.rstrip("/"), in_phase(request.param, paths)


@pytest.fixture
def opened(chromium):
    """Return a function that opens a page with a context of its own; it says what it missed."""
    contexts = []

    def open_(**more):
        # A page that scrolls smoothly is still on its way when it is asked where the focus is.
        context = chromium.new_context(
            locale="nl-NL", viewport=WIDE, reduced_motion="reduce", **more
        )
        contexts.append(context)
        page = context.new_page()
        page.missed = []
        page.on(
            "console", lambda one: page.missed.append(one.text) if one.type == "error" else None
        )
        return page

    yield open_
    missed = [
        text
        for context in contexts
        for page in context.pages
        for text in page.missed
        if "status of 4" not in text
    ]
    for context in contexts:
        context.close()
    assert missed == []


def every(site):
    _staged, address, paths = site
    return [(name, address + path) for name, path in paths.items()]


def in_phase(phase, paths):
    """The pages that are looked at in a phase; together they are all."""
    elsewhere = set().union(*AT_ITS_FULLEST.values())
    assert elsewhere <= set(paths)
    here = AT_ITS_FULLEST.get(phase, set(paths) - elsewhere) | ALWAYS
    assert len(here) > 8
    return {name: path for name, path in paths.items() if name in here}


def examined(page, *, asked=True):
    """Everything that is wrong with the page that is open, wide and narrow.

    :param asked: whether axe is asked; it is not when it saw this very page a moment ago.
    """
    wrong = [*looking.too_wide(page), *looking.too_small(page)]
    wrong += [*looking.axe(page), *looking.in_the_other_theme(page)] if asked else []
    page.set_viewport_size(NARROW)
    wrong += [*looking.too_wide(page), *looking.too_small(page), *looking.crowded(page)]
    wrong += [*looking.mirrored(page)]
    wrong += looking.axe(page) if asked else []
    page.set_viewport_size(WIDE)
    return wrong


def examined_without(page):
    """The same for a page that was loaded without scripts."""
    with looking.scripts_for_a_moment(page):
        wrong = examined(page)
    return [*wrong, *looking.walked(page)]


def test_every_page_can_be_read_reached_and_used(site, opened):
    plain, scripted, found = opened(java_script_enabled=False), opened(), {}
    for name, address in every(site):
        plain.goto(address)
        before = looking.markup(plain)
        wrong = examined_without(plain)
        scripted.goto(address)
        wrong += examined(scripted, asked=looking.markup(scripted) != before)
        scripted.set_viewport_size(NARROW)
        wrong += looking.walked(scripted)
        scripted.set_viewport_size(WIDE)
        if wrong:
            found[name] = wrong
    assert found == {}


@pytest.mark.parametrize("site", ["voting"], indirect=True)
@pytest.mark.parametrize("scripts", [True, False], ids=["javascript", "no-javascript"])
def test_every_page_of_a_voter_can_be_read_reached_and_used(site, opened, scripts):
    staged, address, _paths = site
    page, found = opened(java_script_enabled=scripts), {}
    page.goto(f"{address}/{staged.slug}/stemmen")
    page.locator("input[name=code]").fill(staged.codes[int(scripts)])
    page.locator("input[name=code]").press("Enter")
    for name in VOTER:
        page.wait_for_load_state()
        wrong = [*examined(page), *looking.walked(page)] if scripts else examined_without(page)
        if wrong:
            found[name] = wrong
        if name == "ballot":
            page.get_by_label("AED").check()
            page.get_by_role("button", name="Naar nakijken").click()
        if name == "look_over":
            page.get_by_role("button", name="Stem versturen").click()
    assert found == {}
    assert "Uw stem is binnen" in page.content()


def test_every_page_keeps_still_and_stays_clear_in_forced_colours(site, opened):
    page, found = opened(forced_colors="active"), {}
    for name, address in every(site):
        page.goto(address)
        wrong = [*looking.moving(page), *looking.walked(page)]
        if wrong:
            found[name] = wrong
    assert found == {}


BREAKS = {
    "axe": ("document.querySelectorAll('label').forEach(one => one.remove())", looking.axe),
    "too wide": ("document.querySelector('h1').style.inlineSize = '200vw'", looking.too_wide),
    "too small": (
        (
            "Object.assign(document.querySelector('main button').style,"
            "{minBlockSize: 0, blockSize: '12px', padding: 0, fontSize: '8px'})"
        ),
        looking.too_small,
    ),
    "crowded": (
        (
            "Object.assign(document.querySelector('h1').style,"
            "{whiteSpace: 'nowrap', inlineSize: 'max-content', fontSize: '16px'});"
            "document.querySelector('h1').textContent = 'w '.repeat(60)"
        ),
        looking.crowded,
    ),
    "moving": ("document.querySelector('h1').style.transition = 'color 1s'", looking.moving),
    "no mark": (
        (
            "Object.assign(document.querySelector('main button').style,"
            "{outline: 'none', boxShadow: 'none'})"
        ),
        looking.walked,
    ),
    "faint in the other theme": (
        "document.querySelector('h1').style.color = 'var(--wash)'",
        looking.in_the_other_theme,
    ),
    "hidden": (
        (
            "Object.assign(document.body.appendChild(document.createElement('div')).style,"
            "{position: 'fixed', inset: 0, background: 'white', zIndex: 9})"
        ),
        looking.walked,
    ),
    "unreached": (
        (
            "const one = document.querySelector('main button');"
            "one.addEventListener('focus', () => document.querySelector('a').focus())"
        ),
        looking.walked,
    ),
}


@pytest.mark.parametrize("site", ["voting"], indirect=True)
def test_every_check_notices_what_is_broken_on_purpose(site, opened):
    staged, address, _paths = site
    page = opened()
    for name, (breaking, look) in BREAKS.items():
        page.goto(f"{address}/{staged.slug}/bewijs")
        page.evaluate("one => { document.title = one }", name)
        page.evaluate(f"() => {{ {breaking} }}")
        assert look(page) != [], name
