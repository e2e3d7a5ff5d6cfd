"""A ballot that is not sent is impossible to miss, and a receipt is easy to keep."""

from datetime import timedelta

import pytest

from pb_engine.services.phases import take_step
from tests.builders import CALENDAR, at
from tests.web.ballot_rounds import a_visitor_of

BAR = "Ga verder met stemmen"
PAGES = ("~/", "~/ideeen", "~/bewijs", "~/controleren", "~/stemmen")


@pytest.fixture
def chosen(voting):
    """A visitor with two ideas on an unsent ballot."""
    paper = voting.enter(voting.staged.codes[0])
    voting.checked = voting.send(paper, "seen", choices=voting.ids("AED", "Bankjes"))
    return voting


def test_every_page_of_the_round_says_that_the_vote_is_not_sent_and_how_much_is_chosen(chosen):
    for path in PAGES:
        page = chosen.get(path)
        assert BAR in page.text, path
        assert "Uw stem is nog niet verstuurd. U koos 2 ideeën." in page.text
        assert 'href="/proef-2027/stemmen/biljet"' in page.html
        assert "AED" not in page.html.split("</header>")[0]
    for page in (chosen.checked, chosen.get("~/stemmen/biljet")):
        assert BAR not in page.text
        assert "Uw stem is nog niet verstuurd" in page.text
    assert BAR not in chosen.get("/").text


def test_without_a_ballot_or_after_sending_no_page_says_so(chosen):
    chosen.send(chosen.checked, "seen")
    assert chosen.cookie("pb_open", "~") is None
    for path in PAGES:
        assert BAR not in chosen.get(path).text, path


def test_a_ballot_without_a_choice_is_unsent_too(voting):
    voting.enter(voting.staged.codes[0])
    assert "U koos nog niets." in voting.get("~/").text


def test_emptying_the_screen_and_the_counter_take_it_back(chosen):
    token = dict(chosen.checked.form("csrf_token").fields)["csrf_token"]
    chosen.post("~/stemmen/wissen", {"csrf_token": token})
    assert BAR not in chosen.get("~/").text
    chosen.enter(chosen.staged.codes[1])
    chosen.get("~/stemmen/balie")
    assert BAR not in chosen.get("~/").text


def test_once_the_box_is_closed_nothing_is_left_to_send(chosen):
    closing = at(chosen.staged.engine, CALENDAR.voting.end + timedelta(minutes=15))
    take_step(closing, chosen.slug, "close_voting", "team")
    assert BAR not in chosen.get("~/").text


@pytest.mark.parametrize("value", ["", "x", "9" * 3000, "U2FsdGVk"])
def test_a_made_up_cookie_says_nothing(voting, value):
    voting.client.set_cookie("pb_open", value, path="/proef-2027")
    page = voting.get("~/")
    assert page.status == 200
    assert BAR not in page.text


def test_the_cookie_is_as_long_for_two_choices_as_for_none_and_hidden_from_scripts(voting):
    paper = voting.enter(voting.staged.codes[0])
    before = len(voting.cookie("pb_open", "~").value)
    answer = voting.send(paper, "seen", follow=False, choices=voting.ids("AED", "Bankjes"))
    assert len(voting.cookie("pb_open", "~").value) == before
    line = next(x for x in answer.headers["set-cookie"].split("\n") if x.startswith("pb_open="))
    assert "HttpOnly" in line
    assert "Path=/proef-2027;" in line + ";"


def test_a_filter_and_a_page_hide_ideas_and_never_a_choice(voting, monkeypatch):
    from web.resident import choosing

    monkeypatch.setattr(choosing, "PAGE_SIZE", 2)
    paper = voting.enter(voting.staged.codes[0])
    assert "Bladzijde 1 van 2" in paper.text
    first = paper.form("seen").choices["choices"]
    assert len(first) == 2
    second = voting.send(paper, "seen", choices=[first[0]], step="page:2")
    offered = second.form("seen").choices["choices"]
    assert first[0] in offered
    assert "Dit koos u ook" in second.text
    other = next(one for one in offered if one not in first)
    back = voting.send(second, "seen", choices=[first[0], other], step="page:1")
    kept = {value for name, value in back.form("seen").fields if name == "choices"}
    assert kept == {first[0], other}
    nothing = voting.send(back, "seen", choices=[first[0], other], step="show", theme="spelen")
    assert set(nothing.form("seen").choices["choices"]) == kept
    assert "Op deze lijst: 0 ideeën" in nothing.text
    english = voting.send(nothing, "seen", choices=sorted(kept), theme="spelen", language="en")
    assert "In this list: 0 ideas" in english.text
    checked = voting.send(english, "seen", choices=[first[0]], step="on")
    assert checked.path.endswith("/nakijken")
    assert checked.html.split("chosen-list")[1].split("</ul>")[0].count("<li>") == 1


@pytest.mark.parametrize("kind", ["points", "score", "ranking"])
def test_an_expired_ticket_keeps_points_grades_and_places(tmp_path, kind):
    resident = a_visitor_of(tmp_path / kind, kind)
    ids = resident.ids("AED", "Bankjes")
    paper = resident.enter(resident.staged.codes[0])
    filled = {f"mark-{ids[0]}": "2", f"mark-{ids[1]}": "1"}
    resident.at(CALENDAR.voting.start + timedelta(days=1, hours=3))
    asked = resident.send(paper, "seen", **filled)
    assert "Uw keuze is bewaard" in asked.text
    assert "U koos 2 ideeën." in asked.text
    again = resident.send(asked, "code", code=resident.staged.codes[0])
    fields = dict(again.form("seen").fields)
    assert {name: fields[name] for name in filled} == filled


def test_a_receipt_can_be_kept_as_a_file_in_the_language_of_the_page(voting):
    assert voting.get("~/stemmen/klaar/bewijs.txt").path.endswith("/proef-2027/")
    done = voting.cast(voting.staged.codes[0], "AED")
    number, tracker = (part.split("<")[0] for part in done.html.split("<code>")[1:3])
    assert 'href="/proef-2027/stemmen/klaar/bewijs.txt"' in done.html
    kept = voting.get("~/stemmen/klaar/bewijs.txt")
    assert kept.headers["content-disposition"] == 'attachment; filename="stem-proef-2027.txt"'
    assert kept.headers["cache-control"] == "no-store"
    told = kept.body.decode("utf-8-sig")
    for one in (number, tracker, "zondag 30 mei 2027, 24.00 uur", "/proef-2027/controleren"):
        assert one in told
    assert "AED" not in told
    english = voting.get("~/stemmen/klaar/bewijs.txt", **{"Accept-Language": "en"})
    assert "You can change your vote until" in english.body.decode("utf-8-sig")


def test_at_the_counter_no_file_is_left_behind(voting):
    voting.get("~/stemmen/balie")
    done = voting.cast(voting.staged.codes[0], "AED")
    assert "bewijs.txt" not in done.html
    assert "vraag om een afdruk" in done.text
