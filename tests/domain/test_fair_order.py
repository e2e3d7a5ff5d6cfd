"""The order in which a visitor sees the ideas: stable for him, fair over all visitors."""

import hashlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.domain.fair_order import fair_key, fair_place, is_seed

IDEAS = tuple(f"i{number}-a1b2c3" for number in range(1, 9))
SEEDS = tuple(hashlib.sha256(str(n).encode()).hexdigest()[:8] for n in range(10_000))
# Chi-squared: 7 and 49 degrees of freedom, one chance in a million for a fair order.
LIMIT_PLACES = 41.0
LIMIT_PAIRS = 112.0


def test_every_idea_is_at_every_place_equally_often():
    counts = {idea: Counter() for idea in IDEAS}
    for seed in SEEDS:
        for idea, place in fair_place(seed, IDEAS).items():
            counts[idea][place] += 1
    expected = len(SEEDS) / len(IDEAS)
    for places in counts.values():
        spread = sum((places[place] - expected) ** 2 / expected for place in range(len(IDEAS)))
        assert spread < LIMIT_PLACES


def test_who_stands_first_says_nothing_about_who_stands_second():
    pairs = Counter()
    for seed in SEEDS:
        first, second = sorted(IDEAS, key=fair_place(seed, IDEAS).get)[:2]
        pairs[first, second] += 1
    expected = len(SEEDS) / (len(IDEAS) * (len(IDEAS) - 1))
    assert len(pairs) == len(IDEAS) * (len(IDEAS) - 1)
    assert sum((count - expected) ** 2 / expected for count in pairs.values()) < LIMIT_PAIRS


def test_a_biased_order_would_be_noticed():
    # The negative control: an order by the hash of the idea alone is the same for everybody.
    by_hash = sorted(IDEAS, key=lambda idea: hashlib.sha256(idea.encode()).digest())
    counts = Counter(by_hash.index(IDEAS[0]) for _ in SEEDS)
    expected = len(SEEDS) / len(IDEAS)
    spread = sum((counts[place] - expected) ** 2 / expected for place in range(len(IDEAS)))
    assert spread > LIMIT_PLACES


@given(st.text(), st.lists(st.text(), unique=True), st.randoms(use_true_random=False))
def test_an_order_depends_on_seed_and_ideas_only(seed, items, chance):
    seed = seed.encode("utf-8", "replace").decode()
    items = list({item.encode("utf-8", "replace").decode() for item in items})
    placed = fair_place(seed, items)
    assert sorted(placed.values()) == list(range(len(items)))
    chance.shuffle(items)
    assert fair_place(seed, items) == placed


@given(st.lists(st.sampled_from(IDEAS), unique=True, min_size=1))
def test_an_idea_that_comes_or_goes_moves_no_other_pair(some):
    whole = fair_place("zaad0001", IDEAS)
    part = fair_place("zaad0001", some)
    assert sorted(some, key=whole.get) == sorted(some, key=part.get)


def test_the_key_is_written_down_for_who_wants_to_redo_it():
    assert fair_key("zaad0001", "i1-a1b2c3").hex()[:16] == "e7c3f2c9b7383b03"


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("a1b2c3d4", True),
        ("abcdef", True),
        ("abcde", False),
        ("a" * 33, False),
        ("", False),
        ("ABCDEF12", False),
        ("a1b2c3d4\n", False),
        ("١٢٣٤٥٦", False),
        ("a1b2'--", False),
    ],
)
def test_a_seed_in_an_address_is_small_and_plain(text, fits):
    assert is_seed(text) is fits
