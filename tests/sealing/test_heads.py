import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.errors import InvalidKey, LogRefused
from pb_engine.sealing import (
    TreeHead,
    consistency_proof,
    cosign_head,
    head_is_cosigned,
    head_is_signed,
    leaf_hash,
    new_signing_key,
    public_part,
    root,
    sign_head,
)
from pb_engine.sealing.witnessing import (
    Seen,
    read_head,
    read_path,
    read_state,
    require_growth,
    require_same_log,
    state_file,
)

KEY, WITNESS = new_signing_key(), new_signing_key()
PUBLIC = public_part(KEY)
LEAVES = [leaf_hash(bytes([number])) for number in range(40)]
HEAD = TreeHead("proef-2027", 7, root(LEAVES[:7]))
OTHERS = (
    dataclasses.replace(HEAD, round="ander-2027"),
    dataclasses.replace(HEAD, size=8),
    dataclasses.replace(HEAD, root=root(LEAVES[:8])),
)


def published(head=HEAD, key=KEY, **changes):
    fields = {
        "round": head.round,
        "size": head.size,
        "root": head.root.hex(),
        "signature": sign_head(head, key=key).hex(),
        "log_key": public_part(key).hex(),
    }
    return json.dumps({**fields, **changes}).encode()


def seen(size, leaves=LEAVES, key=PUBLIC):
    return Seen(TreeHead("proef-2027", size, root(leaves[:size])), key)


def test_a_signature_is_under_one_head_of_one_log_only():
    signature = sign_head(HEAD, key=KEY)
    assert head_is_signed(HEAD, signature, public=PUBLIC)
    assert not head_is_signed(HEAD, signature, public=public_part(WITNESS))
    for other in OTHERS:
        assert not head_is_signed(other, signature, public=PUBLIC)


def test_a_cosignature_is_under_one_head_of_one_log_only():
    signature, public = cosign_head(HEAD, log_key=PUBLIC, key=WITNESS), public_part(WITNESS)
    assert head_is_cosigned(HEAD, signature, log_key=PUBLIC, witness=public)
    assert not head_is_cosigned(HEAD, signature, log_key=public, witness=public)
    assert not head_is_signed(HEAD, signature, public=public)
    for other in OTHERS:
        assert not head_is_cosigned(other, signature, log_key=PUBLIC, witness=public)


@pytest.mark.parametrize("public", [b"", b"x" * 31, b"x" * 33])
def test_a_key_that_is_none_signed_nothing(public):
    assert not head_is_signed(HEAD, b"s" * 64, public=public)
    assert not head_is_cosigned(HEAD, b"s" * 64, log_key=PUBLIC, witness=public)
    with pytest.raises(InvalidKey):
        sign_head(HEAD, key=public)


def test_a_published_head_is_read_with_its_signature():
    told, signature = read_head(published())
    assert told == Seen(HEAD, PUBLIC)
    assert signature == sign_head(HEAD, key=KEY)


@pytest.mark.parametrize(
    "changes",
    [
        {"size": 8},
        {"size": True},
        {"size": -1},
        {"size": 10**10},
        {"size": 7.0},
        {"size": 0},
        {"root": root(LEAVES[:8]).hex()},
        {"root": HEAD.root.hex().upper()},
        {"round": "ander-2027"},
        {"round": "../../etc"},
        {"signature": "00" * 64},
        {"signature": "00"},
        {"log_key": public_part(WITNESS).hex()},
        {"log_key": None},
    ],
)
def test_a_head_with_anything_changed_is_refused(changes):
    with pytest.raises(LogRefused):
        read_head(published(**changes))


@given(st.binary(max_size=200) | st.just(b"[" * 100_000))
def test_whatever_a_server_answers_is_read_or_refused(raw):
    for read in (read_head, read_path, read_state):
        with pytest.raises(LogRefused):
            read(raw)


def test_a_proof_is_a_short_list_of_hashes():
    assert read_path(json.dumps({"path": ["ab" * 32]}).encode()) == (bytes.fromhex("ab" * 32),)
    for wrong in ({}, {"path": "ab"}, {"path": [1]}, {"path": ["ab"]}, {"path": ["ab" * 32] * 65}):
        with pytest.raises(LogRefused):
            read_path(json.dumps(wrong).encode())


def test_what_a_witness_remembers_comes_back():
    for size in (0, 7, 40):
        assert read_state(state_file(seen(size))) == seen(size)
    with pytest.raises(LogRefused, match="another version"):
        read_state(state_file(seen(7)).replace(b'"format":1', b'"format":2'))


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_witness_follows_a_log_that_grows_and_no_log_that_shrinks(first, second):
    first, second = sorted((first, second))
    path = consistency_proof(LEAVES[:second], first)
    require_growth(seen(first), seen(second), path)
    if first < second:
        with pytest.raises(LogRefused, match="shrank"):
            require_growth(seen(second), seen(first), path)


@given(st.integers(1, 39), st.data())
def test_a_witness_refuses_a_log_in_which_an_earlier_entry_changed(first, data):
    second = data.draw(st.integers(first, 40))
    place = data.draw(st.integers(0, first - 1))
    forged = [*LEAVES[:place], leaf_hash(b"vals"), *LEAVES[place + 1 :]]
    path = consistency_proof(forged[:second], first)
    with pytest.raises(LogRefused):
        require_growth(seen(first), seen(second, forged), path)


def test_a_witness_refuses_another_log():
    with pytest.raises(LogRefused, match="another log"):
        require_same_log(seen(7), seen(8, key=public_part(WITNESS)))
    other = Seen(OTHERS[0], PUBLIC)
    with pytest.raises(LogRefused, match="another log"):
        require_same_log(seen(7), other)
