"""After the result: what the desk tells, what residents read, and what is due."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image

from pb_engine.services.outbox import deliver
from pb_engine.services.progress import work_page, works_page
from pb_engine.store.site import Follow
from tests.builders import at
from tests.web.desk_visitor import AUDITOR, TEAM, a_file, desk_of
from tests.web.visitor import Visitor

EVIL = "<script>alert(1)</script> <img src=x onerror=y> {{ 7*7 }} javascript:x"
TOLD = {
    "state": "ready",
    "owner": "Groendienst",
    "ready_on": "30-09-2027",
    "body": "De bankjes staan er.",
}


@pytest.fixture
def desk(staged):
    return desk_of(staged("published"), TEAM)


@pytest.fixture
def ideas(desk):
    page = works_page(desk.engine, desk.slug)
    return {card.title: card.work.idea for card in page.works}


def tell(desk, idea, **values):
    page = desk.get(f"~/voortgang/{idea}")
    return desk.send(page, page.form("state"), **{**TOLD, **values})


PAID = {"what": "Hout en bevestiging", "cents": "2.950,50", "paid_on": "31-5-2027"}


def pay(desk, idea, **values):
    page = desk.get(f"~/voortgang/{idea}")
    return desk.send(page, page.form("paid_on"), **{**PAID, **values})


def plan(desk, idea, **values):
    page = desk.get(f"~/voortgang/{idea}")
    return desk.send(page, page.form("due_on_0"), **values)


def residents(desk):
    class Public:
        engine, slug, ideas = desk.engine, desk.slug, {}

    return Visitor(Public)


def test_what_the_desk_tells_residents_read_with_money_that_is_left(desk, ideas):
    pay(desk, ideas["Bankjes"])
    page = tell(desk, ideas["Bankjes"])
    assert "Het staat nu op de site." in page.text
    public = residents(desk)
    one = public.get(f"~/voortgang/{ideas['Bankjes']}").text
    for words in ("Klaar", "€ 2.950,50 van € 3.000 uitgegeven", "De bankjes staan er."):
        assert words in one
    assert "€ 49,50 niet uitgegeven" in one
    assert "Groendienst" in one
    assert "30 september 2027" in one
    every = public.get("~/voortgang").text
    assert "€ 8.900 kregen de ideeën samen" in every
    assert "€ 49,50 bleef over" in every
    assert "Bedankt voor uw idee" in every
    pay(desk, ideas["AED"], cents="2000")
    tell(desk, ideas["AED"], state="stopped")
    assert "€ 100 meer dan gekregen" in public.get(f"~/voortgang/{ideas['AED']}").text
    log = desk_of_log(desk)
    assert "uitgegeven: € 2.950,50" in log
    assert "De bankjes staan er" not in log


def desk_of_log(desk):
    return desk.get("/logboek").text.replace("\u00a0", " ")


def test_markup_in_what_is_told_stays_text(desk, ideas):
    tell(desk, ideas["Bankjes"], body=EVIL, owner=EVIL[:70])
    for page in (
        residents(desk).get(f"~/voortgang/{ideas['Bankjes']}"),
        residents(desk).get("~/voortgang"),
        desk.get(f"~/voortgang/{ideas['Bankjes']}"),
    ):
        assert "<script>alert" not in page.html
        assert "<img" not in page.html
    assert "{{ 7*7 }}" in residents(desk).get(f"~/voortgang/{ideas['Bankjes']}").text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("state", "weg", "Kies iets uit de lijst"),
        ("ready_on", "31-02-2027", "Dit is geen dag"),
        ("ready_on", "٣-٣-2027", "Dit is geen dag"),
        ("ready_on", "0001-01-01", "Dit is geen dag"),
        ("owner", "x" * 81, "Deze tekst is te lang"),
        ("body", "é\u0301" * 5_000, "Deze tekst is te lang"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_is_lost(desk, ideas, field, value, words):
    page = tell(desk, ideas["Bankjes"], **{field: value})
    assert page.status == 422
    assert f'href="#veld-{field}"' in page.html
    assert words in page.text
    if field != "body":
        assert "De bankjes staan er." in page.html
    assert work_page(desk.engine, desk.slug, ideas["Bankjes"])[1].work.version == 0


def test_who_follows_an_idea_gets_a_letter_about_an_update_and_none_about_money(desk, ideas):
    idea = ideas["Bankjes"]
    deliver(desk.engine)
    with desk.engine.stores.site.write() as work:
        work.follows.add(Follow("f", f"idea:{idea}", "a@example.org", "key", "nl"))
        work.commit()
    tell(desk, idea, body="")
    deliver(desk.engine)
    folder = desk.engine.settings.data_folder
    assert not [one for one in folder.rglob("*.eml") if b"volgt het idee" in one.read_bytes()]
    tell(desk, idea)
    deliver(desk.engine)
    with desk.engine.stores.site.read() as work:
        sent = [one for one in folder.rglob("*.eml") if b"volgt het idee" in one.read_bytes()]
        assert work.follows.of(f"idea:{idea}")
    assert len(sent) == 1
    assert b"/voortgang/" in sent[0].read_bytes()
    assert b"De bankjes staan er" not in sent[0].read_bytes()


def test_two_officials_do_not_overwrite_each_other(desk, ideas):
    page = desk.get(f"~/voortgang/{ideas['Bankjes']}")
    assert desk.send(page, page.form("state"), **TOLD).status == 200
    late = desk.send(page, page.form("state"), **{**TOLD, "owner": "Een ander"})
    assert late.status == 409
    assert work_page(desk.engine, desk.slug, ideas["Bankjes"])[1].work.owner == "Groendienst"


def test_an_update_can_be_taken_back_once(desk, ideas):
    idea = ideas["Bankjes"]
    page = tell(desk, idea)
    form = page.form("update")
    assert "van de site gehaald" in desk.send(page, form).text
    assert desk.send(page, form).status == 409
    assert "De bankjes staan er." not in residents(desk).get(f"~/voortgang/{idea}").text


def test_what_is_late_stands_first_at_the_desk_and_residents_read_that_it_is(desk, ideas):
    assert "moet u nog iets vertellen" not in desk.get("~/voortgang").text
    late = at(desk.engine, datetime(2027, 9, 20, 10, tzinfo=UTC))
    page = works_page(late, desk.slug)
    assert {card.title for card in page.overdue} == {"Bankjes", "Moestuin", "AED"}
    desk.app.extensions["pb_engine"] = desk.engine = late
    tell(desk, ideas["AED"], state="under_way")
    text = desk.get("~/voortgang").text
    assert "Over 2 ideeën moet u nog iets vertellen" in text
    assert "moest er zijn op" in residents(desk).get(f"~/voortgang/{ideas['Bankjes']}").text
    assert "moest er zijn op" not in residents(desk).get(f"~/voortgang/{ideas['AED']}").text


def test_only_funded_ideas_of_a_published_round_have_progress(desk, staged, ideas):
    lost = {"Speeltoestel"} - set(ideas)
    assert lost
    for path in ("i99-000000", "x" * 300, "%00"):
        assert residents(desk).get(f"~/voortgang/{path}").status == 404
        assert desk.get(f"~/voortgang/{path}").status == 404
    early = Visitor(staged("closed"))
    answers = [early.get("~/voortgang"), early.get(f"~/voortgang/{early.staged.ideas['AED']}")]
    assert {page.status for page in answers} == {409}
    assert all("AED" not in page.text for page in answers)


def test_an_auditor_reads_and_changes_nothing(staged):
    desk = desk_of(staged("published"), AUDITOR)
    card = works_page(desk.engine, desk.slug).works[0]
    page = desk.get(f"~/voortgang/{card.work.idea}")
    assert page.status == 200
    assert 'name="state"' not in page.html
    assert desk.post(f"~/voortgang/{card.work.idea}", TOLD).status == 403


def a_photo():
    to = BytesIO()
    Image.new("RGB", (60, 40), "#336699").save(to, "JPEG")
    return a_file(to.getvalue() + b"GPS 52.2, 6.9", "foto.jpg")


def test_each_amount_stands_on_the_site_with_its_day_and_what_it_was_for(desk, ideas):
    idea = ideas["Bankjes"]
    assert "De uitgave staat nu op de site." in pay(desk, idea).text
    pay(desk, idea, what=EVIL[:80], cents="0,01", paid_on="2027-05-30")
    public = residents(desk).get(f"~/voortgang/{idea}")
    assert "Hout en bevestiging" in public.text
    assert "€ 2.950,51 van € 3.000 uitgegeven" in public.text
    assert "<script>alert" not in public.html
    page = desk.get(f"~/voortgang/{idea}")
    form = page.form("payment")
    assert "weggehaald" in desk.send(page, form).text
    assert desk.send(page, form).status == 409
    assert work_page(desk.engine, desk.slug, idea)[1].spent_cents == 2_950_50
    log = desk_of_log(desk)
    assert "noteerde een uitgave van € 2.950,50" in log
    assert "haalde een uitgave van € 0,01" in log
    assert "Hout" not in log


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("cents", "-5", "Dit is geen bedrag"),
        ("cents", "0", "Dit is geen bedrag"),
        ("cents", "1e9", "Dit is geen bedrag"),
        ("cents", "999999999", "Dit bedrag is te hoog"),
        ("paid_on", "31-02-2027", "Dit is geen dag"),
        ("paid_on", "", "Dit is geen dag"),
        ("paid_on", "5-6-2027", "Deze dag moet nog komen"),
        ("paid_on", "1-1-1800", "Dit is geen dag"),
        ("what", " ", "nog niets ingevuld"),
        ("what", "x" * 81, "Deze tekst is te lang"),
    ],
)
def test_an_amount_that_cannot_be_is_refused_at_its_field(desk, ideas, field, value, words):
    page = pay(desk, ideas["AED"], **{field: value})
    assert page.status == 422
    assert f'href="#veld-{field}"' in page.html
    assert words in page.text
    assert work_page(desk.engine, desk.slug, ideas["AED"])[1].payments == ()


def test_a_payment_that_is_sent_twice_is_kept_once(desk, ideas):
    page = desk.get(f"~/voortgang/{ideas['AED']}")
    answers = [desk.send(page, page.form("paid_on"), **PAID).status for _ in range(2)]
    assert answers == [200, 409]
    assert len(work_page(desk.engine, desk.slug, ideas["AED"])[1].payments) == 1


def test_residents_read_the_steps_in_order_and_which_one_is_late(desk, ideas):
    idea = ideas["Moestuin"]
    steps = {
        "name_0": "Planten",
        "due_on_0": "1-10-2027",
        "name_1": "Grond kiezen",
        "due_on_1": "2027-06-10",
        "name_3": "Besluit",
        "due_on_3": "31-5-2027",
        "done_on_3": "31-5-2027",
    }
    page = plan(desk, idea, **steps)
    assert "De stappen staan nu op de site." in page.text
    late = at(desk.engine, datetime(2027, 6, 20, 10, tzinfo=UTC))
    desk.app.extensions["pb_engine"] = desk.engine = late
    text = residents(desk).get(f"~/voortgang/{idea}").text
    places = [text.index(one) for one in ("Besluit", "Grond kiezen", "Planten")]
    assert places == sorted(places)
    assert "moest klaar zijn op donderdag 10 juni 2027" in text
    assert "uiterlijk vrijdag 1 oktober 2027" in text
    assert "Stappen klaar: 1 van 3" in residents(desk).get("~/voortgang").text
    assert "te laat" in desk.get(f"~/voortgang/{idea}").text
    plan(desk, idea, name_0="", due_on_0="", done_on_0="")
    (_, card) = work_page(desk.engine, desk.slug, idea)
    assert [one.name for one in card.milestones] == ["Grond kiezen", "Planten"]


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"name_0": "Stap"}, "due_on_0", "Dit is geen dag"),
        ({"due_on_1": "1-10-2027"}, "name_0", "nog niets ingevuld"),
        ({"name_0": "x" * 81, "due_on_0": "1-10-2027"}, "name_0", "te lang"),
        ({"name_0": "x", "due_on_0": "32-1-2027"}, "due_on_0", "Dit is geen dag"),
        ({"name_0": "x", "due_on_0": "1-6-2027", "done_on_0": "y"}, "done_on_0", "geen dag"),
        ({"name_0": "x", "due_on_0": "1-6-2027", "done_on_0": "5-6-2027"}, "done_on_0", "komen"),
    ],
)
def test_a_step_that_is_not_right_is_told_at_its_field_and_nothing_is_kept(
    desk, ideas, typed, field, words
):
    page = plan(desk, ideas["Moestuin"], **typed)
    assert page.status == 422
    assert f'href="#veld-{field}"' in page.html
    assert words in page.text
    card = work_page(desk.engine, desk.slug, ideas["Moestuin"])[1]
    assert (card.milestones, card.work.version) == ((), 0)


def pictures_on(page):
    return [one.split('"')[0] for one in page.html.split('<img src="')[1:]]


def test_a_photograph_stands_with_its_update_made_anew_and_goes_with_it(desk, ideas):
    page = tell(desk, ideas["Bankjes"], photo=a_photo(), alternative="Drie bankjes")
    assert "Met foto: Drie bankjes" in page.text
    public = residents(desk)
    page = public.get(f"~/voortgang/{ideas['Bankjes']}")
    (source,) = pictures_on(page)
    assert 'alt="Drie bankjes"' in page.html
    body = public.get(source).body
    assert body.startswith(b"\xff\xd8")
    assert b"GPS" not in body
    page = desk.get(f"~/voortgang/{ideas['Bankjes']}")
    desk.send(page, page.form("update"))
    assert pictures_on(public.get(f"~/voortgang/{ideas['Bankjes']}")) == []
    assert public.get(source).status == 404


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"photo": None, "alternative": ""}, "U heeft hier nog niets ingevuld."),
        ({"photo": b"<svg/>"}, "geen JPEG, PNG of WebP"),
        ({"photo": None, "body": ""}, "U heeft hier nog niets ingevuld."),
    ],
)
def test_a_photograph_needs_words_and_a_message_and_nothing_is_kept_without(
    desk, ideas, wrong, sentence
):
    sent = {"alternative": "Bankjes", **wrong}
    sent["photo"] = a_file(wrong["photo"], "x.svg") if wrong["photo"] else a_photo()
    page = tell(desk, ideas["AED"], **sent)
    assert page.status == 422
    assert sentence in page.text
    assert "Er is nog geen bericht." in residents(desk).get(f"~/voortgang/{ideas['AED']}").text
