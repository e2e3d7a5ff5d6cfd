"""Submitting, reading, filtering and withdrawing ideas, by friendly and hostile visitors."""

import pytest

from pb_engine.services.ideas import submit_idea
from pb_engine.services.review import Colour, Judgement, NewReview, judge_idea, merge_ideas
from tests.builders import CALENDAR, DAY, a_draft, a_pass, at
from tests.submitting import fill_in, submit_in_steps
from tests.web.visitor import Visitor

IDEA = {
    "title": "Fietsbel voor iedereen",
    "description": "Een bel op elke fiets in de wijk.",
    "motivation": "Dan hoort u elkaar.",
    "cost": "1.500,50",
    "area": "mekkelholt",
    "place": "overal",
    "theme": "groen",
    "own_effort": "Wij delen ze uit.",
    "recurrence": "once",
    "name": "Noor",
    "email": "noor@example.org",
}


def submit(visitor, **changes):
    return submit_in_steps(visitor, "~/ideeen/nieuw", **{**IDEA, **changes})


def code_on(page):
    return page.html.split("<code>")[1].split("</code>")[0]


def test_a_submitted_idea_is_listed_and_its_code_is_shown_once(collecting):
    answer = submit(collecting)
    assert answer.status == 200
    assert answer.path.endswith("/ontvangen")
    assert code_on(answer)
    assert "Fietsbel" in collecting.get("~/ideeen").text
    idea = collecting.get(answer.path.removesuffix("/ontvangen"))
    assert "€ 1.500,50" in idea.text
    assert "noor@example.org" not in idea.html
    stranger = Visitor(collecting.staged)
    assert "<code>" not in stranger.get(answer.path).html


def test_an_idea_can_be_withdrawn_with_its_code_only(collecting):
    received = submit(collecting)
    path = received.path.replace("/ontvangen", "/intrekken")
    wrong = collecting.send(collecting.get(path), "code", code="ABC")
    assert wrong.status == 422
    assert "U typte er 3." in wrong.text
    other = submit(Visitor(collecting.staged), title="Iets anders")
    refused = collecting.send(collecting.get(path), "code", code=code_on(other))
    assert refused.status == 422
    assert "hoort niet bij dit idee" in refused.text
    gone = collecting.send(collecting.get(path), "code", code=code_on(received))
    assert "Teruggetrokken" in gone.text
    assert "Fietsbel" not in collecting.get("~/ideeen").text
    twice = collecting.send(collecting.get(path), "code", code=code_on(received))
    assert twice.status == 409


def test_every_mistake_is_listed_at_once_in_the_order_of_the_page(collecting):
    answer = submit(collecting, title="", description="kort", theme="")
    assert answer.status == 422
    assert "<title>Fout:" in answer.html
    assert "Er zijn 3 dingen niet goed" in answer.text
    links = [part.split('"')[0] for part in answer.html.split('<li><a href="#veld-')[1:]]
    assert links == ["title", "description", "theme"]
    assert ("motivation", IDEA["motivation"]) in answer.form("title").fields
    assert "Fietsbel" not in collecting.get("~/ideeen").text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "x" * 81, "hoogstens 80 tekens"),
        ("cost", "-500", "geen bedrag"),
        ("cost", "1,5e3", "geen bedrag"),
        ("cost", "١٥٠٠", "geen bedrag"),
        ("cost", "", "nog niets ingevuld"),
        ("cost", "10", "minstens € 250"),
        ("cost", "999.999", "hoogstens € 6.000"),
        ("theme", "geld", "Kies iets uit de lijst"),
        ("area", "roombeek", "Kies iets uit de lijst"),
        ("recurrence", "hourly", "Kies iets uit de lijst"),
        ("email", "geen adres", "geen e-mailadres"),
        ("email", "a@b", "geen e-mailadres"),
        ("description", "y" * 2001, "hoogstens 2000 tekens"),
    ],
)
def test_a_wrong_field_says_what_is_wrong_and_what_to_do(collecting, field, value, sentence):
    answer = submit(collecting, **{field: value})
    assert answer.status == 422
    assert sentence in answer.text
    assert f'id="fout-{field}"' in answer.html


def test_a_fourth_idea_of_one_person_is_refused(collecting):
    for number in range(3):
        assert submit(collecting, title=f"Idee {number}").status == 200
    answer = submit(collecting, title="Nog een idee")
    assert answer.status == 422
    assert "U stuurde al 3 ideeën in" in answer.text


