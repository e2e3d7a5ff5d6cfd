"""News by e-mail: residents ask, confirm and stop; officials write, try and send once."""

import sqlite3
from datetime import timedelta

import pytest

from pb_engine.errors import ConcurrentEdit, InvalidTicket, NotReady
from pb_engine.services import activities, newsletters, subscribing
from pb_engine.services.desk import log_page
from tests.builders import a_round, a_round_in, an_engine
from tests.talking import links, post
from tests.web.desk_visitor import AUDITOR, SECRETARY, TEAM, colleague, desk_of
from tests.web.visitor import Visitor

TEXTS = {"nl": ("Kom ook stemmen", "Beste buur,\n\nDe stembus is open."), "en": ("Vote", "Hello.")}


@pytest.fixture
def staged(tmp_path):
    mail = {"folder": str(tmp_path / "mail")}
    engine = an_engine(tmp_path / "pb", notifier="mail_file", notifier_settings=mail)
    return a_round_in(engine, "ideas", round_=a_round(), codes=1)


@pytest.fixture
def visitor(staged):
    return Visitor(staged)


def ask(visitor, email="noor@example.org"):
    return visitor.send(visitor.get("~/nieuws/e-mail"), "email", email=email)


def subscribe(staged, *emails, locale="nl"):
    """Subscribe addresses as their owners would, without the pages."""
    for email in emails:
        known = {letter["Message-ID"] for letter in post(staged)}
        subscribing.ask_to_subscribe(staged.engine, staged.slug, email, locale)
        (letter,) = (one for one in post(staged) if one["Message-ID"] not in known)
        sealed = links(letter, "/nieuws/e-mail/")[0].rpartition("/")[2]
        subscribing.confirm(staged.engine, staged.slug, sealed, really=True)


def subscribers(staged):
    with staged.engine.stores.site.read() as work:
        return {one.email for one in work.follows.of(f"news:{staged.slug}")}


def write(staged, texts=TEXTS, by="kim", **more):
    return newsletters.write_newsletter(staged.engine, staged.slug, texts, by, **more)


def send(staged, letter, by="kim"):
    return newsletters.send_newsletter(staged.engine, staged.slug, letter.id, letter.version, by)


def letters_to(staged, email):
    return [one for one in post(staged) if one["To"] == email and one["List-Unsubscribe"]]


