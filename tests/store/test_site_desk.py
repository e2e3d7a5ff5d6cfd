import dataclasses
from datetime import timedelta

import pytest

from pb_engine.domain.people import Grant, Role
from pb_engine.errors import InvalidOfficial, StoreProblem, UnknownDownload
from pb_engine.store.site import (
    DeskSession,
    Invitation,
    Official,
    OutMessage,
    Publication,
    PublicationLine,
)
from tests.store.examples import LATER, NOW, OTHER, SLUG, add_round
from tests.store.raw import raw_sql

MESSAGE = OutMessage("idea-1:judged", "fatma@example.org", "Uw idee", "Beste Fatma", "nl")
OFFICIAL = Official(
    id=0,
    email="Team@Example.org",
    name="Team",
    password="$argon2id$hash",
    active=True,
    uniquifier="u1",
    grants=(Grant(Role.PARTICIPATION_TEAM), Grant(Role.AUDITOR, SLUG)),
    totp_method="authenticator",
    totp_secret="geheim",
    recovery_codes=("$h1", "$h2"),
)


@pytest.fixture
def waiting(site):
    with site.write() as work:
        assert work.messages.add(MESSAGE)
        work.commit()
    return site


def test_a_message_is_added_once_per_key(waiting):
    with waiting.write() as work:
        assert not work.messages.add(dataclasses.replace(MESSAGE, body="nog een keer"))
        assert work.messages.due(10, NOW) == (MESSAGE,)


def test_a_sent_message_is_not_due_and_its_address_and_text_are_gone(waiting):
    with waiting.write() as work:
        work.messages.sent(MESSAGE.key)
        assert not work.messages.add(MESSAGE)
        assert work.messages.due(10, LATER) == ()
        work.commit()
    rows = raw_sql(waiting, "SELECT * FROM messages")
    assert len(rows) == 1
    assert not {"fatma@example.org", "Beste Fatma"} & set(rows[0])


def test_a_failed_message_waits_until_its_next_try(waiting):
    with waiting.write() as work:
        work.messages.failed(MESSAGE.key, "geen verbinding", LATER)
        assert work.messages.due(10, LATER - timedelta(microseconds=1)) == ()
        assert work.messages.due(10, LATER) == (dataclasses.replace(MESSAGE, tries=1),)


def test_a_message_that_is_given_up_is_never_due(waiting):
    with waiting.write() as work:
        work.messages.failed(MESSAGE.key, "adres bestaat niet", None)
        assert work.messages.due(10, LATER + timedelta(days=900)) == ()


def test_no_more_messages_come_than_asked_for_least_tried_first(waiting):
    with waiting.write() as work:
        for key in ("a", "b"):
            work.messages.add(dataclasses.replace(MESSAGE, key=key))
        work.messages.failed("a", "vol", NOW)
        due = work.messages.due(2, NOW)
        assert [message.key for message in due] == ["b", MESSAGE.key]


@pytest.fixture
def staffed(site):
    with site.write() as work:
        work.officials.add(OFFICIAL)
        work.commit()
    return site


def test_an_official_is_found_by_each_of_three_marks(staffed):
    with staffed.read() as work:
        found = work.officials.by_email("tEAM@example.ORG")
        assert found is not None
        assert found == dataclasses.replace(OFFICIAL, id=found.id)
        assert found.id > 0
        assert work.officials.by_id(found.id) == found
        assert work.officials.by_uniquifier("u1") == found
        assert work.officials.all() == (found,)


def test_an_unknown_official_is_none(staffed):
    with staffed.read() as work:
        assert work.officials.by_id(999) is None
        assert work.officials.by_email("x@example.org") is None
        assert work.officials.by_uniquifier("u2") is None


@pytest.mark.parametrize(
    "changes",
    [
        {"email": " team@EXAMPLE.org ", "uniquifier": "u2"},
        {"email": "ander@example.org", "uniquifier": "u1"},
        {},
    ],
)
def test_an_address_belongs_to_one_official(staffed, changes):
    with staffed.write() as work:
        with pytest.raises(InvalidOfficial, match="exists already"):
            work.officials.add(dataclasses.replace(OFFICIAL, **changes))
        assert len(work.officials.all()) == 1


