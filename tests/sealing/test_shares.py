import itertools
import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pb_engine.errors import InvalidKey, MistypedCode
from pb_engine.sealing import Share, combine, commitment, new_round_keys, read_share, split
from pb_engine.sealing.gf256 import evaluated, inverse, times
from pb_engine.sealing.symbols import ALPHABET

SECRET = bytes(range(100, 132))
SHARES = split(SECRET, threshold=3, shares=5)
COMMITMENTS = tuple(commitment(share) for share in SHARES)


def refusal(*shares, threshold=3, commitments=COMMITMENTS):
    with pytest.raises(InvalidKey) as refused:
        combine(shares, threshold=threshold, commitments=commitments)
    return refused.value.details


@settings(max_examples=40, deadline=None)
@given(st.binary(min_size=1, max_size=40), st.integers(1, 5), st.integers(0, 3), st.randoms())
def test_any_threshold_of_shares_gives_the_secret_back(secret, threshold, more, chance):
    shares = split(secret, threshold=threshold, shares=threshold + more)
    some = chance.sample(shares, threshold)
    assert combine(some, threshold=threshold) == secret


def test_every_choice_of_three_of_five_gives_the_secret_back():
    for chosen in itertools.permutations(SHARES, 3):
        assert combine(chosen, threshold=3, commitments=COMMITMENTS) == SECRET


def test_all_shares_together_agree():
    assert combine(SHARES, threshold=3) == SECRET


def test_one_of_one_keeps_the_secret_whole():
    (share,) = split(SECRET, threshold=1, shares=1)
    assert combine([share], threshold=1, commitments=[commitment(share)]) == SECRET


def test_fewer_shares_fit_every_secret():
    # Two of three shares and any guess lie on one polynomial, so they tell nothing.
    one, other, _ = split(b"\x2a", threshold=3, shares=3)
    thirds = {combine([one, other, Share(3, bytes([value]))], threshold=3) for value in range(256)}
    assert len(thirds) == 256


def test_too_few_shares_are_refused_with_both_numbers():
    details = refusal(*SHARES[:2])
    assert details == {"problem": "too_few", "given": 2, "wanted": 3}
    assert refusal(commitments=())["problem"] == "too_few"
    assert refusal(*SHARES, threshold=0)["problem"] == "too_few"


def test_a_share_that_is_there_twice_is_named():
    details = refusal(SHARES[0], SHARES[4], SHARES[4])
    assert details == {"problem": "duplicate", "share": 5}


def test_a_wrong_share_is_named_before_combining():
    wrong = Share(2, secrets.token_bytes(32))
    assert refusal(SHARES[0], wrong, SHARES[2]) == {"problem": "wrong", "share": 2}
    renumbered = Share(4, SHARES[1].value)
    assert refusal(SHARES[0], renumbered, SHARES[2]) == {"problem": "wrong", "share": 4}


def test_a_share_of_another_key_is_named_before_combining():
    foreign = split(SECRET, threshold=3, shares=7)
    assert refusal(SHARES[0], foreign[1], SHARES[2]) == {"problem": "wrong", "share": 2}
    assert refusal(SHARES[0], foreign[6], SHARES[2]) == {"problem": "foreign", "share": 7}
    short = Share(2, b"short")
    assert refusal(SHARES[0], short, SHARES[2], commitments=()) == {
        "problem": "foreign",
        "share": 2,
    }


def test_a_spare_share_shows_without_commitments_that_one_is_wrong():
    wrong = Share(2, secrets.token_bytes(32))
    details = refusal(SHARES[0], wrong, SHARES[2], SHARES[3], commitments=())
    assert details == {"problem": "inconsistent"}


@pytest.mark.parametrize(("threshold", "shares"), [(0, 3), (4, 3), (1, 256), (0, 0), (-1, 1)])
def test_impossible_numbers_are_refused(threshold, shares):
    with pytest.raises(InvalidKey) as refused:
        split(SECRET, threshold=threshold, shares=shares)
    assert refused.value.details["problem"] == "number"


@pytest.mark.parametrize(("index", "value"), [(0, b"x"), (256, b"x"), (1, b""), (1, bytes(256))])
def test_a_share_outside_its_bounds_is_refused(index, value):
    with pytest.raises(InvalidKey):
        Share(index, value)


