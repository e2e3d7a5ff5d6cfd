import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pb_engine.errors import NotReady
from pb_engine.sealing import (
    EMPTY_ROOT,
    check_consistency,
    check_inclusion,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root,
)

# The reference tree of Certificate Transparency (RFC 6962, carried over into RFC 9162).
ENTRIES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
N01 = ROOTS[2]
N23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
N45 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
N67 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
N03 = ROOTS[4]
N47 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
L0 = ROOTS[1]
L1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
L4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
L6 = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f"
LEAVES = [leaf_hash(entry) for entry in ENTRIES]


def hexed(hashes):
    return [one.hex() for one in hashes]


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_reference_tree(size):
    assert root(LEAVES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(
    ("index", "size", "proof"),
    [
        (0, 1, []),
        (0, 8, [L1, N23, N47]),
        (5, 8, [L4, N67, N03]),
        (2, 3, [N01]),
        (1, 5, [L0, N23, L4]),
    ],
)
def test_inclusion_proofs_are_those_of_the_reference_tree(index, size, proof):
    assert hexed(inclusion_proof(LEAVES[:size], index)) == proof


@pytest.mark.parametrize(
    ("first", "second", "proof"),
    [
        (1, 1, []),
        (1, 8, [L1, N23, N47]),
        (6, 8, [N45, N67, N03]),
        (2, 5, [N23, L4]),
        (6, 7, [N45, L6, N03]),
    ],
)
def test_consistency_proofs_are_those_of_the_reference_tree(first, second, proof):
    assert hexed(consistency_proof(LEAVES[:second], first)) == proof


def test_an_empty_log_has_the_hash_of_nothing():
    assert root([]) == EMPTY_ROOT == hashlib.sha256(b"").digest()


SMALL = [leaf_hash(bytes([at])) for at in range(33)]
SMALL_ROOTS = [root(SMALL[:size]) for size in range(len(SMALL) + 1)]


def included(index, size, proof, *, leaf=None, at=None):
    return check_inclusion(
        leaf or SMALL[index],
        index=index if at is None else at,
        size=size,
        proof=proof,
        root_hash=SMALL_ROOTS[size],
    )


@pytest.mark.parametrize("size", range(1, len(SMALL) + 1))
def test_every_entry_is_included_and_in_no_other_place(size):
    for index in range(size):
        proof = inclusion_proof(SMALL[:size], index)
        assert len(proof) <= (size - 1).bit_length()
        assert included(index, size, proof)
        assert not included(index, size, proof, leaf=leaf_hash(b"other"))
        assert not included(index, size, (*proof, EMPTY_ROOT))
        assert not included(index, size, proof[:-1]) or not proof
        elsewhere = [at for at in range(-1, size + 1) if included(index, size, proof, at=at)]
        assert elsewhere == [index]


def consistent(first, second, proof, *, old=None, new=None):
    return check_consistency(
        first=first,
        second=second,
        first_root=old or SMALL_ROOTS[first],
        second_root=new or SMALL_ROOTS[second],
        proof=proof,
    )


@pytest.mark.parametrize("second", range(len(SMALL) + 1))
def test_every_beginning_is_consistent_and_nothing_else_is(second):
    for first in range(second + 1):
        proof = consistency_proof(SMALL[:second], first)
        assert consistent(first, second, proof)
        assert not consistent(first, second, (*proof, EMPTY_ROOT))
        assert not consistent(first, second, proof, old=bytes(32))
        assert not consistent(first, second, proof[:-1]) or not proof
        for at in range(len(proof)):
            assert not consistent(first, second, (*proof[:at], bytes(32), *proof[at + 1 :]))
        if 0 < first < second:
            assert not consistent(first, second, proof, new=bytes(32))
            assert not consistent(first, second, ())


@pytest.mark.parametrize("second", [2, 5, 16, 20])
def test_a_proof_that_ends_below_the_top_is_refused(second):
    for first in range(1, second):
        proof = consistency_proof(SMALL[:second], first)
        assert consistent(first, second, proof)
        assert not check_consistency(
            first=first,
            second=4 * second,
            first_root=SMALL_ROOTS[first],
            second_root=SMALL_ROOTS[second],
            proof=proof,
        )


def test_a_log_is_not_the_beginning_of_a_shorter_one():
    assert not consistent(5, 4, ())
    assert not consistent(-1, 4, (), old=EMPTY_ROOT)


@settings(max_examples=60)
@given(st.lists(st.binary(max_size=4), min_size=2, max_size=80), st.data())
def test_rewritten_history_has_no_consistency_proof(entries, choose):
    first = choose.draw(st.integers(1, len(entries) - 1))
    at = choose.draw(st.integers(0, first - 1))
    honest = [leaf_hash(entry) for entry in entries]
    rewritten = [*honest[:at], leaf_hash(b"something else"), *honest[at + 1 :]]
    assert check_consistency(
        first=first,
        second=len(honest),
        first_root=root(honest[:first]),
        second_root=root(honest),
        proof=consistency_proof(honest, first),
    )
    assert not check_consistency(
        first=first,
        second=len(honest),
        first_root=root(honest[:first]),
        second_root=root(rewritten),
        proof=consistency_proof(rewritten, first),
    )


@given(st.binary(min_size=64, max_size=64))
def test_a_leaf_is_never_taken_for_a_node(pair):
    assert leaf_hash(pair) != root([pair[:32], pair[32:]])


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=12), st.integers(0, 9))
def test_a_proof_of_rubbish_is_refused_and_never_an_error(proof, at):
    assert not included(0, 9, proof, at=at)
    assert not consistent(at, 10, proof) or (at == 0 and not proof)


@pytest.mark.parametrize("index", [-1, 8, 100])
def test_there_is_no_proof_for_an_entry_that_is_not_there(index):
    with pytest.raises(NotReady):
        inclusion_proof(LEAVES, index)


@pytest.mark.parametrize("first", [-1, 9])
def test_there_is_no_proof_from_a_longer_log(first):
    with pytest.raises(NotReady):
        consistency_proof(LEAVES, first)
