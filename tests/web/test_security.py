"""Headers, limits, cookies, form tokens and host names."""

import re

import pytest

from tests.builders import an_engine
from web.resident.app import create_resident_app
from web.security import POLICY

# No list of ideas in some order, no text in some encoding, no such filter.
ODD = "/proef-2027/ideeen?zoek=%ff%fe&thema[]=1"
POSTS = {
    "new_idea": "~/ideeen/nieuw",
    "idea_step": "~/ideeen/nieuw/plek",
    "check_idea": "~/ideeen/nieuw/controle",
    "idea_photos": "~/ideeen/nieuw/fotos",
    "kept_idea": "~/ideeen/nieuw/bewaard",
    "mail_draft": "~/ideeen/nieuw/bewaard/mail",
    "go_on_with_idea": "~/ideeen/nieuw/verder",
    "withdraw": "~/ideeen/i1-x/intrekken",
    "support": "~/ideeen/i1-x/steunen",
    "comment_on_rules": "~/regels/reactie",
    "write_comment": "~/ideeen/i1-x/reageren",
    "follow": "~/ideeen/i1-x/volgen",
    "confirm_follow": "/volgen/x",
    "subscribe": "~/nieuws/e-mail",
    "confirm_subscription": "~/nieuws/e-mail/x",
    "may_merge": "/samenvoegen/x",
    "may_split": "/splitsen/x",
    "appeal": "~/ideeen/i1-x/herziening",
    "check": "~/stemmen/controle/voting_code",
    "ballot": "~/stemmen/biljet",
    "look_over": "~/stemmen/nakijken",
    "wipe": "~/stemmen/wissen",
    "receipt": "~/bewijs",
    "tracker": "~/controleren",
    "survey": "~/vragen/after_ballot/trust_core",
    "take_back_answers": "~/vragen/weghalen",
    "language": "/taal/en",
}


def production(folder, **settings):
    engine = an_engine(folder, demo=False, base_url="https://wijkbudget.example.org", **settings)
    return create_resident_app(engine)


@pytest.mark.parametrize("path", ["/", "~/", "/nergens/", "/static/meter.js", "~/stemmen"])
def test_every_answer_carries_the_security_headers(voting, path):
    headers = voting.get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "strict-transport-security" not in headers


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere():
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert POLICY.startswith("default-src 'none'")


def test_the_list_of_posts_is_complete(voting):
    posting = {rule.endpoint for rule in voting.app.url_map.iter_rules() if "POST" in rule.methods}
    # A witness has no session, so no form token can protect it; its signature does.
    # A ticket comes from a page of the register; it is asked where it comes from.
    # A mail program that ends letters has nothing but the link, which is the permission.
    assert posting - {"box_cosign", "enter", "stop_follow"} == set(POSTS)


def test_a_ticket_from_a_page_elsewhere_is_refused(voting):
    for origin in ({}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        assert voting.post("~/stembus/binnen", {"ticket": "x"}, **origin).status == 400


@pytest.mark.parametrize("endpoint", POSTS)
def test_a_post_without_a_form_token_or_from_elsewhere_changes_nothing(voting, endpoint):
    voting.enter(voting.staged.codes[0])
    answer = voting.post(POSTS[endpoint], {"choices": "x", "csrf_token": "forged"})
    assert answer.status == 400
    assert "<h1>" in answer.html
    foreign = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert voting.post(POSTS[endpoint], {}, **foreign).status == 400


def test_a_form_token_of_another_visitor_is_refused(voting, collecting):
    token = dict(collecting.get("~/bewijs").form("csrf_token").fields)["csrf_token"]
    voting.get("~/bewijs")
    answer = voting.post("~/bewijs", {"csrf_token": token, "number": "x"})
    assert answer.status == 400
    assert "ververs de pagina" in answer.text


@pytest.mark.parametrize("path", ["~/ideeen/nieuw", "~/bewijs"])
def test_a_request_that_is_too_large_is_refused(collecting, path):
    answer = collecting.post(path, {"title": "x" * 300_000})
    assert answer.status == 413


def test_a_broken_form_is_no_500(voting):
    answer = voting.client.post(
        "/proef-2027/bewijs",
        data=b"--x\r\nnonsense",
        headers={"Content-Type": "multipart/form-data; boundary=x"},
    )
    assert answer.status_code == 400
    assert voting.client.get(ODD, follow_redirects=True).status_code == 200
    assert voting.client.get("/", headers={"Cookie": "taal=\x01; pb_resident=x"}).status_code == 200
    assert voting.client.get("/", headers={"Accept-Language": "q=;;;,,*"}).status_code == 200


def test_cookies_are_secure_and_hsts_is_sent_over_https(tmp_path):
    client = production(tmp_path).test_client()
    answer = client.get("/", base_url="https://wijkbudget.example.org")
    assert answer.status_code == 200
    assert "max-age=" in answer.headers["Strict-Transport-Security"]
    assert "Dit is een demonstratie" not in answer.text
    switched = client.post(
        "/taal/en",
        base_url="https://wijkbudget.example.org",
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert "Secure" in switched.headers["Set-Cookie"]
    assert client.application.config["SESSION_COOKIE_SECURE"]


def test_a_foreign_host_name_is_refused_outside_the_demonstration(tmp_path):
    client = production(tmp_path).test_client()
    answer = client.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.text
    assert client.get("/healthz", headers={"Host": "127.0.0.1:8080"}).status_code == 200


def test_a_demonstration_answers_on_any_address(voting):
    assert voting.client.get("/", headers={"Host": "192.168.1.20:8080"}).status_code == 200


def test_static_files_are_fingerprinted_and_kept(voting):
    page = voting.get("/")
    address = re.search(r'href="(/static/icon\.svg\?v=[0-9a-f]{12})"', page.html)[1]
    answer = voting.get(address)
    assert "max-age=31536000" in answer.headers["cache-control"]


def test_pages_have_no_inline_script_or_style(voting, published):
    pages = [voting.get(path) for path in ("/", "~/", "~/ideeen", "~/stemmen")]
    pages += [voting.enter(voting.staged.codes[0]), published.get("~/uitslag")]
    for page in pages:
        assert "<style" not in page.html
        assert " style=" not in page.html
        assert not re.search(r"<script(?![^>]*\bsrc=)", page.html)
        assert not re.search(r"\son[a-z]+=", page.html)


def test_the_public_address_of_a_page_does_not_show_who_runs_the_server(voting):
    assert "server" not in voting.get("/").headers
