"""Hostile visitors at the list of ideas: nothing they put in an address breaks or steers it."""

import re
from urllib.parse import quote

import pytest

from tests.builders import a_round_in
from tests.submitting import submit_in_steps
from tests.web.visitor import Visitor

HOSTILE = [
    "'",
    '"',
    "''; DROP TABLE ideas; --",
    '" OR "1"="1',
    "bank*",
    "bank AND",
    "NEAR(a b)",
    "title:bank",
    "(((",
    "^bank",
    "-bank",
    "bank & !",
    "a:*|b",
    "\\",
    "%",
    "_",
    "\0",
    "a\0b",
    "\u202e\u202dbank",
    "\u0627\u0644",
    "e" + "\u0301" * 10_000,
    "x" * 10_000,
    "bank " * 2_000,
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "{{ 7*7 }}",
    "<script>alert(1)</script>",
    "$(id)",
    "../../etc/passwd",
]
PARAMETERS = ("zoek", "thema", "buurt", "stand", "van", "tot", "volgorde", "mix", "blad")


@pytest.fixture(scope="module")
def visitor(tmp_path_factory):
    return Visitor(a_round_in(tmp_path_factory.mktemp("lists"), "ideas"))


PAGES = {
    "~/ideeen?mix=zaad0001": PARAMETERS,
    "/ideeen?": ("zoek", "ronde", "stand", "volgorde", "blad"),
    "~/ideeen/kaart?": ("buurt",),
}


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_in_an_address_breaks_a_list_or_comes_back_as_code(visitor, text):
    for address, names in PAGES.items():
        for name in names:
            page = visitor.get(f"{address}&{name}={quote(text)}")
            assert page.status == 200, (address, name)
            assert "<script>alert" not in page.html
            assert "{{ 7*7 }}" in page.html or "7*7" not in page.html


@pytest.mark.parametrize("broken", ["%ff%fe", "%C0%80", "%ed%a0%80", "%", "%u0061", "a&zoek=b&&=;"])
def test_broken_encodings_are_read_as_something_harmless(visitor, broken):
    for name in PARAMETERS:
        assert visitor.get(f"~/ideeen?mix=zaad0001&{name}={broken}").status == 200


@pytest.mark.parametrize("page", ["0", "-1", "1e9", "9" * 5_000, "٣", "1.5", "0x10", "None"])
def test_a_page_number_that_makes_no_sense_gives_a_page(visitor, page):
    answer = visitor.get(f"~/ideeen?mix=zaad0001&blad={quote(page)}")
    assert answer.status == 200
    assert "Bankjes" in answer.text


def test_a_seed_can_not_be_chosen_to_break_out_of_the_page(visitor):
    answer = visitor.get("~/ideeen?mix=%22%3E%3Cscript%3E", follow=False)
    assert answer.status == 302
    assert re.search(r"mix=[0-9a-f]{8}$", answer.headers["location"])


def test_a_redirect_of_the_list_stays_on_this_site(visitor):
    for path in ("~/ideeen?zoek=//example.org", "~/ideeen?zoek=%0d%0aX-Evil:1", "~//ideeen"):
        answer = visitor.get(path, follow=False, Host="localhost")
        assert "x-evil" not in answer.headers
        place = answer.headers.get("location", "/")
        assert place.startswith(("/", "http://localhost/"))


def test_an_address_of_a_hundred_thousand_characters_is_answered_in_a_moment(visitor):
    assert visitor.get("~/ideeen?mix=zaad0001&zoek=" + "a+" * 50_000).status == 200


def test_an_idea_that_looks_like_a_formula_stays_text(visitor):
    fields = {
        "title": "=cmd|' /C calc'!A0",
        "description": "Een rekensom voor de wijk.",
        "cost": "500",
        "theme": "groen",
        "name": "Sanne",
        "area": "mekkelholt",
        "recurrence": "once",
    }
    assert submit_in_steps(visitor, "~/ideeen/nieuw", **fields).status == 200
    assert "<bdi>=cmd|&#39; /C calc&#39;!A0</bdi>" in visitor.get("~/ideeen").html
