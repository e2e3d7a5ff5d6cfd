import hashlib
import hmac
import itertools

import pytest
from argon2.low_level import Type, hash_secret_raw
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.errors import InvalidKey, InvalidSettings, MistypedCode
from pb_engine.sealing import (
    DEFAULT_COST,
    StretchCost,
    code_tag,
    new_code,
    normalised,
    receipt_number,
    written,
)
from pb_engine.sealing.symbols import ALPHABET, check_symbol

CHEAP = StretchCost(8, 1, 1)
PEPPER = bytes(range(32))
CODES = [new_code() for _ in range(3)]
codes = st.builds(new_code)


def problem(typed):
    with pytest.raises(MistypedCode) as refused:
        normalised(typed)
    return refused.value.details["problem"]


def test_the_alphabet_has_thirty_two_symbols_without_look_alikes():
    assert len(set(ALPHABET)) == 32
    assert not set(ALPHABET) & set("01IO")


def test_codes_are_fresh_and_canonical():
    made = {new_code() for _ in range(500)}
    assert len(made) == 500
    assert all(normalised(code) == code and len(code) == 16 for code in made)
    assert {symbol for code in made for symbol in code} == set(ALPHABET)


def test_a_code_is_written_in_four_groups_of_four():
    text = written(CODES[0])
    assert [len(group) for group in text.split("-")] == [4, 4, 4, 4]
    assert text.replace("-", "") == CODES[0]


@pytest.mark.parametrize("code", CODES, ids=range(len(CODES)))
def test_every_single_wrong_symbol_is_caught(code):
    for at, symbol in itertools.product(range(16), ALPHABET):
        if symbol != code[at]:
            assert problem(code[:at] + symbol + code[at + 1 :]) == "check"


BODIES = ["2" * 15, "Z" * 15, "ABCDEFGHJKLMNPQ"]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_every_swap_of_neighbours_is_caught(body):
    # The check is linear, so a few frames stand for all: what else the code holds cancels out.
    for at in range(14):
        for one, other in itertools.combinations(ALPHABET, 2):
            code = completed(body[:at] + one + other + body[at + 2 :])
            assert problem(code[:at] + other + one + code[at + 2 :]) == "check"


def test_every_swap_with_the_check_symbol_is_caught():
    for first, last in itertools.product(ALPHABET, repeat=2):
        code = completed(first + "A" * 13 + last)
        if code[14] != code[15]:
            assert problem(code[:14] + code[15] + code[14]) == "check"


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_a_swap_of_any_two_places_is_caught(body):
    for left, right in itertools.combinations(range(15), 2):
        for one, other in itertools.pairwise(ALPHABET):
            code = completed(spread(body, {left: one, right: other}))
            assert problem(spread(code, {left: other, right: one})) == "check"


def spread(text, places):
    return "".join(places.get(at, symbol) for at, symbol in enumerate(text))


def completed(body):
    return body + check_symbol(body, 1)


@given(st.text(ALPHABET, min_size=15, max_size=15))
def test_each_fifteen_symbols_have_one_check_symbol(body):
    assert [symbol for symbol in ALPHABET if fits(body + symbol)] == [check_symbol(body, 1)]


def fits(code):
    try:
        return normalised(code) == code
    except MistypedCode:
        return False


@given(codes)
def test_a_code_is_understood_however_it_is_typed(code):
    wide = "".join(chr(ord(symbol) + 0xFEE0) for symbol in code)
    grouped = written(code)
    for typed in (
        code.lower(),
        grouped.lower(),
        grouped.replace("-", " "),
        grouped.replace("-", "–"),
        grouped.replace("-", "\N{NON-BREAKING HYPHEN}"),
        grouped.replace("-", "\N{MINUS SIGN}"),
        f"  {grouped}\r\n",
        f"\N{ZERO WIDTH SPACE}{code}\N{NO-BREAK SPACE}",
        "\t".join(code),
        wide,
        wide.lower(),
        code.replace("L", "1"),
        code.replace("L", "l"),
        code.replace("L", "I").replace("Q", "0"),
        code.replace("Q", "o"),
    ):
        assert normalised(typed) == code


