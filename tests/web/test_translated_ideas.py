"""An idea can be read in another language, and a reader knows who translated it."""

import pytest

from pb_engine.errors import NotReady, UnknownIdea
from pb_engine.services.idea_translations import (
    LONGEST,
    titles_of,
    translate_idea,
    translations_of,
)
from pb_engine.services.placards import renew
from pb_engine.store.site.translations import Translation
from tests.builders import a_round, a_round_in
from tests.web.desk_visitor import TEAM, DeskVisitor, desk_of
from tests.web.visitor import Visitor

LANGUAGES = ("nl", "en", "ar")


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    return a_round_in(
        tmp_path_factory.mktemp("ideas"), "review", round_=a_round(languages=LANGUAGES)
    )


def translate(staged, bodies, origin="human", locale="ar"):
    idea = staged.ideas["Bankjes"]
    translate_idea(staged.engine, staged.slug, idea, locale, bodies, origin, "jan")
    return f"/{staged.slug}/ideeen/{idea}"


def test_a_translation_by_a_person_is_shown_field_by_field(shown):
    path = translate(shown, {"title": "مقاعد", "description": ""})
    page = Visitor(shown, "ar").get(path)
    assert "<h1><bdi>مقاعد</bdi></h1>" in page.html
    assert 'class="written" dir="auto" lang="nl"' in page.html
    assert f"{path}?origineel=ja" in page.html
    original = Visitor(shown, "ar").get(f"{path}?origineel=ja")
    assert '<h1><bdi lang="nl">Bankjes</bdi></h1>' in original.html
    assert f'href="{path}"' in original.html
    dutch = Visitor(shown, "nl").get(path)
    assert "<h1><bdi>Bankjes</bdi></h1>" in dutch.html
    assert "vertaald" not in dutch.text


def test_what_a_computer_translated_says_so(shown):
    path = translate(shown, {"title": "Benches <b>", "description": "Four."}, "machine", "en")
    page = Visitor(shown, "en").get(path)
    assert "A computer translated this idea." in page.text
    assert "<bdi>Benches &lt;b&gt;</bdi>" in page.html
    translate(shown, {"title": "Benches", "description": "Four."}, "human", "en")
    assert "This idea is translated." in Visitor(shown, "en").get(path).text


def test_a_translation_of_an_older_text_is_not_shown(shown):
    idea = shown.ideas["AED"]
    with shown.engine.stores.site.write() as work:
        old = Translation(idea, "title", "en", "Old words", "human", "0" * 64)
        work.translations.put(old)
        work.commit()
    page = Visitor(shown, "en").get(f"/{shown.slug}/ideeen/{idea}")
    assert "Old words" not in page.text
    assert translations_of(shown.engine, shown.slug, idea, "en")["title"].stale


@pytest.mark.parametrize(
    ("locale", "bodies", "origin", "problem"),
    [
        ("nl", {"title": "x"}, "human", "translation_language"),
        ("pl", {"title": "x"}, "human", "translation_language"),
        ("en", {"title": "x"}, "somebody", "translation_origin"),
        ("en", {"title": "x" * (LONGEST + 1)}, "human", "news_long"),
    ],
)
def test_what_cannot_be_kept_is_refused(shown, locale, bodies, origin, problem):
    with pytest.raises(NotReady) as refused:
        translate(shown, bodies, origin, locale)
    assert refused.value.details["problem"] == problem


def test_an_unknown_idea_has_no_translation(shown):
    with pytest.raises(UnknownIdea):
        translations_of(shown.engine, shown.slug, "niets", "en")


def test_the_desk_writes_a_translation_and_keeps_what_was_typed(shown):
    desk = desk_of(shown, TEAM)
    path = f"~/ideeen/{shown.ideas['Moestuin']}/vertaling"
    assert desk.get(f"{path}/pl").status == 404
    assert desk.get(f"{path}/nl").status == 404
    page = desk.get(f"{path}/en")
    assert "vertaaldienst" in page.text
    typed = {"title": "Garden", "description": "Vegetables"}
    refused = desk.post(f"{path}/en", {**typed, "origin": "x"})
    assert "Kies wie dit vertaalde." in refused.text
    assert "Vegetables" in refused.html
    kept = desk.post(f"{path}/en", {**typed, "origin": "machine"})
    assert "De vertaling is opgeslagen." in kept.text
    assert "Garden" in kept.html
    read = Visitor(shown, "en").get(f"/{shown.slug}/ideeen/{shown.ideas['Moestuin']}")
    assert "A computer translated this idea." in read.text
    emptied = {"title": "", "description": "", "origin": "human"}
    late = desk.post(f"{path}/en", emptied)
    assert late.status == 409
    assert "Vegetables" in late.text
    desk.send(kept, kept.form("title"), **emptied)
    again = Visitor(shown, "en").get(f"/{shown.slug}/ideeen/{shown.ideas['Moestuin']}")
    assert "translated" not in again.text


