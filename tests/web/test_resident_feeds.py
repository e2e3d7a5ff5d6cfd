"""News, and the files about a round that programs read: feeds, a calendar, a sitemap, cookies."""

import dataclasses
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar

from pb_engine.errors import NotReady
from pb_engine.services import news
from pb_engine.services.ideas import submit_idea
from pb_engine.units import LocalText
from tests.builders import a_draft
from tests.web.desk_visitor import TEAM, desk_of
from tests.web.visitor import Visitor

ATOM = {"a": "http://www.w3.org/2005/Atom"}
HOSTILE = 'Bank <script>alert(1)</script> & "rust" ]]> \u202egnirts =cmd|/c'


def feed(visitor, name):
    page = visitor.get(f"~/{name}.atom")
    assert page.headers["content-type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(page.body)


def texts(root, path):
    return [one.text for one in root.findall(path, ATOM)]


def tell(staged, title, body="Er is taart.", english=""):
    return news.add_news(
        staged.engine, staged.slug, LocalText(title, english), LocalText(body, ""), "kim"
    )


def test_the_desk_writes_news_takes_it_off_and_puts_it_back(staged):
    ideas = staged("ideas")
    desk, visitor = desk_of(ideas, TEAM), Visitor(ideas)
    page = desk.get("~/nieuws")
    empty = desk.send(page, page.form("title_nl"), title_nl=" ", body_nl="x")
    assert empty.status == 422
    sent = desk.send(
        page, page.form("title_nl"), title_nl="Kom naar het buurthuis", body_nl="Om 7 uur."
    )
    assert "Het nieuws staat op de website." in sent.text
    assert "Kom naar het buurthuis" in visitor.get("~/").text
    assert "Om 7 uur." in visitor.get("~/nieuws").text
    (item,) = news.latest_news(ideas.engine, ideas.slug)
    off = desk.post(f"~/nieuws/{item.id}/weghalen", {})
    assert "niet meer op de website" in off.text
    for path in ("~/", "~/nieuws", "~/nieuws.atom"):
        assert "Kom naar het buurthuis" not in visitor.get(path).html
    desk.post(f"~/nieuws/{item.id}/tonen", {})
    assert "Kom naar het buurthuis" in visitor.get("~/nieuws").text
    log = desk.get("/logboek").text
    assert "kim schreef nieuws." in log
    assert "haalde nieuws van de website" in log


def test_news_is_bounded_and_english_readers_get_dutch_where_there_is_no_english(ideas_of_one):
    for title, body, problem in (
        ("", "x", "news_empty"),
        ("x", "\u200b\n", "news_empty"),
        ("x" * 121, "x", "news_long"),
        ("x", "x" * 4001, "news_long"),
    ):
        with pytest.raises(NotReady) as refused:
            tell(ideas_of_one, title, body)
        assert refused.value.details["problem"] == problem
    tell(ideas_of_one, "Taart", english="Cake")
    english = Visitor(ideas_of_one, "en").get("~/nieuws")
    assert "Cake" in english.text
    assert 'class="written" lang="nl">Er is taart.' in english.html
    assert Visitor(ideas_of_one).get("~/nieuws?pagina=99999999999999999999").status == 200
    assert Visitor(ideas_of_one).get("~/nieuws?pagina=x").status == 200


@pytest.fixture
def ideas_of_one(staged):
    return staged("ideas")


def test_feeds_are_xml_whatever_somebody_writes_and_lead_to_this_site(ideas_of_one):
    submit_idea(ideas_of_one.engine, ideas_of_one.slug, a_draft(HOSTILE))
    tell(ideas_of_one, HOSTILE, "\x0b\x00" + HOSTILE)
    visitor = Visitor(ideas_of_one)
    base = ideas_of_one.engine.settings.base_url
    for name in ("ideeen", "nieuws"):
        root = feed(visitor, name)
        assert any("<script>alert(1)</script>" in one for one in texts(root, "a:entry/a:title"))
        links = [one.get("href") for one in root.iter(f"{{{ATOM['a']}}}link")]
        assert links
        assert all(one.startswith(f"{base}/proef-2027/") for one in links)
        assert len(set(texts(root, "a:entry/a:id"))) == len(texts(root, "a:entry/a:id"))


def test_a_forged_host_never_stands_in_a_file(ideas_of_one):
    visitor = Visitor(ideas_of_one)
    for path in ("~/nieuws.atom", "~/ideeen.atom", "~/fasen.ics", "/sitemap.xml", "/robots.txt"):
        page = visitor.get(path, Host="boef.example", **{"X-Forwarded-Host": "boef.example"})
        assert b"boef" not in page.body


def test_a_feed_that_did_not_change_is_not_sent_again(ideas_of_one):
    visitor = Visitor(ideas_of_one)
    for path in ("~/nieuws.atom", "~/ideeen.atom", "~/fasen.ics"):
        tag = visitor.get(path).headers["etag"]
        assert visitor.get(path, **{"If-None-Match": tag}).status == 304
    tell(ideas_of_one, "Taart")
    assert visitor.get("~/nieuws.atom").headers["etag"] != tag


def test_the_calendar_holds_every_step_with_its_last_day_in_it(ideas_of_one):
    page = Visitor(ideas_of_one).get("~/fasen.ics")
    events = {str(one["uid"]).split("@")[0]: one for one in Calendar.from_ical(page.body).events}
    assert set(events) == {"ideas", "review", "appeal", "voting", "counting", "result"}
    assert f"{events['voting'].DTSTART}" == "2027-05-10"
    assert f"{events['voting'].DTEND}" == "2027-05-31"  # the first day after it
    assert all(len(line) <= 75 for line in page.body.split(b"\r\n"))


def test_the_sitemap_names_public_pages_that_exist_and_a_demonstration_none(published):
    visitor = Visitor(published.staged)
    assert ET.fromstring(visitor.get("/sitemap.xml").body).findall("*") == []
    real = dataclasses.replace(visitor.engine.settings, demo=False, base_url="http://localhost")
    visitor.staged = dataclasses.replace(
        published.staged, engine=dataclasses.replace(published.staged.engine, settings=real)
    )
    visitor.engine = visitor.staged.engine
    places = [one[0].text for one in ET.fromstring(visitor.get("/sitemap.xml").body)]
    assert len(places) == len(set(places)) > 10
    for place in places:
        assert visitor.get(place.removeprefix("http://localhost")).status == 200, place
    assert not any("stemmen" in place or "beheer" in place for place in places)
    assert b"Sitemap: http://localhost/sitemap.xml" in visitor.get("/robots.txt").body


def test_the_cookie_page_names_every_cookie_of_a_whole_visit_and_no_other(staged):
    voting = staged("voting")
    visitor = Visitor(voting)
    visitor.post("/taal/en", {"back": "/"}, **{"Sec-Fetch-Site": "same-origin"})
    visitor.post("/taal/nl", {"back": "/"}, **{"Sec-Fetch-Site": "same-origin"})
    paper = visitor.enter(voting.codes[0])
    seen = names_of(visitor)
    checked = visitor.send(paper, "choices", choices=visitor.ids("AED"))
    visitor.send(checked, "step")
    seen |= names_of(visitor)
    told = Visitor(voting).get("/cookies").html
    listed = {row.split("</code>")[0] for row in told.split("<h3><code>")[1:]}
    assert {"taal", "pb_resident", "pb_stem", "pb_bewijs"} <= seen
    assert seen <= listed
    # These come at other doors: an idea, a check elsewhere, the screen at the counter.
    assert listed - seen <= {"pb_idee", "pb_concept", "pb_apparaat", "pb_controle", "pb_balie"}


def names_of(visitor):
    return {cookie.key for cookie in visitor.client._cookies.values()}