@pytest.mark.parametrize("typed", ["", "-", "ABCD", "A" * 15, "A" * 17, "A" * 5000])
def test_a_wrong_length_is_named(typed):
    assert problem(typed) == "length"


@pytest.mark.parametrize("odd", ["!", "é", "ß", "А", "\0", "_", "🗳"])
def test_a_character_that_is_never_used_is_named_by_its_place(odd):
    with pytest.raises(MistypedCode) as refused:
        normalised(CODES[0][:4] + odd + CODES[0][5:])
    assert refused.value.details == {"problem": "symbol", "position": 5}


@given(st.text(max_size=40))
def test_any_other_text_is_refused_with_a_known_problem(typed):
    assert problem(typed) in {"length", "symbol", "check"}


def test_a_refusal_does_not_repeat_the_code():
    typed = CODES[0][:-1] + next(symbol for symbol in ALPHABET if symbol != CODES[0][-1])
    with pytest.raises(MistypedCode) as refused:
        normalised(typed)
    told = f"{refused.value!r} {refused.value.details}"
    assert not any(typed[at : at + 4] in told for at in range(13))


def test_a_receipt_number_is_not_taken_for_a_code():
    assert problem(receipt_number("ab" * 32)) == "length"


def test_a_tag_is_the_hmac_of_argon2id_by_an_independent_library():
    label = b"".join(
        len(part).to_bytes(8, "big") + part for part in (b"pb-engine/code-salt/1", b"mekdep-2027")
    )
    stretched = hash_secret_raw(
        completed("ABCDEFGHJKLMNPQ").encode(),
        hashlib.sha256(label).digest(),
        time_cost=2,
        memory_cost=64,
        parallelism=2,
        hash_len=32,
        type=Type.ID,
    )
    framed = b"".join(
        len(part).to_bytes(8, "big") + part for part in (b"pb-engine/code-tag/1", stretched)
    )
    code = completed("ABCDEFGHJKLMNPQ")
    tag = code_tag(code, round_id="mekdep-2027", pepper=PEPPER, cost=StretchCost(64, 2, 2))
    assert tag == hmac.new(PEPPER, framed, hashlib.sha256).hexdigest()


def test_the_tag_depends_on_code_round_pepper_and_cost_but_not_on_spelling():
    def tag(code=CODES[0], round_id="a", pepper=PEPPER, cost=CHEAP):
        return code_tag(code, round_id=round_id, pepper=pepper, cost=cost)

    others = [
        tag(code=CODES[1]),
        tag(round_id="b"),
        tag(pepper=bytes(32)),
        tag(cost=StretchCost(16, 1, 1)),
    ]
    assert len({tag(), *others}) == 5
    assert tag(code=written(CODES[0]).lower()) == tag()


def test_the_default_cost_is_nineteen_mebibytes_and_two_passes():
    cost = DEFAULT_COST
    assert (cost.memory_kib, cost.iterations, cost.lanes) == (19 * 1024, 2, 1)
    assert len(code_tag(CODES[0], round_id="a", pepper=PEPPER, cost=DEFAULT_COST)) == 64


def test_no_tag_is_made_of_a_mistyped_code_or_with_a_guessable_pepper():
    with pytest.raises(MistypedCode):
        code_tag("A" * 15, round_id="a", pepper=PEPPER, cost=CHEAP)
    with pytest.raises(InvalidKey):
        code_tag(CODES[0], round_id="a", pepper=b"", cost=CHEAP)


@pytest.mark.parametrize("cost", [(7, 1, 1), (8, 0, 1), (8, 1, 0), (15, 1, 2)])
def test_a_cost_below_what_argon2id_allows_is_refused(cost):
    with pytest.raises(InvalidSettings):
        StretchCost(*cost)
