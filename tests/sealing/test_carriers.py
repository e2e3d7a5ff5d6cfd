import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.errors import InvalidKey, InvalidTicket
from pb_engine.sealing import new_secret, open_carry, seal_carry
from pb_engine.sealing.framing import armoured, unarmoured

KEY = new_secret()
NOW = 1_800_000_000
TEXT = seal_carry(b"choices", key=KEY, purpose="choice", now=NOW)


def opened(text=TEXT, *, key=KEY, purpose="choice", max_age=60, now=NOW):
    return open_carry(text, key=key, purpose=purpose, max_age=max_age, now=now)


def problem(text=TEXT, **more):
    with pytest.raises(InvalidTicket) as refused:
        opened(text, **more)
    return refused.value.details["problem"]


@given(st.binary(max_size=300), st.text(max_size=20))
def test_what_is_carried_comes_back(value, purpose):
    text = seal_carry(value, key=KEY, purpose=purpose, now=NOW)
    assert opened(text, purpose=purpose) == value
    assert text.isascii()
    assert not set(text) & set("=+/&?# ;,")


def test_without_a_moment_the_clock_of_the_machine_counts():
    text = seal_carry(b"x", key=KEY, purpose="choice")
    assert open_carry(text, key=KEY, purpose="choice", max_age=600) == b"x"


def test_the_visitor_cannot_read_what_is_carried():
    value = b"project-7 project-9"
    assert value not in unarmoured(seal_carry(value, key=KEY, purpose="choice", now=NOW))


def test_another_key_or_purpose_opens_nothing():
    assert problem(key=new_secret()) == "forged"
    assert problem(purpose="ticket") == "forged"


def test_it_is_worth_nothing_when_it_is_too_old_or_from_the_future():
    assert opened(now=NOW + 60) == b"choices"
    assert problem(now=NOW + 61) == "expired"
    assert opened(now=NOW - 60) == b"choices"
    assert problem(now=NOW - 61) == "forged"


def test_every_flipped_bit_is_refused():
    raw = unarmoured(TEXT)
    for at in range(8 * len(raw)):
        changed = bytearray(raw)
        changed[at // 8] ^= 1 << at % 8
        assert problem(armoured(bytes(changed))) == "forged"


def test_a_stale_text_cannot_be_made_young_again():
    raw = bytearray(unarmoured(TEXT))
    raw[1:9] = (NOW + 1000).to_bytes(8, "big")
    assert problem(armoured(bytes(raw)), now=NOW + 1000) == "forged"


@pytest.mark.parametrize(
    "text", ["", "a", "gA", "é", "g" * 400, TEXT[:-4], TEXT + "AAAA"], ids=range(7)
)
def test_what_is_no_carried_text_is_refused(text):
    assert problem(text) in {"forged", "malformed"}


@pytest.mark.parametrize(
    "text", [TEXT + "=", TEXT + "\n", TEXT[:9] + " " + TEXT[9:]], ids=["padding", "line", "space"]
)
def test_there_is_one_spelling(text):
    assert problem(text) == "malformed"


@given(st.text(max_size=300))
def test_any_text_is_refused_with_a_problem(text):
    assert problem(text) in {"forged", "malformed"}


def test_a_guessable_key_is_refused():
    with pytest.raises(InvalidKey):
        seal_carry(b"x", key=b"", purpose="choice", now=NOW)
    with pytest.raises(InvalidKey):
        opened(key=b"short")


def test_the_same_value_never_looks_the_same_twice():
    again = seal_carry(b"choices", key=KEY, purpose="choice", now=NOW)
    assert base64.urlsafe_b64decode(again + "==") != base64.urlsafe_b64decode(TEXT + "==")
