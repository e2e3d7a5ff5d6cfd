"""The square on a letter leads to the form with the code in it, and the address forgets it."""

import dataclasses

import pytest

from pb_engine.domain.rounds import PluginChoice
from pb_engine.services.letters.edition import edition_of
from tests.builders import a_round, a_round_in
from tests.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SEVERAL = (PluginChoice("voting_code"), PluginChoice("code_and_birth_year"))


@pytest.fixture(scope="module", params=["one way", "several ways"])
def site(request, tmp_path_factory):
    round_ = a_round()
    if request.param == "several ways":
        round_ = dataclasses.replace(round_, identity_checks=SEVERAL)
    staged = a_round_in(tmp_path_factory.mktemp("scan"), "voting", round_=round_, codes=3)
    with served(staged.engine) as address:
        settings = dataclasses.replace(staged.engine.settings, base_url=address.rstrip("/"))
        engine = dataclasses.replace(staged.engine, settings=settings)
        link = edition_of(engine, staged.slug).link(staged.codes[0])
        yield request.param, link, staged.codes[0]


def opened(chromium, link, scripts=True):
    context = chromium.new_context(locale="nl-NL", java_script_enabled=scripts)
    page = context.new_page()
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url + str(request.headers)))
    page.goto(link)
    return page


def test_a_scanned_code_is_filled_in_and_gone_from_the_address(chromium, site):
    ways, link, code = site
    page = opened(chromium, link)
    if ways == "several ways":
        assert "#" not in page.url
        page.locator("main a[href*='controle/voting_code']").first.click()
    page.wait_for_selector("input.code")
    page.wait_for_function("!location.hash")
    assert page.input_value("input.code") == code
    assert "code=" not in page.url
    page.locator("#controle button[value=on]").click()
    page.wait_for_url("**/biljet*")
    assert not [one for one in page.asked if code in one and "/biljet" in one]
    page.context.close()


def test_no_request_that_opens_a_page_carries_the_code(chromium, site):
    _, link, code = site
    page = opened(chromium, link)
    page.wait_for_function("!location.hash")
    assert not any(code in one.partition("#")[0] for one in page.asked)
    page.context.close()


def test_without_scripts_the_code_is_typed_as_ever(chromium, site):
    ways, link, code = site
    page = opened(chromium, link, scripts=False)
    if ways == "several ways":
        page.locator("main a[href*='controle/voting_code']").first.click()
    assert page.input_value("input.code") == ""
    page.fill("input.code", code)
    page.locator("#controle button[value=on]").click()
    page.wait_for_url("**/biljet*")
    page.context.close()
