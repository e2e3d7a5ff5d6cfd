"""Shares of a key that we split combine in pyshamir, and its shares combine here."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pb_engine.sealing.shares import Share, combine, split
from tests.oracles import ask, needs_oracles

pytestmark = [needs_oracles, pytest.mark.xdist_group("oracles")]
SECRETS = st.binary(min_size=1, max_size=64)


@settings(max_examples=50)
@given(SECRETS, st.integers(2, 8), st.integers(0, 4))
def test_shares_combine_in_the_other_program(secret, threshold, spare):
    shares = split(secret, threshold=threshold, shares=threshold + spare)
    written = [(one.value + bytes([one.index])).hex() for one in shares[spare:]]
    assert ask("with_pyshamir", {"combine": written}) == secret.hex()


@settings(max_examples=50)
@given(SECRETS, st.integers(2, 8), st.integers(0, 4))
def test_its_shares_combine_here(secret, threshold, spare):
    question = {"secret": secret.hex(), "threshold": threshold, "shares": threshold + spare}
    raw = [bytes.fromhex(one) for one in ask("with_pyshamir", question)]
    shares = [Share(one[-1], one[:-1]) for one in raw[spare:]]
    assert combine(shares, threshold=threshold) == secret
