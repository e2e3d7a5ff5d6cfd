"""Classes of records that look alike: never fewer than k, and nothing blanked for one alone."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pb_engine.disclosure import (
    DisclosureRefused,
    Hierarchy,
    Known,
    Step,
    age_bands,
    area_levels,
    split,
)
from tests.disclosure.streams import numbers

AGES = age_bands("age", {"halves": [45], "bands": [18, 25, 35, 45, 55, 65, 75]}, 12, 99)
PARENTS = {"b1": "west", "b2": "west", "b3": "east", "b4": "east", "b5": "east"}
AREAS = area_levels("area", ["district", "sub"], PARENTS, PARENTS)
GENDER = Hierarchy("gender", ("told",), {name: (name,) for name in ("v", "m", "x")})
HIERARCHIES = [AGES, AREAS, GENDER]
ORDER = [
    Step("age", "halves"),
    Step("area", "district"),
    Step("age", "bands"),
    Step("area", "sub"),
    Step("gender", "told"),
]

record = st.fixed_dictionaries(
    {
        "age": st.integers(12, 99).map(str),
        "area": st.sampled_from(sorted(PARENTS)),
        "gender": st.sampled_from(["v", "m", "x"]),
    }
)
files = st.lists(record, max_size=80)


def released(known, hierarchy, value):
    return known.value == ("*" if known.level == "*" else hierarchy.at(known.level, value))


@settings(deadline=None)
@given(files, st.integers(2, 12))
def test_every_class_has_k_records_that_carry_the_same_values(records, least):
    found = split(records, HIERARCHIES, ORDER, least=least)
    rows = Counter(one.known for one in found.classes for _ in one.members)
    assert all(number >= least for number in rows.values())
    assert len(rows) == len(found.classes)
    for one in found.classes:
        for member in one.members:
            for known, hierarchy in zip(one.known, HIERARCHIES, strict=True):
                assert known.attribute == hierarchy.attribute
                assert released(known, hierarchy, records[member][known.attribute])


@settings(deadline=None)
@given(files, st.integers(2, 12))
def test_every_record_is_in_one_class_or_nothing_is_released(records, least):
    found = split(records, HIERARCHIES, ORDER, least=least)
    everybody = list(range(len(records)))
    if len(records) < least:
        assert found.classes == ()
        assert list(found.suppressed) == everybody
        assert found.suppressed_share == (1 if records else 0)
    else:
        assert sorted(m for one in found.classes for m in one.members) == everybody
        assert found.suppressed_share == 0


@settings(deadline=None)
@given(files, st.integers(2, 12))
def test_no_value_is_blanked_for_one_record_and_released_for_another_like_it(records, least):
    found = split(records, HIERARCHIES, ORDER, least=least)
    # A record that would fit the released values of a class is in that class.
    for one in found.classes:
        fits = [
            place
            for place, given_record in enumerate(records)
            if all(
                released(known, hierarchy, given_record[known.attribute])
                for known, hierarchy in zip(one.known, HIERARCHIES, strict=True)
            )
        ]
        assert set(fits) == set(one.members)


@settings(deadline=None)
@given(files, st.data())
def test_both_answers_occur_in_every_class(records, drawing):
    size = len(records)
    answers = drawing.draw(st.lists(st.booleans(), min_size=size, max_size=size))
    found = split(records, HIERARCHIES, ORDER, least=3, answers=answers, least_each=2)
    for one in found.classes:
        given_answers = Counter(answers[member] for member in one.members)
        assert min(given_answers[True], given_answers[False]) >= 2
    if found.suppressed:
        assert min(answers.count(True), answers.count(False)) < 2 or size < 3


@settings(deadline=None)
@given(files, st.randoms())
def test_the_order_of_records_plays_no_part(records, shuffler):
    def sizes(some):
        found = split(some, HIERARCHIES, ORDER, least=4)
        return [(one.known, len(one.members)) for one in found.classes]

    shuffled = list(records)
    shuffler.shuffle(shuffled)
    assert sizes(records) == sizes(shuffled)


@settings(deadline=None)
@given(files, st.integers(2, 8))
def test_a_class_that_could_be_split_by_the_next_step_is(records, least):
    for one in split(records, HIERARCHIES, ORDER, least=least).classes:
        told = {known.attribute: known.level for known in one.known}
        if told["gender"] == "*":
            parts = Counter(records[member]["gender"] for member in one.members)
            assert min(parts.values()) < least


def test_a_gender_that_few_told_is_released_for_nobody_in_the_class():
    records = [{"gender": "v"}] * 20 + [{"gender": "m"}] * 20 + [{"gender": "x"}] * 2
    found = split(records, [GENDER], [Step("gender", "told")])
    assert [one.known for one in found.classes] == [(Known("gender", "*", "*"),)]
    assert found.kept_share(Step("gender", "told")) == 0


def test_the_kept_share_counts_records_at_just_that_level():
    records = [{"area": "b1"}] * 10 + [{"area": "b2"}] * 10 + [{"area": "b3"}] * 10
    records += [{"area": "b4"}] * 3
    found = split(records, [AREAS], [Step("area", "district"), Step("area", "sub")])
    assert found.kept_share(Step("area", "sub")) == Fraction(20, 33)
    assert found.kept_share(Step("area", "district")) == Fraction(13, 33)


def test_a_unanimous_file_is_not_released_with_its_answer():
    records = [{"gender": "v"}] * 30
    found = split(records, [GENDER], [Step("gender", "told")], answers=[True] * 30)
    assert found.suppressed_share == 1


def test_three_thousand_records_lose_nobody_and_keep_bands():
    drawn = numbers("records", 1_000_000)
    records = [
        {
            "age": str(12 + next(drawn) % 88),
            "area": f"b{1 + next(drawn) % 5}",
            "gender": "x" if next(drawn) % 35 == 0 else "vm"[next(drawn) % 2],
        }
        for _ in range(3_000)
    ]
    found = split(records, HIERARCHIES, ORDER)
    assert found.suppressed_share == 0
    assert min(len(one.members) for one in found.classes) >= 10
    assert found.kept_share(Step("age", "bands")) == 1


def test_age_bands_name_their_first_and_last_year():
    assert [AGES.at("bands", str(age)) for age in (12, 17, 18, 24, 74, 75, 99)] == [
        "12-17",
        "12-17",
        "18-24",
        "18-24",
        "65-74",
        "75+",
        "75+",
    ]
    assert AGES.at("halves", "44") == "12-44"


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: age_bands("age", {"a": [30], "b": [18, 40]}, 12, 99), "'18-39' lies in both"),
        (lambda: age_bands("age", {"a": [30]}, 50, 20), "cannot run"),
        (lambda: area_levels("area", ["district", "sub"], {}, ["b1"]), "needs 2 levels"),
        (lambda: Hierarchy("g", (), {}), "different names"),
        (lambda: Hierarchy("g", ("a", "a"), {}), "different names"),
        (lambda: split([{"age": "11"}] * 20, [AGES], [Step("age", "bands")]), "value '11'"),
        (lambda: split([{"age": None}] * 20, [AGES], [Step("age", "bands")]), "value None"),
        (lambda: split([{}] * 20, [AGES], [Step("age", "bands")]), "record 0 has no 'age'"),
        (lambda: split([], [AGES], [Step("gender", "told")]), "no hierarchy has 'gender'"),
        (lambda: split([], [AGES], [Step("age", "years")]), "level 'years'"),
        (lambda: split([], [AGES], [ORDER[2], ORDER[0]]), "not finer"),
        (lambda: split([{}], [], [], answers=[]), "each record one answer"),
        (lambda: split([], [], [], least=1), "2 records or more"),
    ],
)
def test_levels_records_and_orders_that_do_not_fit_are_refused(make, sentence):
    with pytest.raises(DisclosureRefused, match=sentence):
        make()