def test_an_official_is_saved_whole(staffed):
    with staffed.write() as work:
        (official,) = work.officials.all()
        changed = dataclasses.replace(
            official,
            active=False,
            grants=(Grant(Role.RESEARCHER),),
            totp_method=None,
            totp_secret=None,
            recovery_codes=(),
            name="Ander",
        )
        work.officials.save(changed)
        work.commit()
    with staffed.read() as work:
        assert work.officials.all() == (changed,)


def test_saving_takes_no_other_official_s_address(staffed):
    with staffed.write() as work:
        other = work.officials.add(
            dataclasses.replace(OFFICIAL, email="z@example.org", uniquifier="u2")
        )
        with pytest.raises(InvalidOfficial):
            work.officials.save(dataclasses.replace(other, email="TEAM@example.org"))
        with pytest.raises(InvalidOfficial):
            work.officials.save(dataclasses.replace(other, id=999, email="y@example.org"))


def test_a_published_file_comes_back_byte_for_byte(site):
    record = Publication("record.json", "application/json", "c" * 64, b"\x00{}\xff")
    table = Publication("a.pb", "text/plain", "d" * 64, b"META")
    with site.write() as work:
        add_round(work)
        add_round(work, OTHER)
        work.publications.put(SLUG, dataclasses.replace(record, body=b"eerste"))
        work.publications.put(SLUG, record)
        work.publications.put(SLUG, table)
        work.commit()
    with site.read() as work:
        assert work.publications.get(SLUG, "record.json") == record
        assert work.publications.all(SLUG) == (
            PublicationLine("a.pb", "text/plain", "d" * 64, 4),
            PublicationLine("record.json", "application/json", "c" * 64, 4),
        )
        assert work.publications.all(OTHER) == ()
        with pytest.raises(UnknownDownload, match=r"record\.json"):
            work.publications.get(OTHER, "record.json")


def test_documents_between_the_steps_of_counting_are_kept_per_name(site):
    with site.write() as work:
        add_round(work)
        assert work.counts.get(SLUG, "outcome") is None
        work.counts.put(SLUG, "outcome", b"oud")
        work.counts.put(SLUG, "outcome", b"\x00nieuw")
        work.commit()
    with site.read() as work:
        assert work.counts.get(SLUG, "outcome") == b"\x00nieuw"
        assert work.counts.get(SLUG, "explanation") is None


def test_nothing_is_kept_for_a_round_that_is_not_there(site):
    with site.write() as work, pytest.raises(StoreProblem, match="breaks a rule"):
        work.counts.put(SLUG, "outcome", b"{}")


def test_an_official_is_locked_before_accounts_change(staffed):
    with staffed.write() as work:
        (official,) = work.officials.all()
        assert work.officials.locked(official.id) == official
        with pytest.raises(InvalidOfficial, match="no official"):
            work.officials.locked(999)


def test_sessions_end_one_by_one_all_at_once_or_when_they_are_old(staffed):
    with staffed.write() as work:
        (official,) = work.officials.all()
        sessions = [
            DeskSession(key, official.id, NOW, seen, "Firefox")
            for key, seen in (("a", NOW), ("b", LATER), ("c", LATER))
        ]
        for one in sessions:
            work.desk_sessions.add(one)
        assert [one.key for one in work.desk_sessions.of(official.id)] == ["b", "c", "a"]
        assert not work.desk_sessions.end(official.id + 1, "b")
        assert work.desk_sessions.end(official.id, "b")
        assert work.desk_sessions.get("b") is None
        work.desk_sessions.clean(LATER)
        assert work.desk_sessions.of(official.id) == (sessions[2],)
        work.desk_sessions.end_all(official.id)
        assert work.desk_sessions.of(official.id) == ()


def test_an_official_has_one_invitation_at_most(staffed):
    with staffed.write() as work:
        (official,) = work.officials.all()
        work.invitations.add(Invitation(official.id, "first", NOW))
        work.invitations.add(Invitation(official.id, "second", LATER))
        assert work.invitations.by_tag("first") is None
        assert work.invitations.all() == (Invitation(official.id, "second", LATER),)
        work.invitations.end(official.id)
        assert work.invitations.by_tag("second") is None
