"""A security key in a real browser: Chromium's virtual key answers our own script."""

import pytest

from pb_engine.services import security_keys
from pb_engine.services.officials import add_official, find_official
from tests.builders import an_engine
from tests.serving import free_port, served
from tests.web.test_desk_in_the_browser import examined
from web.desk.accounts import hash_password

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PASSWORD = "een lang wachtwoord"
KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def desk(tmp_path):
    """A desk at localhost, where a browser lets a page speak to keys without https."""
    port = free_port()
    address = f"http://localhost:{port}"
    engine = an_engine(tmp_path, demo=False, base_url=address)
    hashed = hash_password(engine, PASSWORD)
    add_official(engine, "kim@example.org", "kim", ["auditor"], hashed, "test")
    with served(engine, port):
        yield engine, f"{address}/beheer/"


@pytest.fixture
def browser(chromium):
    context = chromium.new_context(locale="nl-NL", viewport={"width": 1100, "height": 800})
    page = context.new_page()
    page.set_default_timeout(10_000)
    wire = context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    made = wire.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield (
        page,
        lambda what, **more: wire.send(
            f"WebAuthn.{what}", {"authenticatorId": made["authenticatorId"], **more}
        ),
    )
    context.close()


def log_in(page, address):
    page.goto(f"{address}inloggen")
    page.fill("input[name=email]", "kim@example.org")
    page.fill("input[name=password]", PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Inloggen").click()


def go_on(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Verder").click()


def out_and_in(page, address):
    page.goto(f"{address}account")
    with page.expect_navigation():
        page.get_by_role("button", name="Uitloggen", exact=True).click()
    log_in(page, address)
    assert page.url.startswith(f"{address}sleutel")


def test_a_key_is_set_opens_the_desk_and_a_copy_of_it_does_not(desk, browser):
    (engine, address), (page, key) = desk, browser
    said = []
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    log_in(page, address)
    page.get_by_role("link", name="Geen app? Gebruik een beveiligingssleutel.").click()
    wrong = {"new": examined(page)}
    page.get_by_label("Naam van de sleutel").fill("blauwe stick")
    go_on(page)
    assert page.get_by_role("heading", name="Overzicht van de rondes").is_visible()
    page.goto(f"{address}account")
    wrong["account"] = examined(page)
    assert page.get_by_role("cell", name="blauwe stick").is_visible()

    out_and_in(page, address)
    wrong["log in"] = examined(page)
    go_on(page)
    assert page.url == address
    kim = find_official(engine, email="kim@example.org").id
    (kept,) = security_keys.keys_of(engine, kim)
    assert kept.sign_count > 0

    page.goto(f"{address}sleutel/bevestigen?next=/beheer/account")
    wrong["verify"] = examined(page)
    go_on(page)
    assert page.url == f"{address}account"

    # A copy of the key that was made before: its count lies behind.
    (real,) = key("getCredentials")["credentials"]
    key("removeCredential", credentialId=real["credentialId"])
    key("addCredential", credential={**real, "signCount": 0})
    out_and_in(page, address)
    go_on(page)
    assert page.get_by_text("Dit antwoord van de sleutel klopt niet.").is_visible()
    assert page.goto(address).url == f"{address}inloggen"
    assert {path: found for path, found in wrong.items() if found} == {}
    assert len(said) == 1, said  # the refusal itself


def test_a_browser_gives_no_answer_on_another_address_and_the_page_says_so(desk, browser):
    (engine, address), (page, _) = desk, browser
    elsewhere = address.replace("localhost", "127.0.0.1")
    log_in(page, elsewhere)
    page.goto(f"{elsewhere}sleutel/instellen")
    page.get_by_label("Naam van de sleutel").fill("blauwe stick")
    page.get_by_role("button", name="Verder").click()
    page.get_by_text("De sleutel gaf geen antwoord.").wait_for()
    kim = find_official(engine, email="kim@example.org").id
    assert security_keys.keys_of(engine, kim) == ()


def test_without_scripts_the_page_says_that_a_key_does_not_work_and_the_app_does(desk, chromium):
    _, address = desk
    context = chromium.new_context(java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    log_in(page, address)
    page.get_by_role("link", name="Geen app? Gebruik een beveiligingssleutel.").click()
    assert page.get_by_text("Uw browser kan hier geen sleutel gebruiken").is_visible()
    page.get_by_role("link", name="Toch een app gebruiken").click()
    assert page.get_by_role("heading", name="Tweede stap instellen").is_visible()
    context.close()
