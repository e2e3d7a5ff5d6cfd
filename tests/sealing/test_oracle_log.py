"""The log of the box and pymerkle build the same tree (RFC 9162)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pb_engine.sealing.log import (
    check_consistency,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root,
)
from tests.oracles import ask, needs_oracles

pytestmark = [needs_oracles, pytest.mark.xdist_group("oracles")]
ENTRIES = st.lists(st.binary(max_size=8), min_size=1, max_size=40)


@settings(max_examples=50)
@given(ENTRIES, st.data())
def test_roots_and_proofs_agree(entries, data):
    index = data.draw(st.integers(0, len(entries) - 1))
    first = data.draw(st.integers(1, len(entries)))
    leaves = [leaf_hash(entry) for entry in entries]
    question = {"entries": [one.hex() for one in entries], "index": index, "first": first}
    theirs = ask("with_pymerkle", question)
    assert root(leaves).hex() == theirs["root"]
    assert root(leaves[:first]).hex() == theirs["earlier"]
    # Its proof begins with the leaf, which the reader of ours has already.
    proof = [one.hex() for one in inclusion_proof(leaves, index)]
    assert [leaves[index].hex(), *proof] == theirs["inclusion"]
    # It proves consistency from other subtrees than the RFC does, so only the roots are its own.
    assert check_consistency(
        first=first,
        second=len(entries),
        first_root=bytes.fromhex(theirs["earlier"]),
        second_root=bytes.fromhex(theirs["root"]),
        proof=consistency_proof(leaves, first),
    )
