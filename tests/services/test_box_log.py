"""From box to log: in batches, in random order, under heads that anybody can check."""

import dataclasses
import threading
from collections import Counter
from datetime import timedelta

import pytest

from pb_engine.errors import InvalidKey, LogRefused, MistypedCode, NotReady
from pb_engine.sealing import (
    EMPTY_ROOT,
    TreeHead,
    check_consistency,
    check_inclusion,
    cosign_head,
    head_is_signed,
    leaf_hash,
    new_signing_key,
    public_part,
)
from pb_engine.services import box_log, phases, sequencing
from pb_engine.services.receipts import find_receipt
from pb_engine.services.sequencing import append_everywhere, append_waiting
from pb_engine.services.voting import cast_ballot, new_attempt
from tests.builders import CALENDAR, a_round_in, admitted, at, vote


@pytest.fixture
def staged(tmp_path):
    return a_round_in(tmp_path, codes=30)


def vote_by(staged, number, start=0):
    return [vote(staged, code, ["AED"]) for code in staged.codes[start : start + number]]


def close(staged):
    end = at(staged.engine, CALENDAR.voting.end)
    phases.take_step(end, staged.slug, "close_voting", "team")
    return dataclasses.replace(staged, engine=end)


def holds(shown):
    head = TreeHead(shown.head.round, shown.head.size, shown.head.root)
    return head_is_signed(head, shown.head.signature, public=shown.log_key)


def is_proven(proof):
    return check_inclusion(
        leaf_hash(bytes.fromhex(proof.entry)),
        index=proof.position,
        size=proof.shown.head.size,
        proof=proof.path,
        root_hash=proof.shown.head.root,
    ) and holds(proof.shown)


def test_a_log_begins_empty_signed_and_with_its_key_when_voting_opens(staged):
    shown = box_log.head_of(staged.engine, staged.slug)
    assert (shown.head.size, shown.head.root) == (0, EMPTY_ROOT)
    assert holds(shown)
    assert public_part(staged.engine.keyring.get("proef-2027.log")) == shown.log_key


def test_nineteen_ballots_wait_and_twenty_enter_together(staged):
    vote_by(staged, 19)
    assert append_waiting(staged.engine, staged.slug) == sequencing.Appended(0, 0, 19)
    receipts = vote_by(staged, 1, start=19)
    assert append_waiting(staged.engine, staged.slug) == sequencing.Appended(20, 20, 0)
    assert append_waiting(staged.engine, staged.slug) == sequencing.Appended(0, 20, 0)
    assert is_proven(box_log.inclusion_of(staged.engine, staged.slug, receipts[0].number))


def test_at_night_the_few_that_wait_enter_too(staged):
    vote_by(staged, 3)
    done = append_everywhere(staged.engine, everything=True)
    assert done == {"proef-2027": sequencing.Appended(3, 3, 0)}


def test_every_receipt_proves_its_own_entry_and_no_other(staged):
    receipts = vote_by(staged, 21)
    append_waiting(staged.engine, staged.slug)
    proofs = [box_log.inclusion_of(staged.engine, staged.slug, one.number) for one in receipts]
    assert all(map(is_proven, proofs))
    assert sorted(one.position for one in proofs) == list(range(21))
    assert not is_proven(dataclasses.replace(proofs[0], entry=proofs[1].entry))
    by_entry = box_log.inclusion_of(staged.engine, staged.slug, proofs[0].entry.upper())
    assert by_entry == proofs[0]


def test_the_order_in_the_log_is_not_the_order_of_arrival(staged):
    receipts = vote_by(staged, 25)
    append_waiting(staged.engine, staged.slug)
    places = [
        box_log.inclusion_of(staged.engine, staged.slug, one.number).position for one in receipts
    ]
    assert places != list(range(25))
    with staged.engine.stores.box.read() as work:
        entries = work.log.entries(staged.slug, 25)
        names = [work.log.find(staged.slug, entry).pseudonym for entry in entries]
    assert names != sorted(names)


def test_a_log_only_grows_and_proves_it(staged):
    for start in (0, 10, 20):
        vote_by(staged, 10, start)
        append_waiting(staged.engine, staged.slug, everything=True)
    for first, second in ((0, 10), (10, 20), (10, 30), (30, 30)):
        grown = box_log.growth_between(staged.engine, staged.slug, first, second)
        assert check_consistency(
            first=first,
            second=second,
            first_root=grown.first.root,
            second_root=grown.second.root,
            proof=grown.path,
        )


def test_the_close_logs_everything_and_says_so_in_the_event_log(staged):
    vote_by(staged, 7)
    vote(staged, staged.codes[0], ["Bankjes"])
    closed = close(staged)
    head = box_log.head_of(closed.engine, closed.slug).head
    assert head.size == 8
    with closed.engine.stores.site.read() as work:
        events = [entry.event for entry in work.log.entries(limit=500)]
    (event,) = [one for one in events if one.name == "box_log_finished"]
    assert (event.name, dict(event.facts)) == (
        "box_log_finished",
        {"entries": 8, "root": head.root.hex()},
    )


