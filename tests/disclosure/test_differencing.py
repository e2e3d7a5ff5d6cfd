"""No two releases may isolate a few persons by subtraction."""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pb_engine.disclosure import (
    DeclaredTable,
    DisclosureRefused,
    Finding,
    Group,
    Grouping,
    Mistake,
    Programme,
    admit,
    differences,
    member_token,
)
from pb_engine.disclosure.unions import isolates_by_unions

PROGRAMME = Programme(
    (
        DeclaredTable("everyone", ("persons", "trust"), ()),
        DeclaredTable("by area", ("persons", "trust"), ("area",)),
        DeclaredTable("by age", ("persons",), ("age",)),
        DeclaredTable("channels", ("channel",), ("channel",)),
    )
)
KEY = bytes(32)


def tokens(*numbers):
    return frozenset(member_token(KEY, str(number), b"") for number in numbers)


def grouping(table, **groups):
    return Grouping(
        table, tuple(Group((name,), tokens(*members)) for name, members in groups.items())
    )


def subsets(sets):
    return chain.from_iterable(combinations(sets, size) for size in range(len(sets) + 1))


def isolates_by_trying_everything(above, below, least):
    for upper in subsets(above):
        whole = frozenset().union(*upper)
        for lower in subsets(below):
            part = frozenset().union(*lower)
            if part <= whole and 0 < len(whole - part) < least:
                return True
    return False


@st.composite
def partitions(draw, persons=12, most=4):
    """Some of the persons in disjoint groups; who draws 0 is in none."""
    places = draw(st.lists(st.integers(0, most), min_size=persons, max_size=persons))
    groups = [
        frozenset(bytes([person]) for person in range(persons) if places[person] == place)
        for place in range(1, most + 1)
    ]
    return [group for group in groups if group]


@settings(max_examples=400, deadline=None)
@given(partitions(), partitions(), st.integers(2, 5))
def test_unions_of_groups_are_judged_as_trying_all_of_them_would(above, below, least):
    found = isolates_by_unions(above, below, least)
    assert found == isolates_by_trying_everything(above, below, least)


def sets(*groups):
    return [frozenset(name.encode() for name in group.split()) for group in groups]


def test_one_person_is_not_counted_for_two_ways_round():
    # Both groups above minus all below but the first leave pq and rq.
    above = sets("pq p1 p2 p3 p4 p5 p6 p7 p8 p9", "rq r1 r2 r3")
    below = sets("pq rq", "p1 p2 p3 r1", "p4 p5 p6 r2", "p7 p8 p9 r3")
    assert isolates_by_unions(above, below, 4)
    assert not isolates_by_unions(above, below, 2)


def test_a_way_is_no_wider_than_its_narrowest_step():
    above = sets("aq a1", "bq b1", "cq c1", "dq d1")
    below = sets("aq bq cq dq", "a1 b1 c1 d1")
    assert isolates_by_unions(above, below, 4)
    assert not isolates_by_unions(above, below, 2)


@settings(max_examples=300, deadline=None)
@given(st.lists(partitions(persons=9, most=3), min_size=2, max_size=3), st.integers(2, 4))
def test_what_is_admitted_isolates_nobody_by_any_two_releases(drawn, least):
    names = ["everyone", "by area", "by age"]
    out = ()
    for name, sets in zip(names, drawn, strict=False):
        table = Grouping(name, tuple(Group((str(n),), one) for n, one in enumerate(sets)))
        try:
            out = admit(PROGRAMME, out, [table], least)
        except DisclosureRefused:
            continue
    for one in out:
        for other in out:
            above = [group.members for group in one.groups]
            below = [group.members for group in other.groups]
            assert not isolates_by_trying_everything(above, below, least)


def test_everyone_and_then_everyone_but_a_small_area_is_refused():
    out = admit(PROGRAMME, (), [grouping("everyone", all=range(100))])
    but_a_few = grouping("by area", north=range(50), south=range(50, 96))
    assert differences(PROGRAMME, out, [but_a_few]) == (
        Finding("by area", "everyone", Mistake.SMALL_REMAINDER),
    )
    with pytest.raises(DisclosureRefused, match="'by area' beside 'everyone'"):
        admit(PROGRAMME, out, [but_a_few])


