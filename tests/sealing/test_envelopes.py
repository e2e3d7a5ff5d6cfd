import itertools
import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pb_engine.errors import InvalidBallot, InvalidKey, SealBroken
from pb_engine.sealing import (
    SUITE,
    X25519_SUITE,
    ballot_info,
    new_round_keys,
    round_public,
    seal,
    unseal,
)
from tests.sealing.rfc9180 import P256, X25519, sealed_by_the_book

SUITES = (SUITE, X25519_SUITE)
KEYS = {suite: new_round_keys(suite) for suite in SUITES}
KEM = {SUITE: P256, X25519_SUITE: X25519}
OVERHEAD = {SUITE: 65 + 4 + 16, X25519_SUITE: 32 + 4 + 16}

# RFC 9180, appendices A.3.1 and A.1.1: base mode, first encryption.
INFO = bytes.fromhex("4f6465206f6e2061204772656369616e2055726e")
PLAINTEXT = bytes.fromhex("4265617574792069732074727574682c20747275746820626561757479")
VECTORS = {
    SUITE: {
        "ephemeral": "4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb",
        "private": "f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2",
        "public": "04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a82"
        "6a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0",
        "sealed": "04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac9"
        "8536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4"
        "5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f"
        "9076ac232e3ab2523f39513434",
    },
    X25519_SUITE: {
        "ephemeral": "52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736",
        "private": "4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8",
        "public": "3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d",
        "sealed": "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431"
        "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a9"
        "6d8770ac83d07bea87e13c512a",
    },
}


def sealed(plaintext=b"ballot", *, suite=SUITE, info=b"here", length=40):
    public = KEYS[suite].public
    return seal(plaintext, public=public, suite=suite, info=info, length=length)


def opened(box, *, suite=SUITE, info=b"here", private=None):
    return unseal(box, private=private or KEYS[suite].private, suite=suite, info=info)


@pytest.mark.parametrize("suite", SUITES)
@settings(max_examples=40, deadline=None)
@given(plaintext=st.binary(max_size=64), spare=st.integers(0, 64), info=st.binary(max_size=80))
def test_what_is_sealed_opens_again(suite, plaintext, spare, info):
    box = sealed(plaintext, suite=suite, info=info, length=len(plaintext) + spare)
    assert opened(box, suite=suite, info=info) == plaintext
    assert len(box) == len(plaintext) + spare + OVERHEAD[suite]


@pytest.mark.parametrize("suite", SUITES)
def test_the_length_of_a_sealed_ballot_tells_nothing(suite):
    lengths = {len(sealed(bytes(size), suite=suite)) for size in range(41)}
    assert lengths == {40 + OVERHEAD[suite]}


@pytest.mark.parametrize("suite", SUITES)
def test_every_flipped_bit_breaks_the_seal(suite):
    box = sealed(suite=suite, length=8)
    for at, bit in itertools.product(range(len(box)), range(8)):
        changed = bytearray(box)
        changed[at] ^= 1 << bit
        with pytest.raises(SealBroken):
            opened(bytes(changed), suite=suite)


@pytest.mark.parametrize("suite", SUITES)
def test_a_cut_or_longer_text_does_not_open(suite):
    box = sealed(suite=suite)
    for size in range(len(box)):
        with pytest.raises(SealBroken):
            opened(box[:size], suite=suite)
    with pytest.raises(SealBroken):
        opened(box + b"\0", suite=suite)


@pytest.mark.parametrize("suite", SUITES)
def test_a_ballot_does_not_open_in_another_place_or_with_another_key(suite):
    box = sealed(suite=suite)
    with pytest.raises(SealBroken):
        opened(box, suite=suite, info=b"there")
    with pytest.raises(SealBroken):
        opened(box, suite=suite, private=new_round_keys(suite).private)


def test_a_ballot_does_not_open_under_another_or_an_unknown_suite():
    for suite in (X25519_SUITE, "rot13"):
        with pytest.raises(SealBroken):
            unseal(sealed(), private=KEYS[SUITE].private, suite=suite, info=b"here")


