"""T13, T52, T54, T57, T72, T73: what is stored, shown and published joins nobody to a choice."""

import dataclasses
import json
import re
import sqlite3

import pytest

from pb_engine.errors import EngineError, InvalidKey
from pb_engine.services import phases
from pb_engine.services.publication import download
from pb_engine.services.voting import Receipt, cast_ballot, new_attempt
from pb_engine.store import StoreUrls, close_stores
from tests.attacks.staging import a_ticket, an_engine_on
from tests.builders import CALENDAR, DAY, a_round_in, admitted, adopt_and_publish, vote
from tests.store.raw import EVERY_BALLOT
from tests.web.visitor import Visitor

MOMENT = re.compile(rb"\d{1,2}:\d{2}")


def test_a_receipt_has_a_number_a_signature_a_tracker_and_no_choice(tmp_path):
    # T13
    assert [field.name for field in dataclasses.fields(Receipt)] == [
        "number",
        "signature",
        "replaced",
        "tracker",
    ]
    staged = a_round_in(tmp_path)
    one, two = (vote(staged, code, ["AED"]) for code in staged.codes[:2])
    assert not set(one.number.split("-")) & set(two.number.split("-"))


@pytest.mark.parametrize("titles", [("AED",), ("Bankjes", "Moestuin", "Speeltoestel")])
def test_the_page_with_the_receipt_shows_no_choice_no_pseudonym_and_no_time(tmp_path, titles):
    # T13
    visitor = Visitor(a_round_in(tmp_path))
    done = visitor.cast(visitor.staged.codes[0], *titles)
    assert "Uw stem is binnen" in done.text
    with sqlite3.connect(tmp_path / "box.sqlite3") as raw:
        ((pseudonym, attempt),) = raw.execute(f"SELECT pseudonym, attempt FROM {EVERY_BALLOT}")
    raw.close()
    secrets = [*visitor.staged.ideas, *visitor.staged.ideas.values(), pseudonym, attempt]
    told = done.body + json.dumps(dict(done.headers) | {"date": ""}).encode()
    assert [secret for secret in secrets if secret.encode() in told] == []
    assert not MOMENT.search(done.text.encode())


def test_the_page_with_the_receipt_is_as_long_for_one_choice_as_for_three(tmp_path):
    # T73, as far as the page itself goes
    staged = a_round_in(tmp_path)
    lengths = set()
    for code, titles in zip(staged.codes, (["AED"], ["AED", "Bankjes", "Moestuin"]), strict=False):
        lengths.add(len(Visitor(staged).cast(code, *titles).body))
    assert len(lengths) == 1


def rows(path, query):
    raw = sqlite3.connect(path)
    try:
        return raw.execute(query).fetchall()
    finally:
        raw.close()


def test_rows_lie_in_the_order_of_their_random_keys_and_not_of_their_arrival(tmp_path):
    # T52, T54: no rank in one store says anything about a rank in the other.
    staged = a_round_in(tmp_path, codes=40)
    for code in staged.codes:
        vote(staged, code, ["AED"])
    ballots = rows(tmp_path / "box.sqlite3", f"SELECT * FROM {EVERY_BALLOT}")
    assert len(ballots) == 40
    assert ballots == sorted(ballots)
    for table in ("entitlements", "codes"):
        found = rows(tmp_path / "register.sqlite3", f"SELECT * FROM {table}")
        assert len(found) == 40
        assert found == sorted(found)