def test_everyone_and_then_everyone_but_ten_is_admitted():
    out = admit(PROGRAMME, (), [grouping("everyone", all=range(100))])
    assert len(admit(PROGRAMME, out, [grouping("by area", rest=range(90))])) == 2


def test_a_release_repeated_after_one_late_ballot_is_refused():
    out = admit(PROGRAMME, (), [grouping("by area", north=range(50), south=range(50, 90))])
    late = grouping("by area", north=range(51), south=range(51, 90))
    found = differences(PROGRAMME, out, [late])
    assert found == (Finding("by area", "by area", Mistake.CLOSE_GROUPS),)


def test_a_release_repeated_after_one_changed_answer_is_refused():
    before = tokens(*range(40))
    changed = (before - tokens(7)) | {member_token(KEY, "7", b"another answer")}
    out = admit(PROGRAMME, (), [Grouping("everyone", (Group((), before),))])
    found = differences(PROGRAMME, out, [Grouping("everyone", (Group((), changed),))])
    assert found == (Finding("everyone", "everyone", Mistake.CLOSE_GROUPS),)


def test_the_very_same_release_may_be_repeated():
    table = grouping("by area", north=range(50), south=range(50, 90))
    assert admit(PROGRAMME, (table,), [table]) == (table, table)


@pytest.mark.parametrize("members", [1, 9])
def test_a_group_of_fewer_than_ten_is_refused(members):
    found = differences(PROGRAMME, (), [grouping("by area", north=range(members))])
    assert found == (Finding("by area", "by area", Mistake.SMALL_GROUP),)


def test_two_new_tables_are_held_against_each_other():
    new = [grouping("everyone", all=range(100)), grouping("by age", old=range(97))]
    assert [finding.against for finding in differences(PROGRAMME, (), new)] == ["everyone"]


def test_tables_about_different_things_are_not_compared():
    out = admit(PROGRAMME, (), [grouping("everyone", all=range(100))])
    assert differences(PROGRAMME, out, [grouping("channels", web=range(97))]) == ()


def test_when_one_table_isolates_somebody_none_is_admitted():
    good, bad = grouping("everyone", all=range(100)), grouping("by age", old=range(99))
    with pytest.raises(DisclosureRefused):
        admit(PROGRAMME, (), [good, bad])


def test_a_table_that_nobody_declared_is_refused_even_when_it_is_the_first():
    with pytest.raises(DisclosureRefused, match="'by street' is not in the declared programme"):
        differences(PROGRAMME, (), [grouping("by street", one=range(100))])


def test_a_member_in_two_groups_is_refused():
    with pytest.raises(DisclosureRefused, match="another group as well"):
        grouping("by area", north=range(50), south=range(49, 90))


def test_tables_as_large_as_a_study_are_judged():
    crossed = {f"c{n}": range(n, 3_000, 120) for n in range(120)}
    areas = {f"a{n}": range(n, 3_000, 10) for n in range(10)}
    ages = {f"b{n}": range(n, 3_000, 9) for n in range(9)}
    tables = [
        grouping("everyone", **crossed),
        grouping("by area", **areas),
        grouping("by age", **ages),
    ]
    assert differences(PROGRAMME, (), tables) == ()


def test_the_digest_of_a_programme_ignores_order_and_sees_every_change():
    backwards = Programme(PROGRAMME.tables[::-1])
    assert backwards.digest() == PROGRAMME.digest()
    for place, table in enumerate(PROGRAMME.tables):
        wider = DeclaredTable(table.name, table.variables, (*table.dimensions, "gender"))
        changed = (*PROGRAMME.tables[:place], wider, *PROGRAMME.tables[place + 1 :])
        assert Programme(changed).digest() != PROGRAMME.digest()


def test_a_table_declared_twice_or_without_a_variable_is_refused():
    table = DeclaredTable("t", ("persons",), ())
    with pytest.raises(DisclosureRefused, match="declared twice"):
        Programme((table, table))
    with pytest.raises(DisclosureRefused, match="counts nothing"):
        Programme((DeclaredTable("t", (), ()),))