def test_html_in_an_idea_is_text(collecting):
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    received = submit(collecting, title="Idee <b>vet</b>", description=evil, name="<i>Noor</i>")
    idea = collecting.get(received.path.removesuffix("/ontvangen"))
    listing = collecting.get("~/ideeen")
    for page in (received, idea, listing):
        assert "<script>alert" not in page.html
        assert "<b>vet" not in page.html
        assert "<i>Noor" not in page.html
    assert "&lt;script&gt;" in idea.html


def test_template_code_in_an_idea_is_not_run(collecting):
    received = submit(collecting, title="{{ 7*7 }} %(x)s {0}")
    assert "{{ 7*7 }} %(x)s {0}" in received.text


def test_right_to_left_text_keeps_to_its_own_place(collecting):
    received = submit(collecting, title="\u202eabc حديقة", description="نص عن الحديقة العامة")
    idea = collecting.get(received.path.removesuffix("/ontvangen"))
    assert "\u202e" not in idea.html
    assert "<bdi>abc حديقة</bdi>" in idea.html
    assert 'dir="auto"' in idea.html


def test_a_megabyte_of_text_is_refused_in_words_and_stores_nothing(collecting):
    answer = submit(collecting, description="x" * 1_000_000)
    assert answer.status == 413
    assert "te veel tekst" in answer.text
    assert "Fietsbel" not in collecting.get("~/ideeen").text


def test_ideas_are_closed_outside_their_phase_and_after_the_last_day(voting, collecting):
    for visitor in (voting, collecting):
        visitor.at(CALENDAR.ideas.end)
        page = visitor.get("~/ideeen/nieuw")
        assert page.status == 409
        assert "geen idee insturen" in page.text


def test_an_idea_that_comes_in_too_late_is_refused(collecting):
    last = fill_in(collecting, "~/ideeen/nieuw", **IDEA)
    collecting.at(CALENDAR.ideas.end)
    answer = collecting.send(last, "step")
    assert answer.status == 409
    assert "Fietsbel" not in collecting.get("~/ideeen").text


def test_the_form_survives_a_switch_of_language(collecting):
    page = collecting.send(
        collecting.get("~/ideeen/nieuw"), "title", title=IDEA["title"], language="en"
    )
    assert page.status == 200
    assert "Submit an idea" in page.text
    assert ("title", IDEA["title"]) in page.form("title").fields
    assert "Fietsbel" not in collecting.get("~/ideeen").text


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("zoek=aed", ["AED"]),
        ("zoek=bestaat+niet", []),
        ("thema=groen&stand=submitted", ["AED", "Bankjes", "Moestuin", "Speeltoestel"]),
        ("thema=spelen", []),
        ("stand=rejected", []),
        ("volgorde=onzin&thema=&onbekend=1", ["AED", "Bankjes", "Moestuin", "Speeltoestel"]),
    ],
)
def test_the_list_can_be_filtered(collecting, query, titles):
    page = collecting.get(f"~/ideeen?{query}")
    assert page.status == 200
    shown = [
        title for title in ("AED", "Bankjes", "Moestuin", "Speeltoestel") if title in page.text
    ]
    assert shown == titles


def test_the_list_can_be_sorted_by_price(collecting):
    page = collecting.get("~/ideeen?volgorde=cost")
    places = [page.html.index(f"<bdi>{title}</bdi>") for title in ("AED", "Bankjes", "Moestuin")]
    assert places == sorted(places)


def test_the_decision_stands_on_the_idea_with_criterion_and_reason(collecting):
    engine = at(collecting.staged.engine, CALENDAR.ideas.start + 2 * DAY)
    idea = collecting.staged.ideas["AED"]
    review = NewReview(
        outcome="refer",
        judgements=(
            Judgement("R1", Colour.GREEN),
            Judgement("R2", Colour.RED, "Dit gaat over verkeer op de weg."),
        ),
        reason="Het gaat over verkeer. Daarvoor is dit geld niet bedoeld.",
        referred_to="verkeer",
    )
    judge_idea(engine, collecting.slug, idea, review, 1, "commissie")
    page = collecting.get(f"~/ideeen/{idea}")
    assert "We hebben het idee doorgegeven" in page.text
    assert "Daarvoor is dit geld niet bedoeld" in page.text
    assert "R2. Het idee gaat niet over verkeer. rood Dit gaat over verkeer" in page.text
    assert "de verkeerskundige" in page.text
    assert "commissie" not in page.html.split("Beoordeeld op")[1].split("</p>")[0]


