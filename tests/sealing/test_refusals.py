import contextlib
import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.errors import EngineError, SealBroken
from pb_engine.sealing import (
    Refusal,
    new_signing_key,
    public_part,
    read_refusal,
    refusal_is_signed,
    sign_refusal,
)

KEY = new_signing_key()
PUBLIC = public_part(KEY)
REFUSAL = Refusal("proef-2027", 300, "ab" * 32, "cd" * 16, "2027-05-30T20:07Z")
TEXT = sign_refusal(REFUSAL, key=KEY)


def holds(text, public=PUBLIC):
    refusal, signature = read_refusal(text)
    return refusal_is_signed(refusal, signature, public=public)


def test_what_was_signed_reads_back_however_its_line_was_broken():
    assert read_refusal(TEXT)[0] == REFUSAL
    assert holds(TEXT)
    assert holds("\n  ".join(TEXT.split()) + "\r\n")


def test_it_holds_under_the_key_of_its_box_only():
    assert not holds(TEXT, public_part(new_signing_key()))


@pytest.mark.parametrize(
    "change",
    [
        {"round": "proef-2028"},
        {"entries": 301},
        {"root": "ba" * 32},
        {"offered": "dc" * 16},
        {"at": "2027-05-30T20:08Z"},
    ],
)
def test_a_signature_goes_with_every_one_of_its_fields(change):
    _, signature = read_refusal(TEXT)
    other = dataclasses.replace(REFUSAL, **change)
    assert not refusal_is_signed(other, signature, public=PUBLIC)


@given(st.integers(0, len(TEXT) - 1), st.characters(min_codepoint=32, max_codepoint=126))
def test_any_other_character_anywhere_is_no_refusal_or_no_signature(place, letter):
    told = TEXT[:place] + letter + TEXT[place + 1 :]
    if " ".join(told.split()) == TEXT:
        return
    with contextlib.suppress(SealBroken):
        assert not holds(told)


@pytest.mark.parametrize("text", ["", "x", TEXT[:-1], TEXT + "0", TEXT * 2, "é" * 10_000])
def test_what_is_no_refusal_is_told_in_a_sentence(text):
    with pytest.raises(SealBroken, match="this is not a refusal of a ballot box"):
        read_refusal(text)


@pytest.mark.parametrize("change", [{"round": "a b"}, {"entries": -1}, {"root": "x"}, {"at": ""}])
def test_nothing_is_signed_that_could_not_be_read_back(change):
    with pytest.raises(EngineError):
        sign_refusal(dataclasses.replace(REFUSAL, **change), key=KEY)


def test_its_length_tells_nothing_but_how_many_digits_the_log_has():
    other = dataclasses.replace(REFUSAL, offered="0" * 32, entries=999)
    assert len(sign_refusal(other, key=KEY)) == len(TEXT)
    assert not re.search(r"[^ -~]", TEXT)
