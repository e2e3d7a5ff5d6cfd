"""What everybody reads: rounds, one round, results, downloads, languages, the small files."""

import hashlib
import json
import re

import pytest

from tests.builders import a_round, a_round_in
from tests.web.visitor import Visitor

READING = [
    "/",
    "~/",
    "~/ideeen",
    "~/regels",
    "~/bewijs",
    "~/controleren",
    "/privacy",
    "/beloften",
    "/toegankelijkheid",
]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("phase", ["draft", "ideas", "review", "voting", "closed", "published"])
def test_every_reading_page_works_in_every_phase_and_language(staged, phase, language):
    visitor = Visitor(staged(phase), language)
    for path in READING:
        page = visitor.get(path)
        assert page.status == 200, path
        assert f'<html lang="{language}">' in page.html
        assert page.html.count("<h1>") == 1


def test_a_round_page_tells_the_rules(voting):
    text = voting.get("~/").text
    for words in (
        "Proefwijk beter",
        "€ 10.000",
        "1 maart 2027 tot en met 28 maart 2027",
        "U kiest hoogstens 3 ideeën.",
        "Rigtersbleek",
        "14 053",
        "maandag 10 mei 2027 12 jaar of ouder",
    ):
        assert words in text
    digest = voting.get("~/").html.split('class="digest">')[1].split("<")[0]
    assert len(digest) == 64


def test_banners_stand_on_every_page(voting):
    pages = [voting.get(path) for path in ("~/", "~/ideeen", "~/stemmen", "~/bewijs")]
    assert all("Dit is een demonstratie" in page.text for page in pages)
    assert all("Verzonnen voorbeeldgegevens" in page.text for page in pages)
    assert "Dit is een demonstratie" in voting.get("/nergens/").text


def test_reading_sets_no_cookie(published):
    for path in ("/", "~/", "~/ideeen", "~/uitslag", "/privacy"):
        assert published.get(path).headers["set-cookie"] == ""


def test_the_results_page_gives_a_reason_per_idea_and_compares_rules(published):
    page = published.get("~/uitslag")
    assert page.status == 200
    for title in published.staged.ideas:
        assert title in page.text
    assert "Waarom wel, waarom niet?" in page.text
    assert "<svg" in page.html
    assert "pb-engine recount record.json" in page.text
    assert "✓ ja" in page.text
    english = Visitor(published.staged, "en").get("~/uitslag")
    assert "Why, why not?" in english.text


def test_a_downloaded_file_is_the_one_whose_digest_is_on_the_page(published):
    page = published.get("~/uitslag")
    file = published.get("~/uitslag/bestanden/record.json")
    assert hashlib.sha256(file.body).hexdigest() in page.html
    assert json.loads(file.body)["round"] == "proef-2027"
    assert "attachment" in file.headers["content-disposition"]
    again = published.get(
        "~/uitslag/bestanden/record.json", **{"If-None-Match": file.headers["etag"]}
    )
    assert again.status == 304


def test_a_counted_receipt_can_be_found_by_everybody(published):
    record = json.loads(published.get("~/uitslag/bestanden/record.json").body)
    answer = published.send(published.get("~/bewijs"), "number", number=record["receipts"][0])
    assert "Ja, uw stem is meegeteld" in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nergens/", 404),
        ("/nergens/ideeen", 404),
        ("/nergens/stemmen", 404),
        ("/nergens/stemmen/controle/voting_code", 404),
        ("/nergens/uitslag", 404),
        ("/nergens/bewijs", 404),
        ("~/ideeen/i99-zzz", 404),
        ("~/ideeen/i99-zzz/intrekken", 404),
        ("~/ideeen/%F0%9F%92%A9", 404),
        ("~/uitslag", 409),
        ("~/uitslag/bestanden/record.json", 404),
        ("~/uitslag/bestanden/..%2f..%2fsite.sqlite3", 404),
        ("~/vragen/after_ballot/nergens", 422),
        ("~/vragen/at_night/trust_core", 404),
        ("/static/../app.py", 404),
        ("/%00", 404),
        ("/' OR 1=1/", 404),
    ],
)
def test_what_is_not_there_is_a_sentence_with_the_right_status(voting, path, status):
    page = voting.get(path)
    assert page.status == status
    assert "<h1>" in page.html
    assert "Traceback" not in page.html


def test_a_language_is_remembered_and_the_visitor_stays_on_the_page(voting):
    origin = {"Origin": "http://localhost"}
    page = voting.post("/taal/en", {"back": "/proef-2027/ideeen?zoek=aed"}, **origin)
    assert page.path == "/proef-2027/ideeen"
    assert "Ideas" in page.text
    assert 'lang="en"' in voting.get("~/").html
    assert voting.post("/taal/xx", {}, **origin).status == 404


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil.example", "evil", "/x\r\ny"]
)
def test_a_language_switch_leads_nowhere_else(voting, back):
    answer = voting.post("/taal/en", {"back": back}, follow=False, Origin="http://localhost")
    assert answer.headers["location"] == "/"


def test_a_round_in_one_language_stays_in_it(tmp_path):
    staged = a_round_in(tmp_path, "voting", round_=a_round(languages=("nl",)))
    visitor = Visitor(staged, "en")
    page = visitor.get("~/")
    assert '<html lang="nl">' in page.html
    assert "English" not in page.text
    assert '<html lang="en">' in visitor.get("/").html


def test_the_survey_comes_after_the_ballot_and_may_be_skipped(voting):
    done = voting.cast(voting.staged.codes[0], "AED")
    thanks = voting.send(done, "trust_municipality", trust_municipality="7")
    assert "Uw antwoorden zijn bewaard" in thanks.text
    skipped = voting.send(voting.get("~/vragen/after_ballot/trust_core"), "trust_municipality")
    assert "niets ingevuld" in skipped.text
    wrong = voting.send(done, "trust_municipality", trust_municipality="11")
    assert wrong.status == 422
    assert 'href="#veld-trust_municipality"' in wrong.html


def test_no_voting_cookie_travels_with_the_survey(voting):
    voting.cast(voting.staged.codes[0], "AED")
    with voting.app.test_request_context("/proef-2027/vragen/after_ballot/trust_core"):
        sent = voting.client.get_cookie("pb_bewijs", path="/proef-2027/stemmen")
    assert sent.path == "/proef-2027/stemmen"
    assert not "/proef-2027/vragen/after_ballot/trust_core".startswith(sent.path)


def test_small_files_and_health(voting):
    text = voting.get("/.well-known/security.txt").body.decode()
    assert "Contact: mailto:" in text
    assert "Expires: 2027-" in text
    assert "Disallow: /" in voting.get("/robots.txt").body.decode()
    assert voting.get("/healthz").body == b"ok\n"
    assert voting.get("/readyz").status == 200


def test_the_giver_takes_answers_back_with_the_code_from_the_page_of_thanks(voting):
    done = voting.cast(voting.staged.codes[0], "AED")
    thanks = voting.send(done, "trust_municipality", trust_municipality="7")
    code = re.search(r"[0-9A-Z]{5}(?:-[0-9A-Z]{5}){2}", thanks.text)[0]
    page = voting.get("~/vragen/weghalen")
    assert voting.send(page, "code", code="HALLO").status == 422
    assert "Uw antwoorden zijn weg" in voting.send(page, "code", code=code).text
    assert "horen geen antwoorden" in voting.send(page, "code", code=code).text