def test_two_translators_at_once_lose_nothing(shown):
    desk = DeskVisitor(shown.engine, shown.slug)
    desk.hire("noor", TEAM)
    desk.log_in("noor")
    page = desk.get(f"~/ideeen/{shown.ideas['AED']}/vertaling/en")
    form = page.form("title")
    desk.send(page, form, title="Defibrillator", description="Theirs", origin="human")
    late = desk.send(page, form, title="Device", description="Mine", origin="human")
    assert late.status == 409
    assert "Iemand anders was u voor" in late.text
    assert "Theirs" in late.text
    assert dict(late.form("title").fields)["description"].strip() == "Mine"
    done = desk.send(late, late.form("title"), title="", description="", origin="human")
    assert "De vertaling is opgeslagen." in done.text


def test_lists_show_the_title_in_the_language_of_the_page_in_one_more_statement(shown):
    translate(shown, {"title": "Benches <b>"}, "machine", "en")
    page = Visitor(shown, "en").get(f"/{shown.slug}/ideeen?volgorde=number")
    told = '<bdi>Benches &lt;b&gt;</bdi> <small class="muted">(translated by a computer)</small>'
    assert told in page.html
    assert '<bdi lang="nl">Speeltoestel</bdi>' in page.html
    assert "Benches" not in Visitor(shown, "nl").get(f"/{shown.slug}/ideeen?volgorde=number").text
    assert told in Visitor(shown, "en").get("/ideeen").html


def test_a_title_that_changed_since_is_shown_as_it_is_now(shown):
    idea = shown.ideas["Moestuin"]
    said = {idea: "Een andere titel"}
    translate_idea(shown.engine, shown.slug, idea, "en", {"title": "Garden"}, "human", "jan")
    assert titles_of(shown.engine, {idea: "Moestuin"})[idea]["en"].body == "Garden"
    assert titles_of(shown.engine, said) == {}


@pytest.fixture
def voting(tmp_path):
    staged = a_round_in(tmp_path, "voting", round_=a_round(languages=LANGUAGES))
    translate(staged, {"title": "Benches"}, "human", "en")
    return staged


def paper_of(staged):
    with staged.engine.stores.box.read() as work:
        return work.paper(staged.slug, "all")


def test_the_ballot_shows_a_translation_beside_the_original_and_counts_the_same(voting):
    before = paper_of(voting)
    assert renew(voting.engine, voting.slug)
    assert paper_of(voting) == before
    visitor = Visitor(voting, "en")
    page = visitor.enter(voting.codes[0])
    told = (
        '<bdi>Benches</bdi> <small class="muted">(translated: <bdi lang="nl">Bankjes</bdi>)</small>'
    )
    assert told in page.html
    looked = visitor.send(page, "choices", choices=visitor.ids("Bankjes"))
    assert told in looked.html
    assert "Benches" not in Visitor(voting, "nl").enter(voting.codes[1]).text
    with voting.engine.stores.site.read() as work:
        assert work.log.last().event.name == "idea_translated"


def test_the_result_shows_translated_titles(published):
    idea = published.staged.ideas["Bankjes"]
    translate_idea(
        published.engine, published.slug, idea, "en", {"title": "Benches"}, "human", "jan"
    )
    results = ("~/uitslag", "~/uitslag/samenvatting", f"~/uitslag/{idea}")
    for path in (*results, "~/voortgang", f"~/voortgang/{idea}"):
        english = Visitor(published.staged, "en")
        assert (
            '<bdi>Benches</bdi> <small class="muted">(translated)</small>' in english.get(path).html
        ), path
