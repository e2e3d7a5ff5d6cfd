import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.errors import MistypedCode
from pb_engine.sealing import (
    cast_names,
    new_code,
    new_nonce,
    normalised_receipt,
    normalised_tracker,
    receipt_number,
)
from pb_engine.sealing.symbols import ALPHABET, spelled_out

SECRET = "5" * 32


def names(secret=SECRET, round_id="a", pseudonym="p", ballot=b"{}"):
    return cast_names(secret, round_id=round_id, pseudonym=pseudonym, ballot=ballot)


def test_the_names_are_hashes_over_length_prefixed_parts():
    def hashed(label):
        parts = (label, SECRET.encode(), b"a", b"p", b"{}")
        return hashlib.sha256(b"".join(len(p).to_bytes(8, "big") + p for p in parts))

    assert names().attempt == hashed(b"pb-engine/attempt/1").hexdigest()[:32]
    number = int.from_bytes(hashed(b"pb-engine/tracker/1").digest(), "big")
    assert names().tracker.replace("-", "")[:-1] == spelled_out(number, 17)


def test_the_same_sending_has_the_same_names_and_any_other_has_others():
    others = [
        names(secret="6" * 32),
        names(round_id="b"),
        names(pseudonym="q"),
        names(ballot=b"[]"),
    ]
    assert names() == names()
    for field in ("attempt", "tracker"):
        assert len({getattr(one, field) for one in (names(), *others)}) == 5


@given(st.integers(0, 2**128 - 1))
def test_a_tracker_reads_back_however_it_is_typed(number):
    tracker = names(secret=f"{number:032x}").tracker
    assert [len(group) for group in tracker.split("-")] == [6, 6, 6]
    for typed in (tracker, tracker.lower(), tracker.replace("-", " "), tracker.replace("Q", "0")):
        assert normalised_tracker(typed) == tracker


@given(st.integers(0, 17), st.sampled_from(ALPHABET))
def test_every_single_wrong_symbol_is_caught(place, wrong):
    symbols = names().tracker.replace("-", "")
    typed = symbols[:place] + wrong + symbols[place + 1 :]
    if typed == symbols:
        return
    with pytest.raises(MistypedCode):
        normalised_tracker(typed)


def test_a_tracker_a_receipt_and_a_code_are_never_taken_for_one_another():
    receipt, code = receipt_number("0" * 64), new_code()
    for other in (receipt, code):
        with pytest.raises(MistypedCode):
            normalised_tracker(other)
    with pytest.raises(MistypedCode):
        normalised_receipt(names().tracker)


def test_trackers_of_many_sendings_differ():
    assert len({names(secret=new_nonce()).tracker for _ in range(2000)}) == 2000