def test_a_merged_idea_points_to_the_idea_it_went_into(collecting):
    ids = collecting.staged.ideas
    merge_ideas(collecting.staged.engine, collecting.slug, ids["AED"], ids["Bankjes"], 1, "team")
    gone = collecting.get(f"~/ideeen/{ids['AED']}")
    assert "Dit idee is samengevoegd" in gone.text
    assert ids["Bankjes"] in gone.html
    assert "Hierin zit ook" in collecting.get(f"~/ideeen/{ids['Bankjes']}").text


def test_a_passed_idea_shows_its_final_cost(collecting):
    idea = collecting.staged.ideas["AED"]
    judge_idea(collecting.staged.engine, collecting.slug, idea, a_pass(2_000_00), 1, "commissie")
    page = collecting.get(f"~/ideeen/{idea}")
    assert "Op het stembiljet staat € 2.000" in page.text
    assert "groen" in page.text


def test_the_list_says_that_its_order_differs_and_offers_others(collecting):
    page = collecting.get("~/ideeen")
    assert "mix=" in page.url
    assert "De volgorde is voor iedereen anders" in page.text
    assert (
        "De volgorde is voor iedereen anders" not in collecting.get("~/ideeen?volgorde=cost").text
    )
    fields = dict(page.form("zoek").fields)
    assert fields["mix"] in page.url
    assert page.headers["link"] == '<http://localhost/proef-2027/ideeen>; rel="canonical"'
    assert "set-cookie" not in page.headers or not page.headers["set-cookie"]


def test_an_amount_that_cannot_be_read_is_named_at_its_field_and_asks_nothing(collecting):
    page = collecting.get("~/ideeen?van=veel&mix=zaad0001")
    assert page.status == 200
    assert 'id="fout-van"' in page.html
    assert "<title>Fout:" in page.html
    assert "Bankjes" in page.text
    turned = collecting.get("~/ideeen?van=5000&tot=1000&mix=zaad0001")
    assert 'id="fout-tot"' in turned.html
    assert "4 ideeën" in turned.text
    priced = collecting.get("~/ideeen?van=€+3.000&tot=4000,00&mix=zaad0001")
    assert "2 van 4 ideeën" in priced.text


def test_a_choice_that_is_unknown_is_told_and_does_not_count(collecting):
    page = collecting.get("~/ideeen?thema=geld&stand=withdrawn&mix=zaad0001")
    assert "Deze keuze kennen wij niet: onderwerp, stand." in page.text
    assert "4 ideeën" in page.text


def test_the_pages_of_a_list_keep_filters_and_order(collecting):
    rules = "/proef-2027/ideeen?zoek=nummer&mix=zaad0001"
    assert "Blad" not in collecting.get(rules).text
    for number in range(30):
        draft = a_draft(f"Nummer {number}")
        submit_idea(collecting.staged.engine, collecting.slug, draft)
    page = collecting.get(rules)
    assert "30 van 34 ideeën, blad 1 van 2" in page.text
    assert 'href="/proef-2027/ideeen?zoek=nummer&amp;mix=zaad0001&amp;blad=2#lijst"' in page.html
    second = collecting.get(f"{rules}&blad=2")
    assert second.html.count("<bdi>Nummer") == 6
    assert 'rel="next"' not in second.html


def test_the_way_back_from_an_idea_keeps_filters_and_order(collecting):
    path = f"~/ideeen/{collecting.staged.ideas['AED']}"
    came = "http://localhost/proef-2027/ideeen?zoek=aed&mix=zaad0001&evil=%22%3E"
    page = collecting.get(path, Referer=came)
    assert 'href="/proef-2027/ideeen?zoek=aed&amp;mix=zaad0001"' in page.html


@pytest.mark.parametrize(
    "came",
    [
        "",
        "http://[::1",
        "http://evil.example/proef-2027/ideeen?zoek=x",
        "//localhost/proef-2027/ideeen/../..?zoek=x",
        "javascript:alert(1)",
        "http://localhost/proef-2027/stemmen?code=ABCD",
        "x" * 100_000,
    ],
)
def test_the_way_back_leads_to_the_list_and_nowhere_else(collecting, came):
    page = collecting.get(f"~/ideeen/{collecting.staged.ideas['AED']}", Referer=came)
    assert page.status == 200
    assert '<a href="/proef-2027/ideeen">Alle ideeën</a>' in page.html
