"""Every page of the resident's site is valid HTML, in both languages and in every phase."""

import pytest

from tests.web.markup import complaints
from tests.web.routes import DOORS, FILES, VOTER, addresses_of, rules_of
from tests.web.visitor import Visitor

SURELY = {"home", "round", "rules", "ideas", "idea", "vote", "check", "receipt", "results", "news"}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("phase", ["ideas", "voting", "published"])
def test_every_page_of_the_site_is_valid(staged, phase, language):
    visitor = Visitor(staged(phase), language)
    seen = set()
    for endpoint, path in addresses_of(visitor.app, visitor.staged).items():
        page = visitor.get(path)
        assert page.status in {200, 403, 404, 409, 410}, (endpoint, page.status)
        assert complaints(page.html) == [], (endpoint, path)
        seen.add(endpoint) if page.status == 200 else None
    assert len(seen) > 12


def test_the_pages_of_a_voter_are_valid_with_and_without_mistakes(voting):
    paper = voting.enter(voting.staged.codes[0])
    wrong = voting.send(paper, "choices", choices=[])
    checked = voting.send(paper, "choices", choices=voting.ids("AED"))
    done = voting.send(checked, "step")
    for page in (paper, wrong, checked, done):
        assert complaints(page.html) == []
    form = voting.get("~/stemmen/controle/voting_code")
    assert complaints(voting.send(form, "code", code="fout").html) == []


def test_every_address_of_the_site_is_a_page_a_file_or_a_door(voting):
    pages = set(rules_of(voting.app))
    assert pages >= SURELY | set(VOTER)
    known = {rule.endpoint for rule in voting.app.url_map.iter_rules()}
    assert not pages & (FILES | DOORS)
    for endpoint, path in addresses_of(voting.app, voting.staged).items():
        page = voting.get(path)
        kind = page.headers["content-type"].partition(";")[0]
        assert kind == "text/html", f"{endpoint} is a file: name it in tests/web/routes.py"
    assert {"static", "news_feed"} <= known & FILES


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        ("<p><div></p>", "Unexpected"),
        ('<h1>a</h1><p id="a"><p id="a">', "stands 2 times"),
        ('<h1>a</h1><label for="weg">x</label>', "which is not there"),
        ('<h1>a</h1><a href="#weg">x</a>', "which is not there"),
        ("<h1>a</h1><h3>b</h3>", "follows one of level 1"),
        ("<h1>a</h1><h1>b</h1>", "2 headings of the first level"),
        ('<h1>a</h1><img src="x">', "no alternative"),
        ('<h1>a</h1><p lang="nederlands!">x</p>', "is no language"),
        ('<h1 style="color: red">a</h1>', "stands in the markup"),
        ('<h1 onclick="x()">a</h1>', "stands in the markup"),
    ],
)
def test_markup_that_is_broken_on_purpose_is_named(broken, sentence):
    page = (
        f"<!doctype html><html lang='nl'><head><title>x</title></head><body>{broken}</body></html>"
    )
    assert any(sentence in one for one in complaints(page)), complaints(page)
    whole = (
        "<!doctype html><html lang='nl'><head><title>x</title></head><body><h1>a</h1></body></html>"
    )
    assert complaints(whole) == []
