"""Addresses that a mail server refuses: listed as hashes, spared, shown, and forgotten."""

import contextlib
import dataclasses
import sqlite3
from datetime import timedelta

import pytest

from pb_engine.domain.ideas import Submitter
from pb_engine.domain.retention import Kept
from pb_engine.services import bounces
from pb_engine.services.desk import log_page
from pb_engine.services.ideas import submit_idea
from pb_engine.services.outbox import deliver
from pb_engine.services.retention import run_retention
from pb_engine.store.site import Follow, OutMessage
from tests.builders import a_draft, a_round, a_round_in, at
from tests.plugins.mail_server import Inbox, MailServer
from tests.web.desk_visitor import TEAM, desk_of

GONE = "weg@example.org"


class Picky(Inbox):
    """Refuses some receivers, as it is told to."""

    def __init__(self, refused, answer="550 5.1.1 no such mailbox", **answers):
        super().__init__(**answers)
        self.refused, self.refusal, self.asked = refused, answer, []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        self.asked.append(address)
        if address in self.refused:
            return self.refusal
        return await super().handle_RCPT(server, session, envelope, address, options)


@contextlib.contextmanager
def post_office(engine, *refused, **answers):
    """Yield an engine whose mail goes to a server, and what that server saw."""
    inbox = Picky(set(refused), **answers)
    server = MailServer(inbox)
    server.start()
    told = {"host": "127.0.0.1", "starttls": False, "sender": "ronde@example.org"}
    settings = dataclasses.replace(
        engine.settings, notifier="smtp", notifier_settings=told | {"port": server.port}
    )
    try:
        yield dataclasses.replace(engine, settings=settings), inbox
    finally:
        server.stop()


@pytest.fixture
def staged(tmp_path):
    return a_round_in(tmp_path, "ideas", codes=1)


def let_wait(engine, key, to):
    with engine.stores.site.write() as work:
        work.messages.add(OutMessage(key, to, "Uw idee", "Beste buur", "nl"))
        work.commit()


def listed(engine, address=GONE):
    with engine.stores.site.read() as work:
        return work.bounces.of([bounces.tag_of(engine, address)])


def an_idea_of(staged, email=GONE, name="Weg"):
    return submit_idea(staged.engine, staged.slug, a_draft(submitter=Submitter(name, email))).idea


def test_a_refused_address_is_spared_and_what_was_not_tried_is_counted(staged):
    with post_office(staged.engine, GONE) as (engine, inbox):
        let_wait(engine, "1-0", GONE)
        let_wait(engine, "2-0", "sam@example.org")
        deliver(engine)
        (first,) = listed(engine).values()
        for number in (3, 4):
            let_wait(engine, f"{number}-0", GONE.upper())
            deliver(engine)
    assert (first.reason, first.skipped) == ("550", 0)
    assert inbox.asked.count(GONE) == 1
    assert len(inbox.mails) == 1
    (later,) = listed(staged.engine).values()
    assert later.skipped == 2


@pytest.mark.parametrize(
    "answers",
    [
        {"answer": "550 5.7.1 your network is blocked"},
        {"answer": "451 4.2.1 later"},
        {"mail": "550 no sender like you"},
        {"data": "554 this is spam"},
    ],
    ids=["policy", "for now", "sender", "content"],
)
def test_a_server_that_does_not_like_us_puts_nobody_on_the_list(staged, answers):
    refused = [GONE] if "answer" in answers else []
    with post_office(staged.engine, *refused, **answers) as (engine, _):
        let_wait(engine, "1-0", GONE)
        deliver(engine)
        assert listed(engine) == {}


def test_the_list_and_a_message_that_was_given_up_hold_no_address(staged):
    with post_office(staged.engine, GONE) as (engine, _):
        let_wait(engine, "1-0", GONE)
        deliver(engine)
        let_wait(engine, "2-0", GONE)
        deliver(engine)
    for file in engine.settings.data_folder.glob("site.sqlite3"):
        with sqlite3.connect(file) as found:
            told = "\n".join(found.iterdump())
        assert GONE not in told
        assert "Beste buur" not in told


def test_who_asks_for_a_letter_gets_it_tried_and_is_off_the_list_once_it_arrives(staged):
    with post_office(staged.engine, GONE) as (engine, inbox):
        let_wait(engine, "1-0", GONE)
        deliver(engine)
        inbox.refused.clear()
        let_wait(engine, "link-abc", GONE)
        deliver(engine)
        assert listed(engine) == {}
        let_wait(engine, "2-0", GONE)
        deliver(engine)
    assert len(inbox.mails) == 2


def test_the_desk_shows_who_takes_no_mail_and_lets_it_go_there_again(staged):
    idea = an_idea_of(staged)
    with post_office(staged.engine, GONE) as (engine, inbox):
        deliver(engine)
        with engine.stores.site.write() as work:
            work.follows.add(Follow("f", f"news:{staged.slug}", GONE, "key", "nl"))
            work.commit()
        desk = desk_of(staged, TEAM)
        page = desk.get("~/onbereikbaar")
        assert "Weg" in page.text
        assert "code 550" in page.text
        assert "1 adres van wie een idee of het nieuws volgt" in page.text
        assert GONE not in page.html
        assert "krijgt geen mail" in desk.get(f"~/ideeen/{idea.id}").text
        button = next(one for one in page.forms if "/onbereikbaar/" in (one.action or ""))
        assert "Er gaat weer mail" in desk.send(page, button).text
        assert "Er ging al mail" in desk.send(page, button).text
        assert "krijgt geen mail" not in desk.get(f"~/ideeen/{idea.id}").text
        inbox.refused.clear()
        let_wait(engine, "99-0", GONE)
        deliver(engine)
    assert GONE in {envelope.rcpt_tos[0] for _, envelope in inbox.mails}
    told = [entry.event.name for entry in log_page(staged.engine, limit=99).entries]
    assert told.count("address_tried_again") == 1


@pytest.mark.parametrize("place", ["7", "-1", "x", "", "٣"])
def test_a_submitter_who_is_not_there_changes_nothing(staged, place):
    idea = an_idea_of(staged)
    with post_office(staged.engine, GONE) as (engine, _):
        deliver(engine)
    desk = desk_of(staged, TEAM)
    assert desk.post(f"~/onbereikbaar/{idea.id}", {"place": place}).status == 200
    assert listed(staged.engine)


def test_an_idea_of_another_round_is_not_found_here(staged):
    idea = an_idea_of(staged)
    a_round_in(staged.engine, "ideas", round_=a_round(slug="andere-2027"), codes=1)
    desk = desk_of(staged, TEAM)
    assert desk.post(f"/andere-2027/onbereikbaar/{idea.id}", {"place": "0"}).status == 404


def test_an_address_leaves_the_list_after_a_year(staged):
    with post_office(staged.engine, GONE) as (engine, _):
        let_wait(engine, "1-0", GONE)
        deliver(engine)
    early, late = (
        at(staged.engine, staged.engine.clock() + timedelta(days=days)) for days in (365, 367)
    )
    assert not [one for one in run_retention(early, "t", really=True) if one.kept is Kept.BOUNCES]
    assert [one.rows for one in run_retention(late, "t", really=False) if one.kept is Kept.BOUNCES]
    assert listed(staged.engine)
    assert [one.rows for one in run_retention(late, "t", really=True) if one.kept is Kept.BOUNCES]
    assert listed(staged.engine) == {}
