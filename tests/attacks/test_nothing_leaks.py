"""Codes, names, addresses and choices are planted in a whole round, and looked for afterwards."""

import io
import logging
import sqlite3
from email import message_from_bytes

import pytest
import structlog

from pb_engine.domain.ideas import Submitter
from pb_engine.services import counting, phases
from pb_engine.services.ideas import submit_idea
from pb_engine.services.outbox import deliver
from tests.builders import CALENDAR, DAY, a_draft, a_round_in, admitted, vote

NAME, EMAIL = "Kanarie-Achternaam", "kanarie@example.org"


@pytest.fixture
def logged():
    """Everything that any part of the program logs, at the most talkative level."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(file=stream))
    yield stream
    structlog.reset_defaults()
    root.removeHandler(handler)
    root.setLevel(level)


def content_of(path):
    return b"".join(p.read_bytes() for p in sorted(path.parent.glob(f"{path.name}*")))


def test_no_log_line_and_no_store_joins_a_person_with_a_ballot(tmp_path, logged):
    staged = a_round_in(tmp_path, "ideas", codes=12)
    submit_idea(staged.engine, staged.slug, a_draft("Fruitbomen", submitter=Submitter(NAME, EMAIL)))
    deliver(staged.engine)
    del staged
    staged = a_round_in(tmp_path / "stemmen", "voting", codes=12)
    receipts = [vote(staged, code, ["AED", "Bankjes"]) for code in staged.codes[:8]]
    vote(staged, staged.codes[0], ["Moestuin"])
    tickets = [admitted(staged, code).ticket for code in staged.codes[8:]]
    for code in staged.codes:
        for spelling in (code, code.replace("-", "")):
            assert spelling not in logged.getvalue()
    for secret in (NAME, EMAIL, *tickets, *(one.number for one in receipts)):
        assert secret not in logged.getvalue()
    register = content_of(tmp_path / "stemmen" / "register.sqlite3")
    box = content_of(tmp_path / "stemmen" / "box.sqlite3")
    site = content_of(tmp_path / "stemmen" / "site.sqlite3")
    for code in staged.codes:
        for store in (register, box, site):
            assert code.encode() not in store
            assert code.replace("-", "").encode() not in store
    for idea in staged.ideas.values():
        assert idea.encode() not in register
        assert box.count(idea.encode()) == box_paper_mentions(
            tmp_path / "stemmen" / "box.sqlite3", idea
        )


def box_paper_mentions(path, idea):
    """The ballot paper and the placard beside it name the projects; nothing else in the box may."""
    content = content_of(path)
    with sqlite3.connect(path) as raw:
        rows = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in rows:
            if table in {"papers", "placards"}:
                continue
            for row in raw.execute(f"SELECT * FROM {table}"):
                assert idea not in str(row)
    return content.count(idea.encode())


def identifiers(path):
    """Every text or blob of 16 bytes and more that stands in a store."""
    found = set()
    with sqlite3.connect(path) as raw:
        tables = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            for row in raw.execute(f"SELECT * FROM {table}"):
                found |= {
                    value for value in row if isinstance(value, (str, bytes)) and len(value) >= 16
                }
    return found


def test_register_and_box_share_no_identifier_at_all(tmp_path):
    staged = a_round_in(tmp_path, "voting", codes=8)
    for code in staged.codes:
        vote(staged, code, ["AED"])
    assert not identifiers(tmp_path / "register.sqlite3") & identifiers(tmp_path / "box.sqlite3")


def test_sealed_ballots_all_have_one_length_whatever_was_chosen(tmp_path):
    staged = a_round_in(tmp_path, "voting", codes=6)
    for code, wanted in zip(
        staged.codes,
        (["AED"], ["AED", "Bankjes"], ["AED", "Bankjes", "Moestuin"]),
        strict=False,
    ):
        vote(staged, code, wanted)
    end = staged.move_to(CALENDAR.voting.end + DAY)
    phases.take_step(end.engine, end.slug, "close_voting", "team")
    with end.engine.stores.box.read() as box:
        assert len({len(ballot.sealed) for ballot in box.every(end.slug)}) == 1


def test_a_ballot_copied_under_another_pseudonym_counts_as_invalid(tmp_path):
    staged = a_round_in(tmp_path, "voting", codes=3)
    vote(staged, staged.codes[0], ["AED"])
    vote(staged, staged.codes[1], ["Bankjes"])
    with sqlite3.connect(tmp_path / "box.sqlite3") as raw:
        triggers = raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            raw.execute(f"DROP TRIGGER {name}")
        first, second = raw.execute("SELECT pseudonym, sealed FROM inbox").fetchall()
        raw.execute("UPDATE inbox SET sealed = ? WHERE pseudonym = ?", (first[1], second[0]))
        raw.commit()
    end = staged.move_to(CALENDAR.voting.end + DAY)
    phases.take_step(end.engine, end.slug, "close_voting", "team")
    opened = counting.open_box(end.engine, end.slug, "team")
    assert (opened.counted, opened.invalid) == (2, 1)


def test_mail_to_submitters_holds_no_header_that_they_typed(tmp_path):
    staged = a_round_in(tmp_path, "ideas")
    title = "=?utf-8?q?a=0ABcc:x@example.com?= park"
    submit_idea(staged.engine, staged.slug, a_draft(title, submitter=Submitter("Sanne", EMAIL)))
    deliver(staged.engine)
    (path,) = (tmp_path / "mail").glob("*.eml")
    assert message_from_bytes(path.read_bytes())["Bcc"] is None
