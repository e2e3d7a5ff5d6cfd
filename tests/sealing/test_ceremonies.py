import dataclasses
import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pb_engine.errors import InvalidKey, MistypedCode
from pb_engine.sealing import (
    X25519_SUITE,
    Share,
    Trustee,
    TrusteeKey,
    hold_ceremony,
    new_round_keys,
    read_trustee_key,
    rehearse,
    restored,
    round_public,
    take_share,
    trustee_key_file,
)
from pb_engine.sealing.ceremonies import MOST_TRIES

NAMES = ("Sanne", "Bram", "Ayşe", "notaris De Wit", "universiteit")
HELD = hold_ceremony("proef-2027", NAMES, threshold=3)
OTHER = hold_ceremony("proef-2027", NAMES, threshold=3)
WRITTEN = [share.written() for share in HELD.shares]


def refused(kind, call, *arguments):
    with pytest.raises(kind) as refusal:
        call(*arguments)
    return refusal.value.details


def test_any_three_of_five_give_the_private_key_back():
    for chosen in (HELD.shares[:3], HELD.shares[2:], HELD.shares[::2], HELD.shares):
        assert round_public(restored(HELD.key, chosen), suite=HELD.key.suite) == HELD.key.public
    assert refused(InvalidKey, restored, HELD.key, HELD.shares[:2])["problem"] == "too_few"


def test_a_ceremony_tells_its_shares_to_nobody_who_prints_it():
    told = repr(HELD)
    assert not any(share.value.hex() in told or repr(share.value) in told for share in HELD.shares)


def test_the_rehearsal_opens_a_trial_ballot_with_every_choice_of_shares():
    done = rehearse(HELD.key, WRITTEN)
    assert (done.tried, done.possible) == (10, 10)


def test_of_very_many_choices_so_many_are_drawn_and_that_is_said():
    names = [f"bewaarder {number}" for number in range(12)]
    many = hold_ceremony("proef", names, threshold=6)
    done = rehearse(many.key, [share.written() for share in many.shares])
    assert (done.tried, done.possible) == (MOST_TRIES, math.comb(12, 6))


def test_the_rehearsal_notices_a_share_that_is_printed_wrong():
    spoilt = [*WRITTEN[:4], Share(5, bytes(32)).written()]
    assert refused(InvalidKey, rehearse, HELD.key, spoilt) == {"problem": "wrong", "share": 5}
    lost = [*WRITTEN[:4], WRITTEN[4][:-1]]
    assert refused(MistypedCode, rehearse, HELD.key, lost)["problem"] == "length"


def test_the_rehearsal_notices_a_public_key_that_is_another():
    wrong = dataclasses.replace(HELD.key, public=OTHER.key.public)
    assert refused(InvalidKey, rehearse, wrong, WRITTEN)["problem"] == "inconsistent"


def test_a_share_is_refused_by_name_before_anything_is_combined():
    key, shares = HELD.key, HELD.shares
    assert take_share(key, WRITTEN[1], shares[:1]) == shares[1]
    twice = refused(InvalidKey, take_share, key, WRITTEN[0], shares[:1])
    assert twice == {"problem": "duplicate", "share": 1}
    foreign = refused(InvalidKey, take_share, key, OTHER.shares[3].written())
    assert foreign == {"problem": "wrong", "share": 4}
    seventh = refused(InvalidKey, take_share, key, Share(7, bytes(32)).written())
    assert seventh == {"problem": "foreign", "share": 7}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 4), st.data())
def test_a_mistyped_symbol_names_its_group(which, given_):
    written = WRITTEN[which].replace("-", "")
    at = given_.draw(st.integers(0, len(written) - 1))
    other = given_.draw(
        st.sampled_from("23456789ABCDEFGHJKLMNPQRSTUVWXYZ").filter(
            lambda symbol: symbol != written[at]
        )
    )
    typed = written[:at] + other + written[at + 1 :]
    details = refused(MistypedCode, take_share, HELD.key, typed)
    assert details == {"problem": "check", "group": at // 5 + 1}


def test_the_public_file_reads_back_and_holds_no_share():
    raw = trustee_key_file(HELD.key)
    assert read_trustee_key(raw) == HELD.key
    assert read_trustee_key(json.dumps(json.loads(raw), indent=2).encode()) == HELD.key
    for share in HELD.shares:
        assert share.value not in raw
        assert share.value.hex() not in raw.decode()
        assert share.written() not in raw.decode()


def changed(**fields):
    return json.dumps({**json.loads(trustee_key_file(HELD.key)), **fields}).encode()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"\xff\xfe",
        b"[" * 90_000,
        b" " * 200_000,
        b'{"format":1,"format":1}',
        changed(format=2),
        changed(format=True),
        changed(kind="iets anders"),
        changed(more=1),
        changed(round="../x"),
        changed(suite="rot13"),
        changed(public_key="00" * 65),
        changed(public_key="zz"),
        changed(threshold=0),
        changed(threshold=6),
        changed(threshold=3.0),
        changed(shares=[]),
        changed(shares=["a"] * 5),
        changed(shares=[{"trustee": "a", "commitment": "b"}] * 5),
        changed(shares=[{"trustee": "a", "commitment": "0" * 64}] * 5),
        changed(shares=[{"trustee": 1, "commitment": "0" * 64}]),
        changed(shares=[{"trustee": "a\nb", "commitment": "0" * 64}], threshold=1),
        changed(shares=[{"trustee": "", "commitment": "0" * 64}], threshold=1),
    ],
)
def test_a_public_file_that_cannot_be_is_refused(raw):
    with pytest.raises(InvalidKey):
        read_trustee_key(raw)


def test_a_key_of_the_other_suite_can_be_kept_by_trustees_too():
    pair = new_round_keys(X25519_SUITE)
    key = TrusteeKey("proef", X25519_SUITE, pair.public, 1, (Trustee("Sanne", "0" * 64),))
    assert read_trustee_key(trustee_key_file(key)) == key
    with pytest.raises(InvalidKey, match="not one of suite"):
        dataclasses.replace(key, public=HELD.key.public)