def test_a_secret_that_cannot_be_shared_is_refused():
    for secret in (b"", bytes(256)):
        with pytest.raises(InvalidKey):
            split(secret, threshold=2, shares=3)


# Made once by another implementation (pyshamir 1.1.0, 3 of 5): values, then the number.
FOREIGN = (
    "a0f8773af6b462fcdad9cc596a980aa65baafc76e08b58642cb2e899a7061b9bd5",
    "b77c0abe14c7ec363caf770b2a7501dbf0de34acb3be5bdc8267cc545b21c75cb3",
    "0ffcbd7f5797fd1f10475ebe1cd4dbf46104f3c16e5917e2da19010f74674a8e40",
    "5ac285b4eff85d1b29144be6666d4aa0bfa3fe5946c477ff3214c14a7a1d05a739",
    "eae99131fc1251db38faccfc1b78368fbef4e065bd8ff924076ac22b281f56ae9f",
)


def test_shares_of_another_implementation_combine_here():
    shares = [Share(raw[-1], raw[:-1]) for raw in map(bytes.fromhex, FOREIGN)]
    for chosen in itertools.combinations(shares, 3):
        assert combine(chosen, threshold=3) == SECRET
    assert combine(shares, threshold=3) == SECRET


def test_the_field_is_that_of_aes():
    # FIPS 197, section 4.2, and every inverse.
    assert times(0x57, 0x83) == 0xC1
    assert times(0x57, 0x13) == 0xFE
    assert all(times(element, inverse(element)) == 1 for element in range(1, 256))
    assert evaluated((7, 0, 1), 2) == 7 ^ 4


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 255), st.binary(min_size=1, max_size=255))
def test_a_share_on_paper_reads_back(index, value):
    share = Share(index, value)
    text = share.written()
    assert all(len(group) == 5 for group in text.split("-"))
    assert read_share(text) == share
    assert read_share(text.lower().replace("-", "\n")) == share


def test_every_single_wrong_symbol_names_its_group():
    text = SHARES[0].written().replace("-", "")
    for at, right in enumerate(text):
        for wrong in set(ALPHABET) - {right}:
            with pytest.raises(MistypedCode) as refused:
                read_share(text[:at] + wrong + text[at + 1 :])
            assert refused.value.details == {"problem": "check", "group": at // 5 + 1}


def test_two_groups_in_each_others_place_are_noticed():
    groups = SHARES[0].written().split("-")
    for left, right in itertools.combinations(range(len(groups)), 2):
        swapped = list(groups)
        swapped[left], swapped[right] = groups[right], groups[left]
        with pytest.raises(MistypedCode) as refused:
            read_share("-".join(swapped))
        assert refused.value.details == {"problem": "check", "group": left + 1}


def test_groups_of_two_shares_do_not_make_one():
    one, other = SHARES[0].written().split("-"), SHARES[1].written().split("-")
    for at in range(1, len(one)):
        mixed = one[:at] + other[at:]
        if mixed in (one, other):
            continue  # the last group holds a few bits only, and two shares may agree in it
        with pytest.raises(MistypedCode):
            read_share("-".join(mixed))


def test_a_missing_group_or_symbol_is_noticed():
    groups = SHARES[0].written().split("-")
    for count in range(len(groups)):
        with pytest.raises(MistypedCode) as refused:
            read_share("-".join(groups[:count]))
        assert refused.value.details["problem"] == "length"
    with pytest.raises(MistypedCode) as refused:
        read_share(SHARES[0].written()[:-1])
    assert refused.value.details == {"problem": "length", "group": len(groups)}


@pytest.mark.parametrize("text", ["", "!", "22222", "hello world", "2" * 5000])
def test_what_is_no_share_is_refused(text):
    with pytest.raises(MistypedCode):
        read_share(text)


@given(st.text(max_size=60))
def test_any_text_is_refused_as_a_mistyped_share(text):
    with pytest.raises(MistypedCode):
        read_share(text)


def test_the_value_of_a_share_stays_out_of_repr():
    assert repr(SHARES[0]) == "Share(index=1)"


def test_a_round_key_survives_the_way_over_paper():
    keys = new_round_keys()
    sheets = [share.written() for share in split(keys.private, threshold=2, shares=3)]
    back = [read_share(sheet) for sheet in sheets[1:]]
    assert combine(back, threshold=2) == keys.private
