import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.errors import InvalidKey, MistypedCode, SealBroken
from pb_engine.sealing import (
    entry_id,
    new_code,
    new_signing_key,
    normalised_receipt,
    public_part,
    receipt_is_signed,
    receipt_number,
    sign_receipt,
)
from pb_engine.sealing.symbols import ALPHABET

KEY = new_signing_key()
PUBLIC = public_part(KEY)
ENTRY = entry_id(round_id="a", pseudonym="p", number=1, sealed=b"sealed")
NUMBER = receipt_number(ENTRY)
SIGNATURE = sign_receipt(NUMBER, round_id="a", key=KEY)
entries = st.binary(min_size=32, max_size=32).map(bytes.hex)


def test_an_entry_is_a_hash_over_length_prefixed_parts():
    parts = (b"pb-engine/entry/1", b"a", b"p", b"1", b"sealed")
    message = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
    assert hashlib.sha256(message).hexdigest() == ENTRY


def test_every_part_of_a_stored_ballot_changes_its_entry():
    def entry(round_id="a", pseudonym="p", number=1, sealed=b"sealed"):
        return entry_id(round_id=round_id, pseudonym=pseudonym, number=number, sealed=sealed)

    others = {
        entry(round_id="b"),
        entry(pseudonym="q"),
        entry(number=2),
        entry(sealed=b"sealeD"),
        entry(round_id="ap", pseudonym=""),
    }
    assert len(others | {entry()}) == 6


@given(entries)
def test_a_receipt_number_reads_back_however_it_is_typed(entry):
    number = receipt_number(entry)
    assert [len(group) for group in number.split("-")] == [5, 5, 5]
    for typed in (number, number.lower(), number.replace("-", " "), number.replace("Q", "0")):
        assert normalised_receipt(typed) == number


def test_receipt_numbers_of_many_ballots_differ():
    numbers = {
        receipt_number(hashlib.sha256(bytes([at % 256, at // 256])).hexdigest())
        for at in range(2000)
    }
    assert len(numbers) == 2000


def test_every_single_wrong_symbol_and_every_swap_of_neighbours_is_caught():
    number = receipt_number(ENTRY).replace("-", "")
    for at, right in enumerate(number):
        for wrong in set(ALPHABET) - {right}:
            with pytest.raises(MistypedCode):
                normalised_receipt(number[:at] + wrong + number[at + 1 :])
        swapped = number[:at] + number[at : at + 2][::-1] + number[at + 2 :]
        if swapped != number:
            with pytest.raises(MistypedCode):
                normalised_receipt(swapped)


def test_a_voting_code_is_not_taken_for_a_receipt_number():
    with pytest.raises(MistypedCode) as refused:
        normalised_receipt(new_code())
    assert refused.value.details["problem"] == "length"


def test_a_signature_holds_for_its_own_number_round_and_key():
    assert receipt_is_signed(NUMBER, SIGNATURE, round_id="a", public=PUBLIC)
    assert not receipt_is_signed(NUMBER, SIGNATURE, round_id="b", public=PUBLIC)
    assert not receipt_is_signed(receipt_number("00" * 32), SIGNATURE, round_id="a", public=PUBLIC)
    other = public_part(new_signing_key())
    assert not receipt_is_signed(NUMBER, SIGNATURE, round_id="a", public=other)


def test_asking_again_gives_the_same_signature():
    assert sign_receipt(NUMBER, round_id="a", key=KEY) == SIGNATURE


def test_every_changed_digit_of_a_signature_is_refused():
    for at, digit in enumerate(SIGNATURE):
        changed = SIGNATURE[:at] + ("0" if digit != "0" else "1") + SIGNATURE[at + 1 :]
        assert not receipt_is_signed(NUMBER, changed, round_id="a", public=PUBLIC)


@pytest.mark.parametrize("signature", ["", "zz", SIGNATURE.upper(), SIGNATURE + "00", "é" * 128])
def test_another_spelling_of_a_signature_is_refused(signature):
    assert not receipt_is_signed(NUMBER, signature, round_id="a", public=PUBLIC)


@pytest.mark.parametrize("entry", ["", "ab", "AB" * 32, "zz" * 32, "00" * 33])
def test_what_is_no_entry_gets_no_receipt(entry):
    with pytest.raises(SealBroken):
        receipt_number(entry)


@pytest.mark.parametrize("number", ["", "AAAAA-AAAAA-AAAAA", "x" * 5000])
def test_what_is_no_receipt_number_is_not_signed(number):
    with pytest.raises(MistypedCode):
        sign_receipt(number, round_id="a", key=KEY)
    with pytest.raises(MistypedCode):
        receipt_is_signed(number, SIGNATURE, round_id="a", public=PUBLIC)


def test_a_number_and_its_signature_prove_the_promise_however_they_are_typed():
    typed = NUMBER.lower().replace("-", " ")
    assert receipt_is_signed(typed, SIGNATURE, round_id="a", public=PUBLIC)


def test_bytes_that_are_no_public_key_are_refused():
    with pytest.raises(InvalidKey):
        receipt_is_signed(NUMBER, SIGNATURE, round_id="a", public=b"")