def test_subscribing_takes_two_steps_and_stopping_one(staged, visitor):
    assert "/nieuws/e-mail" in visitor.get("~/").html
    assert "Kijk in uw e-mail" in ask(visitor).text
    (letter,) = post(staged)
    (link,) = links(letter, "/nieuws/e-mail/")
    first = visitor.get(link)
    assert subscribers(staged) == set()
    token = dict(first.form("csrf_token").fields)["csrf_token"]
    assert "U krijgt nieuws per e-mail" in visitor.post(link, {"csrf_token": token}).text
    assert subscribers(staged) == {"noor@example.org"}
    send(staged, write(staged))
    (news,) = letters_to(staged, "noor@example.org")
    assert news["Subject"] == "Kom ook stemmen"
    assert news["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    (stop,) = links(news, "/volgen/stop/")
    assert news["List-Unsubscribe"].replace("\n", "").replace(" ", "").endswith(f"{stop}>")
    Visitor(staged).get(stop)
    assert subscribers(staged) == {"noor@example.org"}
    Visitor(staged).post(stop, {"List-Unsubscribe": "One-Click"})
    assert subscribers(staged) == set()


def test_who_stops_gets_nothing_of_what_still_waited(staged):
    subscribe(staged, "noor@example.org", "sam@example.org")
    send(staged, write(staged))
    with staged.engine.stores.site.read() as work:
        due = {one.to: one for one in work.messages.due(9, staged.engine.clock())}
    sealed = due["noor@example.org"].unsubscribe.rpartition("/")[2]
    Visitor(staged).post(f"/volgen/stop/{sealed}", {"List-Unsubscribe": "One-Click"})
    assert letters_to(staged, "noor@example.org") == []
    assert len(letters_to(staged, "sam@example.org")) == 1


def test_a_letter_without_a_press_on_the_button_is_worth_nothing_after_a_week(staged):
    subscribing.ask_to_subscribe(staged.engine, staged.slug, "noor@example.org", "nl")
    sealed = links(post(staged)[0], "/nieuws/e-mail/")[0].rpartition("/")[2]
    late = staged.move_to(staged.engine.clock() + timedelta(days=8))
    with pytest.raises(InvalidTicket):
        subscribing.confirm(late.engine, staged.slug, sealed, really=True)
    assert "werkt niet meer" in Visitor(late).get(f"~/nieuws/e-mail/{sealed}").text


def test_a_link_of_another_round_and_a_forged_one_do_nothing(staged, visitor):
    a_round_in(staged.engine, "ideas", round_=a_round(slug="andere-2027"), codes=1)
    subscribing.ask_to_subscribe(staged.engine, "andere-2027", "noor@example.org", "nl")
    sealed = links(post(staged)[0], "/nieuws/e-mail/")[0].rpartition("/")[2]
    for bad in (sealed, sealed[:-3] + "abc", "x", "a" * 20_000, "%00"):
        assert visitor.get(f"~/nieuws/e-mail/{bad}").status in {404, 410, 414}
    with pytest.raises(InvalidTicket):
        subscribing.confirm(staged.engine, staged.slug, sealed, really=True)


def test_nobody_sees_who_is_subscribed_and_nobody_is_bombed(staged, visitor):
    fresh = ask(visitor, "vreemd@example.org").html
    subscribe(staged, "noor@example.org")
    before = len(post(staged))
    for email in ("Noor@Example.org", " noor@example.org", "noor@example.org"):
        assert ask(visitor, email).html == fresh
    assert len(post(staged)) == before


def test_an_address_that_was_not_confirmed_stands_in_no_table(staged, visitor):
    ask(visitor, "spijt@example.org")
    post(staged)
    with staged.engine.stores.site.read() as work:
        assert work.follows.of(f"news:{staged.slug}") == ()
    for file in staged.engine.settings.data_folder.glob("*.sqlite3"):
        with sqlite3.connect(file) as found:
            assert "spijt@example.org" not in "\n".join(found.iterdump()), file


@pytest.mark.parametrize("email", ["a@b.nl\r\nBcc: x@y.nl", "a@b.nl,x@y.nl", "a@b", "<a@b.nl>"])
def test_what_is_no_single_address_gets_a_sentence_and_no_letter(staged, visitor, email):
    assert ask(visitor, email).status == 422
    assert post(staged) == []


def test_each_reader_gets_the_letter_in_their_language_or_the_first(staged):
    subscribe(staged, "nl@example.org")
    subscribe(staged, "en@example.org", locale="en")
    subscribe(staged, "pl@example.org", locale="pl")
    send(staged, write(staged))
    subjects = {one["To"]: one["Subject"] for one in post(staged) if one["List-Unsubscribe"]}
    assert subjects == {
        "nl@example.org": "Kom ook stemmen",
        "en@example.org": "Vote",
        "pl@example.org": "Kom ook stemmen",
    }


def test_template_syntax_and_headers_in_a_letter_stay_text(staged):
    subscribe(staged, "noor@example.org")
    tricks = "{end} {round} {0} {{7*7}} {% raw %} %(x)s ${x} <script>alert(1)</script>"
    subject = f"Nieuws\r\nBcc: x@example.org {tricks}"
    send(staged, write(staged, {"nl": (subject, tricks)}))
    (letter,) = letters_to(staged, "noor@example.org")
    assert letter["Bcc"] is None
    assert letter["Subject"] == f"Nieuws Bcc: x@example.org {tricks}"
    assert letter.get_content().startswith(tricks)
    assert tricks in letter.get_content()
    assert "{end}" in letter.get_content()
    assert letter.get_content().count("/volgen/stop/") == 1


def test_a_letter_goes_out_once_however_often_the_button_is_pressed(staged):
    subscribe(staged, "noor@example.org")
    letter = write(staged)
    assert send(staged, letter) == 1
    with pytest.raises(NotReady) as refused:
        send(staged, letter)
    assert refused.value.details["problem"] == "newsletter_sent"
    assert len(letters_to(staged, "noor@example.org")) == 1
    with pytest.raises(NotReady):
        write(staged, letter=letter.id, version=letter.version)


def test_what_was_changed_after_it_was_seen_is_not_sent(staged):
    subscribe(staged, "noor@example.org")
    letter = write(staged)
    write(staged, {"nl": ("Anders", "Anders")}, letter=letter.id, version=letter.version)
    with pytest.raises(ConcurrentEdit):
        send(staged, letter)
    with pytest.raises(ConcurrentEdit):
        write(staged, letter=letter.id, version=letter.version)
    assert letters_to(staged, "noor@example.org") == []


def test_a_letter_that_was_sent_stands_in_the_activity_log_with_its_number(staged):
    subscribe(staged, "noor@example.org", "sam@example.org")
    send(staged, write(staged))
    _, (activity,) = activities.activities_of(staged.engine, staged.slug)
    assert (activity.kind, activity.people, activity.result) == (
        "newsletter",
        2,
        "Kom ook stemmen",
    )


@pytest.mark.parametrize(
    ("texts", "problem"),
    [
        ({}, "newsletter_empty"),
        ({"en": ("A", "B")}, "newsletter_empty"),
        ({"nl": ("Alleen een titel", "")}, "newsletter_half"),
        ({"nl": ("x" * 121, "tekst")}, "newsletter_long"),
        ({"nl": ("titel", "x" * 8001)}, "newsletter_long"),
    ],
)
def test_a_letter_that_is_not_whole_is_not_kept(staged, texts, problem):
    with pytest.raises(NotReady) as refused:
        write(staged, texts)
    assert refused.value.details["problem"] == problem
    assert newsletters.newsletters(staged.engine, staged.slug).letters == ()


def test_the_desk_writes_tries_and_sends_a_letter(staged):
    subscribe(staged, "noor@example.org", "sam@example.org")
    desk = desk_of(staged, TEAM)
    page = desk.get("~/nieuwsbrief")
    assert "2 bewoners krijgen nu nieuws" in page.text
    page = desk.send(
        page, page.form("body_nl"), subject_nl="Kom stemmen", body_nl="De bus is open."
    )
    assert "De bus is open." in page.text
    own = page.path.removeprefix("/beheer")
    tried = desk.post(f"{own}/proef", {})
    assert "op uw eigen e-mailadres" in tried.text
    (trial,) = (one for one in post(staged) if one["To"] == "kim@example.org")
    assert trial["Subject"] == "Proef: Kom stemmen"
    assert not trial["List-Unsubscribe"]
    button = next(one for one in tried.forms if (one.action or "").endswith("/versturen"))
    assert "naar 2 adressen" in desk.send(tried, button).text
    again = desk.send(tried, button)
    assert "al verstuurd" in again.text
    assert len(letters_to(staged, "noor@example.org")) == 1
    told = [entry.event.name for entry in log_page(staged.engine, limit=99).entries]
    assert {"newsletter_written", "newsletter_sent"} <= set(told)


def test_no_page_of_the_desk_shows_an_address_of_a_subscriber(staged):
    subscribe(staged, "noor@example.org")
    send(staged, write(staged))
    desk = desk_of(staged, TEAM)
    secretary = colleague(desk, "sil", SECRETARY, AUDITOR)
    letter = newsletters.newsletters(staged.engine, staged.slug).letters[0].id
    for path in ("~/nieuwsbrief", f"~/nieuwsbrief/{letter}", "~/activiteiten", "/logboek"):
        for browser in (desk, secretary):
            assert "noor@example.org" not in browser.get(path).html, path


def test_a_letter_of_another_round_is_not_found_here(staged):
    a_round_in(staged.engine, "ideas", round_=a_round(slug="andere-2027"), codes=1)
    subscribe(staged, "noor@example.org")
    letter = write(staged)
    desk = desk_of(staged, TEAM)
    assert desk.get(f"/andere-2027/nieuwsbrief/{letter.id}").status == 404
    assert desk.post(f"/andere-2027/nieuwsbrief/{letter.id}/versturen", {}).status in {404, 409}
    assert letters_to(staged, "noor@example.org") == []


def test_an_official_sends_no_flood_of_trials(staged):
    letter = write(staged)
    for _ in range(newsletters.MOST_TRIALS):
        newsletters.try_newsletter(staged.engine, staged.slug, letter.id, "k@example.org", "kim")
    with pytest.raises(NotReady):
        newsletters.try_newsletter(staged.engine, staged.slug, letter.id, "k@example.org", "kim")
