"""Mail to many in the site store: claimed once, sent once, taken back, and refused addresses."""

import dataclasses
from datetime import date, timedelta

import pytest

from pb_engine.domain.people import Grant, Role
from pb_engine.store.site import Bounce, Newsletter, Official, OutMessage
from tests.store.examples import LATER, NOW, SLUG, add_round
from tests.store.raw import raw_sql

LETTER = Newsletter("n1", SLUG, {"nl": ("Kom ook", "Beste {end}"), "ar": ("تعال", "مرحبا")})


@pytest.fixture
def filled(site):
    with site.write() as work:
        add_round(work)
        work.newsletters.add(LETTER)
        work.commit()
    return site


def test_a_letter_reads_back_and_is_sent_once_in_the_version_that_was_seen(filled):
    with filled.write() as work:
        assert work.newsletters.get(SLUG, "n1") == LETTER
        assert work.newsletters.change(dataclasses.replace(LETTER, texts={"nl": ("A", "B")}))
        assert not work.newsletters.change(LETTER)
        assert not work.newsletters.send("n1", 1, NOW, 3)
        assert work.newsletters.send("n1", 2, NOW, 3)
        assert not work.newsletters.send("n1", 2, LATER, 3)
        assert not work.newsletters.change(dataclasses.replace(LETTER, version=2))
        (sent,) = work.newsletters.all(SLUG)
    assert (sent.sent_at, sent.recipients, sent.texts) == (NOW, 3, {"nl": ("A", "B")})


def test_a_message_is_claimed_by_one_and_free_again_after_a_while(filled):
    with filled.write() as work:
        work.messages.add(OutMessage("k-1", "a@example.org", "s", "b", "nl"))
        assert work.messages.claim("k-1", NOW, LATER)
        assert not work.messages.claim("k-1", NOW, LATER)
        assert work.messages.due(9, NOW) == ()
        assert work.messages.claim("k-1", LATER, LATER + timedelta(minutes=10))


def test_only_what_waits_for_exactly_this_receiver_is_taken_back(filled):
    with filled.write() as work:
        for key in ("1-abc", "1-xabc", "2-abc", "3-a_c", "4-abd"):
            work.messages.add(OutMessage(key, "a@example.org", "s", "b", "nl"))
        work.messages.sent("2-abc")
        assert work.messages.withdraw("abc") == 1
        assert work.messages.withdraw("a_c") == 1
        assert {one.key for one in work.messages.due(9, NOW)} == {"1-xabc", "4-abd"}


def test_a_message_that_is_given_up_keeps_neither_address_nor_text(filled):
    with filled.write() as work:
        work.messages.add(OutMessage("k", "fatma@example.org", "s", "Beste Fatma", "nl"))
        work.messages.failed("k", "no", None)
        work.commit()
    (row,) = raw_sql(filled, "SELECT * FROM messages")
    assert not {"fatma@example.org", "Beste Fatma"} & set(row)
    assert "given_up" in row


def test_refused_addresses_are_counted_found_and_forgotten(filled):
    day = date(2027, 5, 10)
    with filled.write() as work:
        assert work.bounces.add(Bounce("t1", "550", day))
        assert not work.bounces.add(Bounce("t1", "551", day))
        work.bounces.add(Bounce("t2", "550", day - timedelta(days=1)))
        work.bounces.skip("t1")
        wanted = [*(f"x{number}" for number in range(2500)), "t1", "t2"]
        found = work.bounces.of(wanted)
        assert {tag: (one.reason, one.skipped) for tag, one in found.items()} == {
            "t1": ("550", 1),
            "t2": ("550", 0),
        }
        assert work.bounces.totals() == (2, 1)
        assert work.bounces.forget_before(day) == 1
        assert work.bounces.forget("t1")
        assert not work.bounces.forget("t1")
        assert work.bounces.totals() == (0, 0)


def test_an_official_stops_and_takes_up_the_daily_mail_once_each(filled):
    official = Official(
        0, "a@example.org", "A", "$h", active=True, uniquifier="u", grants=(Grant(Role.AUDITOR),)
    )
    with filled.write() as work:
        number = work.officials.add(official).id
        assert work.digest_stops.add(number)
        assert not work.digest_stops.add(number)
        assert work.digest_stops.all() == {number}
        assert work.digest_stops.remove(number)
        assert not work.digest_stops.remove(number)
