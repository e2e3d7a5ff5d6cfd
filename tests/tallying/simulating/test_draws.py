"""Draws: the same everywhere, below their bound, and even."""

from __future__ import annotations

import hashlib
from collections import Counter
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from pb_engine.tallying.simulating import Draws


def test_the_first_words_are_those_of_the_documented_hashes():
    key = hashlib.sha256(b"pb-engine draw v1\0een zaad\0marks\x007").digest()
    blocks = [hashlib.sha256(key + block.to_bytes(8, "big")).digest() for block in range(2)]
    raw = b"".join(blocks)
    expected = [int.from_bytes(raw[at : at + 8], "big") for at in range(0, 64, 8)]
    draws = Draws("een zaad", "marks", 7)
    assert [draws.below(2**64) for _ in range(8)] == expected


def test_draws_never_change_from_one_version_to_the_next():
    draws = Draws("zaad")
    assert [draws.below(1000) for _ in range(6)] == [762, 698, 660, 555, 307, 681]
    assert Draws("zaad", "lot").shuffled("abcdef") == list("dafbec")


@given(st.text(), st.integers(1, 2**64))
def test_a_draw_stays_below_its_bound(seed, bound):
    draws = Draws(seed)
    assert all(0 <= draws.below(bound) < bound for _ in range(5))


def test_a_word_that_would_favour_low_numbers_is_thrown_away():
    bound = 2**63 + 1  # half of all words lie above its last multiple
    draws, plain = Draws("scheef"), Draws("scheef")
    words = [plain.below(2**64) for _ in range(40)]
    kept = [word for word in words if word < bound]
    assert len(kept) < 30
    assert [draws.below(bound) for _ in kept] == kept


def test_every_order_comes_up_about_as_often():
    draws = Draws("orden")
    seen = Counter("".join(draws.shuffled("abc")) for _ in range(6000))
    assert set(seen) == {"".join(order) for order in permutations("abc")}
    assert all(850 < times < 1150 for times in seen.values())


def test_another_name_gives_other_draws():
    streams = [Draws("a"), Draws("b"), Draws("a", "x"), Draws("a", "x", 0), Draws("a", "x", 1)]
    assert len({stream.below(2**64) for stream in streams}) == len(streams)