def test_after_the_close_no_key_is_left_that_makes_tickets_or_pseudonyms(tmp_path):
    # T57: also not in a program that starts afterwards, and an old ticket opens nothing.
    staged = a_round_in(tmp_path)
    vote(staged, staged.codes[1], ["AED"])
    ticket = a_ticket(staged.engine, staged.slug, "somebody slow")
    bytes_before = {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()}
    end = staged.move_to(CALENDAR.voting.end)
    phases.take_step(end.engine, end.slug, "close_voting", "team")
    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for name in ("proef-2027.link", "proef-2027.ticket", "proef-2027.spent"):
        (kept,) = (raw for file, raw in bytes_before.items() if file.startswith(name))
        secret = json.loads(kept)["secret"].encode()
        assert secret not in left
    later = an_engine_on(StoreUrls.in_folder(tmp_path), tmp_path)
    for name in ("somebody slow", "somebody new"):
        with pytest.raises(InvalidKey):
            a_ticket(later, staged.slug, name)
    with pytest.raises(EngineError) as refused:
        cast_ballot(later, staged.slug, ticket, [staged.ideas["AED"]], new_attempt())
    assert refused.value.code == "too_late"
    assert not (tmp_path / "keys" / "proef-2027.spent.key").exists()
    with pytest.raises(EngineError) as refused:
        admitted(dataclasses.replace(staged, engine=later), staged.codes[0])
    assert refused.value.code == "wrong_phase"
    close_stores(later.stores)


def test_published_files_are_the_same_in_whatever_order_people_voted(tmp_path):
    # T72: nothing but the receipts, which are random, may differ.
    titles = [["AED"], ["Bankjes", "AED"], ["Moestuin"], ["AED"], ["Speeltoestel"]]
    records = []
    for name, order in (("there", titles), ("back", titles[::-1])):
        staged = a_round_in(tmp_path / name, codes=len(order))
        names = {idea: title for title, idea in staged.ideas.items()}
        for code, chosen in zip(staged.codes, order, strict=True):
            vote(staged, code, chosen)
        end = staged.move_to(CALENDAR.voting.end + DAY)
        finish(end)
        raw = download(end.engine, end.slug, "record.json").body.decode()
        for idea, title in names.items():
            raw = raw.replace(idea, title)
        records.append(json.loads(raw))
    for record in records:
        assert record["receipts"] == sorted(record["receipts"])
        record["receipts"] = len(record["receipts"])
        # The lot follows from the identifiers of ideas, which differ between two towns.
        for part in ("lot", "rules_digest"):
            del record[part]
    assert records[0]["ballots"] == records[1]["ballots"] or (
        sorted(map(str, records[0]["ballots"])) == sorted(map(str, records[1]["ballots"]))
    )
    assert records[0]["receipts"] == records[1]["receipts"] == len(titles)
    assert records[0]["superseded"] == records[1]["superseded"] == []


def finish(staged):
    from pb_engine.services import counting

    phases.take_step(staged.engine, staged.slug, "close_voting", "team")
    for step in (counting.open_box, counting.tally, counting.explain, adopt_and_publish):
        step(staged.engine, staged.slug, "team")
    return json.loads(download(staged.engine, staged.slug, "record.json").body)


def test_no_published_file_holds_a_pseudonym_a_code_or_a_time_of_day_of_voting(tmp_path):
    # T72
    staged = a_round_in(tmp_path, codes=5)
    for code in staged.codes:
        vote(staged, code, ["AED", "Bankjes"])
    pseudonyms = [
        row[0] for row in rows(tmp_path / "box.sqlite3", f"SELECT pseudonym FROM {EVERY_BALLOT}")
    ]
    attempts = [
        row[0] for row in rows(tmp_path / "box.sqlite3", f"SELECT attempt FROM {EVERY_BALLOT}")
    ]
    end = staged.move_to(CALENDAR.voting.end + DAY)
    finish(end)
    names = [row[0] for row in rows(tmp_path / "site.sqlite3", "SELECT name FROM publications")]
    assert names
    for name in names:
        body = download(end.engine, end.slug, name).body
        for secret in (*pseudonyms, *attempts, *staged.codes):
            assert secret.encode() not in body
        assert not MOMENT.search(re.sub(rb"T\d\d:\d\d:\d\d(\+00:00)?", b"", body)), name
