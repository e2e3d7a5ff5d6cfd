"""Letters at the desk: texts that are checked, a sample, and a zip that is given once."""

import io
import zipfile

import pytest

from pb_engine.errors import UnknownCode
from pb_engine.services.codes import find_entitlement
from pb_engine.services.letters import default_texts, texts
from tests.services.letters import pages
from tests.web.desk_visitor import COMMISSION, OFFICER, TEAM, desk_of


@pytest.fixture
def desk(staged):
    return desk_of(staged("ideas"), TEAM)


def the_form(page, slot, locale="nl"):
    for form in page.forms:
        fields = dict(form.fields)
        if fields.get("slot") == slot and fields.get("locale") == locale:
            return form
    raise AssertionError(f"no form for {slot} in {locale}")


def kept(desk, slot, locale="nl"):
    slots = texts.letter_texts(desk.engine, desk.slug)
    return next(one for one in slots if (one.slot, one.locale) == (slot, locale))


def test_every_text_has_a_form_with_what_it_says_now(desk):
    page = desk.get("~/brieven")
    for one in texts.letter_texts(desk.engine, desk.slug):
        told = dict(the_form(page, one.slot, one.locale).fields)
        assert told["body"].strip() == one.body


def test_a_text_is_changed_and_put_back(desk):
    page = desk.get("~/brieven")
    after = desk.send(page, the_form(page, "greeting"), body="Hallo buurt,")
    assert "De tekst is bewaard" in after.text
    assert kept(desk, "greeting").body == "Hallo buurt,"
    back = [*the_form(after, "greeting").fields]
    desk.post("~/brieven/tekst", {**dict(back), "back": "ja"})
    assert kept(desk, "greeting").body == default_texts.DUTCH["greeting"]


@pytest.mark.parametrize(
    ("slot", "body", "sentence"),
    [
        ("opening", "Beste {naam}", "naam"),
        ("opening", "", "Deze tekst is leeg"),
        ("opening", "a" * 2000, "hoogstens 900 tekens"),
        ("opening", "feest 🎉", "U+1F389"),
        ("geheim", "iets", "Deze tekst bestaat niet"),
    ],
)
def test_a_wrong_text_is_refused_with_a_sentence_and_is_not_lost(desk, slot, body, sentence):
    page = desk.post("~/brieven/tekst", {"slot": slot, "locale": "nl", "body": body})
    assert page.status == 422
    assert sentence in page.text
    if slot == "opening":
        assert dict(the_form(page, slot).fields)["body"].strip() == body
    assert not any(one.changed for one in texts.letter_texts(desk.engine, desk.slug))


def test_a_text_with_markup_is_shown_as_text(desk):
    desk.post("~/brieven/tekst", {"slot": "help", "locale": "nl", "body": "</textarea><b>x"})
    raw = desk.client.get(f"/beheer/{desk.slug}/brieven").get_data(as_text=True)
    assert "</textarea><b>x" not in raw
    assert "&lt;/textarea&gt;&lt;b&gt;x" in raw


@pytest.mark.parametrize(("asked", "pages_"), [("", 2), ("?groot=ja", 4)])
def test_the_sample_is_a_letter_to_nobody_that_opens_no_door(desk, tmp_path, asked, pages_):
    answer = desk.client.get(f"/beheer/{desk.slug}/brieven/voorbeeld.pdf{asked}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "no-store"
    path = tmp_path / "sample.pdf"
    path.write_bytes(answer.get_data())
    told = pages.texts(path)
    assert len(told) in {pages_, pages_ - 1}
    assert all("PROEF" in text for text in told)
    with pytest.raises(UnknownCode):
        find_entitlement(desk.engine, desk.slug, pages.codes(path)[0])


def making(desk, **values):
    page = desk.get("~/brieven")
    (form,) = [one for one in page.forms if "once" in dict(one.fields)]
    return {**dict(form.fields), "number": "2", "persona": "", **values}


def test_letters_come_as_a_zip_and_the_same_form_gives_no_second_one(desk, tmp_path):
    fields = making(desk)
    answer = desk.client.post(f"/beheer/{desk.slug}/brieven/maken", data=fields)
    assert answer.mimetype == "application/zip"
    assert answer.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.get_data())) as packed:
        assert packed.namelist() == ["LEESMIJ.txt", "letters-0001.pdf", "letters.csv"]
        assert "enige" in packed.read("LEESMIJ.txt").decode()
        packed.extract("letters-0001.pdf", tmp_path)
    answer.close()
    codes = pages.codes(tmp_path / "letters-0001.pdf")
    assert len(codes) == 2
    for code in codes:
        assert find_entitlement(desk.engine, desk.slug, code)
    again = desk.post("~/brieven/maken", fields)
    assert "Er zijn geen nieuwe codes bijgekomen" in again.text


@pytest.mark.parametrize("number", ["", "0", "501", "veel", "-1"])
def test_a_wrong_number_of_letters_makes_none(desk, number):
    with desk.engine.stores.register.read() as work:
        before = dict(work.codes.counts(desk.slug))
    page = desk.post("~/brieven/maken", making(desk, number=number))
    assert page.status in {409, 422}
    with desk.engine.stores.register.read() as work:
        assert dict(work.codes.counts(desk.slug)) == before


def test_an_extra_paragraph_that_nobody_wrote_is_asked_for_first(desk):
    page = desk.post("~/brieven/maken", making(desk, persona="3"))
    assert "De extra alinea is nog leeg" in page.text


@pytest.mark.parametrize("role", [COMMISSION, OFFICER])
def test_others_see_no_letters_in_their_menu_and_may_not_make_any(staged, role):
    desk = desk_of(staged("ideas"), role)
    assert b"/brieven" not in desk.client.get(f"/beheer/{desk.slug}/").get_data()
    assert desk.get("~/brieven").status == 403
    assert desk.post("~/brieven/maken", {"number": "1"}).status == 403
