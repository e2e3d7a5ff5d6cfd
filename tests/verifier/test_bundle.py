"""What a bundle says, and what the verifier finds in it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections import Counter

import pytest

from pb_engine.ballots import canonical_json
from pb_engine.sealing import new_signing_key, pack, public_part, receipt_number
from pb_engine.sealing.witnessing import Seen, TreeHead, state_file
from pb_engine.services.bundle import make_bundle
from pb_engine.services.publication import published_record
from pb_engine.verifier import Asked, check_bundle
from tests.builders import a_round_in
from tests.verifier.bundles import WITNESS, failing, published, spelled, tally


@pytest.fixture
def true():
    return published()


def test_every_check_of_a_true_bundle_holds(true):
    findings = check_bundle(true.raw, tally)
    assert [one for one in findings if not one.holds] == []
    assert len(findings) >= 25
    assert all(one.sentence.nl and one.sentence.en for one in findings)


def test_the_same_round_gives_the_same_bytes(true):
    record, _ = published_record(true.engine, true.slug)
    again = make_bundle(true.engine, true.slug, record, true.files["record.json"])
    assert again == true.raw


def test_every_voter_finds_the_last_choice_under_the_last_tracker_and_no_other(true):
    listed = dict(true.lines("ballots.jsonl"))
    last = {**dict(enumerate(true.receipts)), **dict(enumerate(true.again))}
    assert set(listed) == {one.tracker for one in last.values()}
    titles = {project: title for title, project in true.staged.ideas.items()}
    chosen = {
        place: [titles[name] for name, _ in listed[one.tracker]] for place, one in last.items()
    }
    assert chosen[0] == chosen[1] == ["Speeltoestel"]
    assert sorted(chosen[2]) == ["AED", "Bankjes", "Moestuin"]
    assert chosen[3] == ["Bankjes"]


def test_the_bundle_joins_no_tracker_to_a_receipt_or_an_entry(true):
    for name, content in true.files.items():
        for one in true.receipts:
            assert name == "ballots.jsonl" or one.tracker.encode() not in content
            assert name == "record.json" or one.number.encode() not in content
    places = [receipt_number(entry) for entry in true.lines("log.jsonl")]
    assert Counter(places) == Counter(one.number for one in [*true.receipts, *true.again])
    assert true.lines("ballots.jsonl") == sorted(true.lines("ballots.jsonl"))


def test_a_receipt_is_found_counted_or_replaced_and_a_strange_one_is_not(true):
    asked = Asked(receipts=(true.receipts[0].number, true.receipts[5].number.lower()))
    told = [one for one in check_bundle(true.raw, tally, asked) if one.check == "receipt"]
    assert [one.holds for one in told] == [True, True]
    assert "a later ballot replaced it" in told[0].sentence.en
    assert "was counted" in told[1].sentence.en
    strange = receipt_number("0" * 64)
    for typed in (strange, "AAAAA-AAAAA-AAAAA", ""):
        assert failing(true.raw, Asked(receipts=(typed,))) == {"receipt"}


def test_a_signature_shows_that_the_box_promised_to_hold_a_ballot_also_when_it_is_gone(true):
    kept = true.receipts[7]
    asked = Asked(receipts=(kept.number,), signatures=(kept.signature.upper(),))
    assert failing(true.raw, asked) == set()
    entries = [one for one in true.lines("log.jsonl") if receipt_number(one) != kept.number]
    found = check_bundle(true.repacked(log_jsonl=spelled(entries)), tally, asked)
    told = {one.check: one.holds for one in found if one.check in {"promise", "receipt"}}
    assert told == {"promise": True, "receipt": False}
    for signature in (true.receipts[8].signature, "", "zz"):
        lie = Asked(receipts=(kept.number,), signatures=(signature,))
        assert failing(true.raw, lie) == {"promise"}


def test_a_tracker_shows_the_published_choice_by_its_title(true):
    asked = Asked(trackers=(true.receipts[3].tracker,))
    (told,) = (one for one in check_bundle(true.raw, tally, asked) if one.check == "tracker")
    assert "Bankjes (1)" in told.sentence.nl
    for typed in (true.receipts[0].tracker, "234567-234567-234567", "x" * 5000):
        assert failing(true.raw, Asked(trackers=(typed,))) == {"tracker"}


def test_a_head_that_a_witness_kept_must_be_in_the_log(true):
    about = json.loads(true.files["bundle.json"])
    key = bytes.fromhex(about["log_key"])
    head = next(one for one in true.lines("heads.jsonl") if one["size"])
    seen = TreeHead(true.slug, head["size"], bytes.fromhex(head["root"]))
    assert failing(true.raw, Asked(witnesses=(state_file(Seen(seen, key)),))) == set()
    lies = (
        state_file(Seen(TreeHead(true.slug, head["size"], b"x" * 32), key)),
        state_file(Seen(TreeHead(true.slug, 10**6, seen.root), key)),
        state_file(Seen(seen, b"k" * 32)),
        state_file(Seen(TreeHead("other", seen.size, seen.root), key)),
        b"nonsense",
    )
    for lie in lies:
        assert failing(true.raw, Asked(witnesses=(lie,))) == {"witness"}


def test_a_known_witness_must_have_signed_and_a_known_key_must_be_that_of_the_log(true):
    log_key = json.loads(true.files["bundle.json"])["log_key"]
    witness = public_part(WITNESS).hex()
    assert failing(true.raw, Asked(cosigners=(witness,), log_key=log_key.upper())) == set()
    other = public_part(new_signing_key()).hex()
    assert failing(true.raw, Asked(cosigners=(other,))) == {"cosigner"}
    assert failing(true.raw, Asked(log_key=other)) == {"log key"}


def test_whoever_lacks_the_key_of_the_log_makes_no_bundle_that_holds(true):
    files = {name: body for name, body in true.files.items() if not name.startswith("SHA")}
    forged = pack(files, round_id=true.slug, key=new_signing_key())
    assert failing(forged) == {"signature"}


def test_few_ballots_are_never_listed_one_by_one(tmp_path):
    from pb_engine.services.publication import download

    staged = a_round_in(tmp_path, "published", votes={"AED": 24})
    raw = download(staged.engine, staged.slug, "bundle.zip").body
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        assert packed.read("ballots.jsonl") == b""
    assert failing(raw) == set()


def test_an_insider_who_lists_few_ballots_or_hides_many_is_caught(true):
    assert "listed" in failing(true.repacked(ballots_jsonl=b""))
    about = json.loads(true.files["bundle.json"])
    hidden = canonical_json({**about, "listed": 0})
    assert "listed" in failing(true.repacked(ballots_jsonl=b"", bundle_json=hidden))


def zipped(*members, comment=b"", compression=zipfile.ZIP_STORED):
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w", compression) as packed:
        packed.comment = comment
        for name, content in members:
            packed.writestr(name, content)
    return to.getvalue()


HOSTILE = {
    "nothing": b"",
    "no zip": b"PK\x03\x04" + b"\0" * 100,
    "a compressed bomb": zipped(("log.jsonl", b"0" * 50_000_000), compression=zipfile.ZIP_DEFLATED),
    "a way out": zipped(("../../etc/passwd", b"x"), ("/tmp/x", b"x"), ("a\\b", b"x")),
    "many files": zipped(*((f"{n}", b"") for n in range(500))),
    "deep": zipped(("record.json", b"[" * 200_000), ("events.jsonl", b"{" * 9999 + b"\n")),
    "long number": zipped(("record.json", b"9" * 10_000), ("heads.jsonl", b"9" * 9999 + b"\n")),
    "not text": zipped(("record.json", b"\xff\xfe"), ("log.jsonl", b"\0\0\n")),
    "not finite": zipped(("heads.jsonl", b'{"size":NaN}\n'), ("register.json", b"1e400")),
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_get_sentences(raw):
    findings = check_bundle(raw, tally)
    assert any(not one.holds for one in findings)
    assert all(len(one.sentence.nl) < 1000 for one in findings)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("heads_jsonl", b'{"cosignatures":[],"root":"00","signature":"00","size":1}\n'),
        ("heads_jsonl", b'{"size":' + b"9" * 20 + b"}\n"),
        ("events_jsonl", b'{"at":"yesterday","facts":{},"name":"voting_opened"}\n'),
        ("events_jsonl", b"[]\n"),
        ("ballots_jsonl", b'["x",[["a",1]]]'),
        ("ballots_jsonl", b'["x",[["b",1],["a",1]]]\n'),
        ("register_json", b'{"areas":{},"total":{"digital":-1,"none":0,"paper":0}}'),
        ("manifest_json", b"{}"),
        ("manifest_json", b"[1.5]"),
        ("bundle_json", b'{"v":2}'),
        ("log_jsonl", b'"abc"\n'),
        ("record_json", b'{"v":1}'),
    ],
)
def test_a_file_of_another_shape_is_named_even_under_a_good_signature(true, name, line):
    told = [one for one in check_bundle(true.repacked(**{name: line}), tally) if not one.holds]
    assert told
    assert any(one.check == "form" for one in told)


def test_what_cannot_be_read_leaves_the_other_checks_standing(true):
    findings = check_bundle(true.repacked(heads_jsonl=b"x\n"), tally)
    assert {one.check for one in findings if not one.holds} == {"form", "unchecked"}
    assert {"entries", "recount", "trackers"} <= {one.check for one in findings if one.holds}


def test_an_archive_that_was_packed_again_is_told_apart(true):
    assert failing(zipped(*true.files.items())) == {"archive"}
    assert failing(zipped(*sorted(true.files.items()), comment=b"x")) == {"archive"}


def test_each_lie_that_an_insider_signs_is_named(true):
    entries, heads = true.lines("log.jsonl"), true.lines("heads.jsonl")
    listed, events = true.lines("ballots.jsonl"), true.lines("events.jsonl")
    record = json.loads(true.files["record.json"])
    register = json.loads(true.files["register.json"])
    register["total"]["digital"] = 1
    another = next(marks for _, marks in listed if marks != listed[0][1])
    unsigned = [{**one, "signature": "0" * 128} for one in heads]
    strange = [{**one, "cosignatures": [["1" * 64, "2" * 128]]} for one in heads]
    moved = {**record, "receipts": record["receipts"][1:] + record["superseded"][:1]}
    lies = [
        ({"log_jsonl": spelled(entries[:-1])}, {"log", "entries"}),
        ({"log_jsonl": spelled([entries[1], entries[0], *entries[2:]])}, {"log"}),
        ({"log_jsonl": spelled([*entries, entries[0]])}, {"log", "entries"}),
        ({"heads_jsonl": spelled(unsigned)}, {"heads"}),
        ({"heads_jsonl": spelled(strange)}, {"witnesses"}),
        ({"heads_jsonl": spelled(heads[:-1])}, {"log", "facts"}),
        ({"ballots_jsonl": spelled(listed[1:])}, {"listed"}),
        ({"ballots_jsonl": spelled([listed[0], *listed])}, {"trackers", "listed"}),
        ({"ballots_jsonl": spelled(reversed(listed))}, {"trackers"}),
        ({"ballots_jsonl": spelled([[listed[0][0], another], *listed[1:]])}, {"listed"}),
        ({"events_jsonl": spelled(events[:-1])}, {"events"}),
        ({"events_jsonl": spelled([*events, events[0]])}, {"events"}),
        ({"register_json": canonical_json(register)}, {"register"}),
        ({"record_json": canonical_json(moved)}, {"entries", "receipts"}),
    ]
    for changes, expected in lies:
        assert expected <= failing(true.repacked(**changes)), expected


def test_checking_loads_no_database_no_plugins_and_no_web(true, tmp_path):
    path = tmp_path / "bundle.zip"
    path.write_bytes(true.raw)
    program = f"""
import sys
from pathlib import Path
from pb_engine.errors import TallyRefused
from pb_engine.verifier import check_bundle
def tally(choice, election):
    raise TallyRefused("no plugin here")
found = check_bundle(Path({str(path)!r}).read_bytes(), tally)
assert [one.check for one in found if not one.holds] == ["recount"], found
assert len(found) > 25, found
rooms = {{name.split(".")[1] for name in sys.modules if name.startswith("pb_engine.")}}
assert rooms <= {{"ballots", "tallying", "sealing", "verifier", "errors", "units"}}, rooms
strange = {{"sqlalchemy", "flask", "pluggy", "alembic", "web"}} & set(sys.modules)
assert not strange, strange
"""
    done = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
