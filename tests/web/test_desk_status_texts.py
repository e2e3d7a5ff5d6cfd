"""At the desk: what submitters read per change of their idea, with the letter beside it."""

import pytest

from pb_engine.services.status_texts import status_text
from tests.web.desk_visitor import TEAM, desk_of

PATH = "~/berichten/received/nl"
TEXT = "Uw idee ‘{titel}’ is bij ons. Wij lezen het snel."


@pytest.fixture
def desk(staged):
    return desk_of(staged("ideas"), TEAM)


def kept(desk, locale="nl"):
    return status_text(desk.engine, desk.slug, "received", locale)


def fill(desk, do="keep", page=None, **values):
    page = page or desk.get(PATH)
    values = {"subject": "Dank u: {titel}", "body": TEXT, "do": do, **values}
    return desk.send(page, page.form("subject"), **values)


def test_the_list_names_every_change_and_language(desk):
    page = desk.get("~/berichten")
    assert "Besluit: het idee gaat niet door" in page.text
    assert page.text.count("standaardtekst") >= 24


def test_a_text_is_kept_shown_in_its_letter_and_put_back(desk):
    page = fill(desk)
    assert "De tekst is bewaard" in page.text
    assert "Uw idee ‘Een bankje bij de vijver’ is bij ons." in page.text
    assert "team@example.org" in page.text
    assert kept(desk).own
    fill(desk, do="back", page=page)
    assert not kept(desk).own


def test_looking_keeps_nothing(desk):
    page = fill(desk, do="look")
    assert "Uw idee ‘Een bankje bij de vijver’ is bij ons." in page.text
    assert dict(page.form("subject").fields)["body"].strip() == TEXT
    assert not kept(desk).own


def test_a_hard_sentence_is_shown_and_kept_only_after_a_tick(desk):
    page = fill(desk, body=f"{TEXT} Er is geen draagvlak.")
    assert page.status == 422
    assert "Het woord “draagvlak” is een kantoorwoord" in page.text
    assert not kept(desk).own
    fill(desk, page=page, body=f"{TEXT} Er is geen draagvlak.", although_hard="ja")
    assert kept(desk).own


def test_a_wrong_place_is_refused_with_the_list_and_the_text_stays_in_the_form(desk):
    page = fill(desk, body=f"{TEXT} {{naam}}")
    assert page.status == 422
    assert "{naam}" in page.text
    assert "{titel}, {ronde}" in page.text
    assert "{naam}" in dict(page.form("subject").fields)["body"]


@pytest.mark.parametrize("attack", ["{{ 7 * 7 }}", "{{ config.SECRET_KEY }}", "{% if 1 %}49"])
def test_an_official_who_tries_template_syntax_sees_it_evaluated_nowhere(desk, attack):
    page = fill(desk, body=f"{TEXT} {attack}")
    assert page.status == 422
    assert "kunnen niet in een brief" in page.text
    assert "49" not in page.text.replace(attack, "")
    assert not kept(desk).own


def test_markup_in_a_text_is_shown_as_text(desk):
    fill(desk, body=f"{TEXT} </textarea><script>alert(1)</script>")
    raw = desk.client.get(f"/beheer/{desk.slug}/berichten/received/nl").get_data(as_text=True)
    assert "<script>alert(1)" not in raw
    assert raw.count("&lt;script&gt;alert(1)") == 2


def test_two_officials_in_one_text_both_see_what_the_other_wrote(desk):
    mine, theirs = desk.get(PATH), desk.get(PATH)
    fill(desk, page=theirs, body="Zij schreven dit als eersten op.")
    page = fill(desk, page=mine, body="Ik schreef dit tegelijk met hen.")
    assert page.status == 409
    assert "Zij schreven dit als eersten op." in page.text
    assert "Ik schreef dit tegelijk met hen." in dict(page.form("subject").fields)["body"]
    assert kept(desk).body == "Zij schreven dit als eersten op."
    again = fill(desk, page=page, body="Wij schreven dit samen nu.")
    assert again.status == 200
    assert kept(desk).body == "Wij schreven dit samen nu."


@pytest.mark.parametrize("path", ["~/berichten/geheim/nl", "~/berichten/received/tr"])
def test_a_text_that_the_round_does_not_have_has_no_page(desk, path):
    assert desk.get(path).status == 422