@pytest.mark.parametrize("suite", SUITES)
@pytest.mark.parametrize("key", [b"", b"\1" * 31, b"\0" + b"\1" * 32, b"\xff" * 64])
def test_bytes_that_are_no_private_key_open_nothing(suite, key):
    with pytest.raises(SealBroken):
        unseal(sealed(suite=suite), private=key, suite=suite, info=b"here")
    with pytest.raises(InvalidKey):
        round_public(key, suite=suite)


def test_a_scalar_outside_the_curve_is_no_private_key():
    for scalar in (bytes(32), b"\xff" * 32):
        with pytest.raises(InvalidKey):
            round_public(scalar, suite=SUITE)


@pytest.mark.parametrize("suite", SUITES)
@pytest.mark.parametrize("key", [b"", b"\0", bytes(32), b"\x04" + bytes(64), b"\x02" + bytes(32)])
def test_nothing_is_sealed_to_bytes_that_are_no_public_key(suite, key):
    with pytest.raises(InvalidKey) as refused:
        seal(b"x", public=key, suite=suite, info=b"", length=8)
    assert refused.value.details["problem"] == "key"


def test_an_unknown_suite_is_refused_by_name():
    with pytest.raises(InvalidKey, match="rot13") as refused:
        new_round_keys("rot13")
    assert refused.value.details["problem"] == "suite"


def test_a_plaintext_that_does_not_fit_is_refused():
    with pytest.raises(InvalidBallot) as refused:
        sealed(bytes(41))
    assert refused.value.details == {"problem": "length", "limit": 40, "given": 41}


@pytest.mark.parametrize(
    "padded",
    [
        b"",
        b"\0\0\0",
        b"\0\0\0\x05abcd",
        b"\xff\xff\xff\xffabcd",
        b"\0\0\0\x02abc\0",
        b"\0\0\0\x02ab\0\x01",
    ],
)
def test_padding_that_is_not_ours_is_refused(padded):
    box = sealed_by_the_book(
        padded,
        kem=P256,
        ephemeral=new_round_keys(SUITE).private,
        public=KEYS[SUITE].public,
        info=b"here",
    )
    with pytest.raises(SealBroken, match="padding"):
        opened(box)


@pytest.mark.parametrize("suite", SUITES)
def test_the_second_sender_gives_the_published_vectors(suite):
    vector = {name: bytes.fromhex(text) for name, text in VECTORS[suite].items()}
    assert round_public(vector["private"], suite=suite) == vector["public"]
    box = sealed_by_the_book(
        PLAINTEXT,
        kem=KEM[suite],
        ephemeral=vector["ephemeral"],
        public=vector["public"],
        info=INFO,
        aad=b"Count-0",
    )
    assert box == vector["sealed"]


@pytest.mark.parametrize("suite", SUITES)
def test_what_the_second_sender_seals_opens_here(suite):
    private = bytes.fromhex(VECTORS[suite]["private"])
    box = sealed_by_the_book(
        b"\0\0\0\x06ballot\0\0",
        kem=KEM[suite],
        ephemeral=secrets.token_bytes(31).rjust(32, b"\x01"),
        public=bytes.fromhex(VECTORS[suite]["public"]),
        info=INFO,
    )
    assert unseal(box, private=private, suite=suite, info=INFO) == b"ballot"


def test_a_private_key_stays_out_of_repr():
    keys = new_round_keys()
    assert keys.suite == SUITE
    assert keys.private.hex() not in repr(keys)
    assert repr(keys.private) not in repr(keys)


PARTS = st.tuples(st.text(), st.text(), st.text(), st.integers())


@given(PARTS, PARTS)
def test_two_places_never_share_one_binding(one, other):
    def info(parts):
        manifest, style, pseudonym, number = parts
        return ballot_info(manifest=manifest, style=style, pseudonym=pseudonym, number=number)

    assert (info(one) == info(other)) == (one == other)


def test_moving_a_letter_from_one_part_to_the_next_changes_the_binding():
    one = ballot_info(manifest="ab", style="c", pseudonym="d", number=1)
    assert one != ballot_info(manifest="a", style="bc", pseudonym="d", number=1)
    assert one != ballot_info(manifest="ab", style="c", pseudonym="d1", number=1)