def test_casting_touches_no_row_of_the_log(staged):
    from sqlalchemy import event
    from sqlalchemy.engine import Engine as AnyEngine

    seen = []
    ticket = admitted(staged, staged.codes[0]).ticket
    vote(staged, staged.codes[1], ["AED"])
    listener = lambda _c, _cur, text, *_: seen.append(text)  # noqa: E731
    event.listen(AnyEngine, "before_cursor_execute", listener)
    try:
        cast_ballot(staged.engine, staged.slug, ticket, [staged.ideas["AED"]], new_attempt())
    finally:
        event.remove(AnyEngine, "before_cursor_execute", listener)
    assert any("ballots" in text for text in seen)
    assert not any("log_" in text or "tree_heads" in text for text in seen)


def appended_at_once(engine, slug, number):
    barrier, outcomes = threading.Barrier(number), []

    def one():
        barrier.wait()
        try:
            outcomes.append(append_waiting(engine, slug, everything=True).entries)
        except Exception as problem:  # noqa: BLE001 - the refusals are what is looked at
            outcomes.append(problem)

    threads = [threading.Thread(target=one) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_eight_that_append_at_once_log_every_ballot_once(staged):
    vote_by(staged, 24)
    outcomes = appended_at_once(staged.engine, staged.slug, 8)
    assert Counter(outcomes) == {24: 1, 0: 7}
    assert box_log.head_of(staged.engine, staged.slug).head.size == 24


def test_a_lost_or_foreign_log_key_is_refused_and_signs_nothing(staged):
    vote_by(staged, 20)
    staged.engine.keyring.erase("proef-2027.log")
    with pytest.raises(InvalidKey, match="no key"):
        append_waiting(staged.engine, staged.slug)
    staged.engine.keyring.create("proef-2027.log", new_signing_key())
    with pytest.raises(InvalidKey, match="not the key of this log"):
        append_waiting(staged.engine, staged.slug)
    assert box_log.head_of(staged.engine, staged.slug).head.size == 0
    assert append_everywhere(staged.engine) == {}


def test_a_round_without_a_box_has_no_log(tmp_path):
    staged = a_round_in(tmp_path, "review")
    with pytest.raises(NotReady):
        append_waiting(staged.engine, staged.slug)
    with pytest.raises(LogRefused):
        box_log.head_of(staged.engine, staged.slug)


@pytest.mark.parametrize("wanted", ["", "x" * 10_000, "22GMZ-LGCPQ-TUBT0", "é" * 64])
def test_what_is_no_receipt_is_a_typing_error(staged, wanted):
    with pytest.raises(MistypedCode):
        box_log.inclusion_of(staged.engine, staged.slug, wanted)


def test_what_is_not_in_the_log_has_no_proof(staged):
    waiting = vote(staged, staged.codes[0], ["AED"])
    for wanted in (waiting.number, "ab" * 32):
        with pytest.raises(LogRefused, match="not in the log"):
            box_log.inclusion_of(staged.engine, staged.slug, wanted)
    for first, second in ((0, 5), (3, 2)):
        with pytest.raises(LogRefused):
            box_log.growth_between(staged.engine, staged.slug, first, second)


def test_a_receipt_is_found_in_the_log_before_the_count_and_in_the_count_after_it(staged):
    first, second = vote_by(staged, 2)
    assert find_receipt(staged.engine, staged.slug, first.number).state == "not_yet"
    append_waiting(staged.engine, staged.slug, everything=True)
    vote(staged, staged.codes[0], ["Bankjes"])
    found = find_receipt(staged.engine, staged.slug, first.number)
    assert found.state == "logged"
    assert is_proven(found.proof)
    closed = close(staged)
    assert find_receipt(closed.engine, closed.slug, second.number).state == "logged"
    from pb_engine.services import counting

    counting.open_box(closed.engine, closed.slug, "team")
    replaced = find_receipt(closed.engine, closed.slug, first.number)
    assert replaced.state == "superseded"
    assert is_proven(replaced.proof)
    assert find_receipt(closed.engine, closed.slug, second.number).state == "counted"


def signed_by(key, shown):
    head = TreeHead(shown.head.round, shown.head.size, shown.head.root)
    return cosign_head(head, log_key=shown.log_key, key=key).hex()


def test_a_known_witness_may_cosign_and_nobody_else(tmp_path):
    key, stranger = new_signing_key(), new_signing_key()
    known = public_part(key).hex()
    staged = a_round_in(tmp_path)
    engine = dataclasses.replace(
        staged.engine, settings=dataclasses.replace(staged.engine.settings, witnesses=(known,))
    )
    shown = box_log.head_of(engine, staged.slug)
    kept = box_log.take_cosignature(engine, staged.slug, 0, known, signed_by(key, shown))
    assert [one.witness.hex() for one in kept.cosignatures] == [known]
    foreign = public_part(stranger).hex()
    for size, witness, signature, sentence in (
        (0, foreign, signed_by(stranger, shown), "does not know"),
        (0, known, signed_by(stranger, shown), "did not sign"),
        (0, known, "geen hex", "hexadecimal"),
        (9, known, signed_by(key, shown), "no such head"),
    ):
        with pytest.raises(LogRefused, match=sentence):
            box_log.take_cosignature(engine, staged.slug, size, witness, signature)
    assert len(box_log.head_of(engine, staged.slug).cosignatures) == 1


def test_a_voter_who_began_before_the_end_is_in_the_last_head(staged):
    late = staged.move_to(CALENDAR.voting.end - timedelta(minutes=1))
    receipt = vote(late, late.codes[0], ["AED"])
    closed = close(late)
    assert is_proven(box_log.inclusion_of(closed.engine, closed.slug, receipt.number))
