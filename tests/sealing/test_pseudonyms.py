import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.errors import InvalidKey
from pb_engine.sealing import keyed_id, new_nonce, new_secret, pseudonym
from pb_engine.sealing.framing import armoured, framed, unarmoured

KEY = bytes(range(32))


def test_secrets_and_nonces_are_fresh_and_of_their_length():
    assert len({new_secret() for _ in range(50)}) == 50
    assert len({new_nonce() for _ in range(50)}) == 50
    assert len(new_secret()) == 32
    assert len(bytes.fromhex(new_nonce())) == 16


def test_a_pseudonym_depends_on_key_round_and_voting_right_only():
    name = pseudonym(KEY, round_id="a", entitlement="e")
    assert name == pseudonym(KEY, round_id="a", entitlement="e")
    others = {
        pseudonym(new_secret(), round_id="a", entitlement="e"),
        pseudonym(KEY, round_id="b", entitlement="e"),
        pseudonym(KEY, round_id="a", entitlement="f"),
        pseudonym(KEY, round_id="ae", entitlement=""),
        keyed_id(KEY, "a", "e"),
    }
    assert len(others | {name}) == 6
    assert len(bytes.fromhex(name)) == 32


def test_a_keyed_id_is_an_hmac_over_length_prefixed_parts():
    parts = (b"pb-engine/keyed-id/1", b"oidc", "Zoë".encode())
    message = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
    assert keyed_id(KEY, "oidc", "Zoë") == hmac.new(KEY, message, hashlib.sha256).hexdigest()


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_two_lists_of_parts_never_share_an_id(one, other):
    assert (keyed_id(KEY, *one) == keyed_id(KEY, *other)) == (one == other)


@pytest.mark.parametrize("key", [b"", b"k", bytes(15)])
def test_a_guessable_key_is_refused(key):
    with pytest.raises(InvalidKey):
        keyed_id(key, "a")
    with pytest.raises(InvalidKey):
        pseudonym(key, round_id="a", entitlement="e")


@given(st.lists(st.binary(max_size=6), max_size=4), st.lists(st.binary(max_size=6), max_size=4))
def test_framing_is_unambiguous(one, other):
    assert (framed("label", *one) == framed("label", *other)) == (one == other)


def test_spare_bits_in_the_last_symbol_of_armour_are_zero():
    symbols = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    assert [symbol for symbol in symbols if reads("A" + symbol)] == ["A", "Q", "g", "w"]
    assert [symbol for symbol in symbols if reads("AA" + symbol)] == list(symbols[::4])


def reads(text):
    try:
        unarmoured(text)
    except ValueError:
        return False
    return True


@given(st.binary(max_size=40))
def test_armour_has_one_spelling(raw):
    text = armoured(raw)
    assert unarmoured(text) == raw
    for other in (text + "=", text + " ", text + "\n", text + "A"):
        try:
            assert unarmoured(other) != raw
        except ValueError:
            continue
