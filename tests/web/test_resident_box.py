"""The log of the box for whoever checks: JSON of a fixed shape, and refusals in sentences."""

import dataclasses

import pytest

from pb_engine.sealing import (
    TreeHead,
    check_consistency,
    check_inclusion,
    cosign_head,
    leaf_hash,
    new_signing_key,
    public_part,
)
from pb_engine.services.sequencing import append_waiting
from tests.builders import vote
from tests.web.visitor import Visitor

WITNESS = new_signing_key()
KNOWN = public_part(WITNESS).hex()
HEAD = {"round", "size", "root", "signature", "log_key", "cosignatures"}


@pytest.fixture
def logged(staged):
    """A visitor of a round in which three ballots are in the log and one waits."""
    round_ = staged("voting")
    settings = dataclasses.replace(round_.engine.settings, witnesses=(KNOWN,))
    round_ = dataclasses.replace(
        round_, engine=dataclasses.replace(round_.engine, settings=settings)
    )
    visitor = Visitor(round_)
    visitor.receipts = [vote(round_, code, ["AED"]) for code in round_.codes[:3]]
    append_waiting(round_.engine, round_.slug, everything=True)
    visitor.waiting = vote(round_, round_.codes[3], ["AED"])
    return visitor


def ask(visitor, path, status=200):
    answer = visitor.client.get(f"/proef-2027/stembus/{path}")
    assert answer.status_code == status, answer.text
    assert answer.is_json
    return answer.json


def test_heads_have_one_shape_and_need_no_log_in(logged):
    newest = ask(logged, "hoofd")
    assert set(newest) == HEAD
    assert (newest["round"], newest["size"], newest["cosignatures"]) == ("proef-2027", 3, [])
    assert ask(logged, "hoofd/3") == newest
    assert ask(logged, "hoofd/0")["log_key"] == newest["log_key"]


def test_a_receipt_gets_a_proof_that_holds(logged):
    told = ask(logged, f"bewijs/{logged.receipts[0].number}")
    assert set(told) == {"entry", "position", "path", "head"}
    assert set(told["head"]) == HEAD
    assert check_inclusion(
        leaf_hash(bytes.fromhex(told["entry"])),
        index=told["position"],
        size=told["head"]["size"],
        proof=[bytes.fromhex(one) for one in told["path"]],
        root_hash=bytes.fromhex(told["head"]["root"]),
    )
    assert ask(logged, f"bewijs/{told['entry']}") == told
    assert ask(logged, f"bewijs/{logged.receipts[0].number.lower()}") == told


def test_growth_is_proven_between_signed_heads(logged):
    told = ask(logged, "groei/0/3")
    assert set(told) == {"round", "from", "to", "path"}
    assert check_consistency(
        first=0,
        second=3,
        first_root=bytes.fromhex(told["from"]["root"]),
        second_root=bytes.fromhex(told["to"]["root"]),
        proof=[bytes.fromhex(one) for one in told["path"]],
    )


def test_what_is_not_there_is_a_problem_with_a_sentence(logged):
    for path, status, code in (
        ("hoofd/2", 404, "log_refused"),
        ("hoofd/-1", 404, "log_refused"),
        ("hoofd/x", 404, "log_refused"),
        ("hoofd/" + "9" * 5000, 404, "log_refused"),
        ("hoofd/٣", 404, "log_refused"),
        ("groei/3/0", 404, "log_refused"),
        ("groei/1/3", 404, "log_refused"),
        ("bewijs/" + "ab" * 32, 404, "log_refused"),
        (f"bewijs/{logged.waiting.number}", 404, "log_refused"),
        ("bewijs/ABC", 422, "mistyped_code"),
        ("bewijs/" + "x" * 5000, 422, "mistyped_code"),
    ):
        told = ask(logged, path, status)
        assert (told["status"], told["code"]) == (status, code), path
        assert len(told["title"].split()) > 3
    other = logged.client.get("/nergens/stembus/hoofd")
    assert (other.status_code, other.json["code"]) == (404, "log_refused")


def test_nothing_in_an_answer_names_a_voter_or_a_pseudonym(logged):
    with logged.staged.engine.stores.box.read() as work:
        names = {name for name, _ in work.places("proef-2027")}
    told = str([ask(logged, "hoofd"), ask(logged, f"bewijs/{logged.receipts[0].number}")])
    assert not any(name in told for name in names)


def cosigned(visitor, body, size=3, **more):
    return visitor.client.post(f"/proef-2027/stembus/hoofd/{size}", **(more or {"json": body}))


def test_a_known_witness_cosigns_without_a_session(logged):
    told = ask(logged, "hoofd")
    head = TreeHead(told["round"], told["size"], bytes.fromhex(told["root"]))
    signature = cosign_head(head, log_key=bytes.fromhex(told["log_key"]), key=WITNESS).hex()
    body = {"witness": KNOWN, "signature": signature}
    assert cosigned(logged, body).json["cosignatures"] == [body]
    assert ask(logged, "hoofd")["cosignatures"] == [body]
    assert cosigned(logged, {"witness": "00" * 32, "signature": signature}).status_code == 404
    assert cosigned(logged, {"witness": KNOWN, "signature": "00" * 64}).status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {"json": []},
        {"json": {"witness": 1, "signature": None}},
        {"data": b"{" * 500},
        {"data": b"\xff\x00"},
        {"data": b"x" * 2000},
        {"json": {"witness": KNOWN, "signature": "geen hex"}},
    ],
)
def test_what_is_no_cosignature_is_refused_and_stores_nothing(logged, sent):
    answer = cosigned(logged, None, **sent)
    assert answer.status_code == 404
    assert answer.json["code"] == "log_refused"
    assert ask(logged, "hoofd")["cosignatures"] == []


def test_the_receipt_page_says_what_it_proves_and_what_not(logged):
    page = logged.send(logged.get("~/bewijs"), "number", number=logged.receipts[1].number)
    assert "Ja, uw stem ligt in de stembus" in page.text
    assert "Wat dit bewijst" in page.text
    assert "Het laat niet zien wat u koos." in page.text
    told = ask(logged, f"bewijs/{logged.receipts[1].number}")
    assert told["entry"] in page.html
    assert told["head"]["root"] in page.html
    assert logged.ids("AED")[0] not in page.html


def test_the_receipt_page_says_that_a_ballot_still_waits(logged):
    page = logged.send(logged.get("~/bewijs"), "number", number=logged.waiting.number)
    assert "nog niet in het logboek" in page.text
    assert "Wat dit bewijst" not in page.text


def test_the_receipt_page_speaks_english(logged):
    logged.language = "en"
    page = logged.send(logged.get("~/bewijs"), "number", number=logged.receipts[1].number)
    assert "Yes, your vote is in the ballot box" in page.text
    assert "What this does not prove" in page.text
