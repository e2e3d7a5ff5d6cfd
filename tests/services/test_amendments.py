"""A frozen register changes by two people, before a vote, and without a name in the log."""

import dataclasses

import pytest

from pb_engine.errors import NotReady, RegisterRefused
from pb_engine.services.amendments import changes_of, decide_change, propose_change
from pb_engine.services.codes import issue_codes
from pb_engine.services.rights import second_of
from pb_engine.store.register import AmendmentState, Channel, Code, CodeState, ResidentState
from tests.builders import CALENDAR, a_round, a_round_in, at
from tests.registers import lines, people

SLUG = "proef-2027"
WHY = "vergeten in de uitdraai"
NEW = {"name": "Nieuw Fictief", "postcode": "7523AB", "house": "90", "birth_year": "1990"}


@pytest.fixture
def staged(tmp_path):
    return a_round_in(tmp_path, "voting", codes=1, register=people(30))


def a_resident(staged, house=7):
    with staged.engine.stores.register.read() as work:
        return work.residents.at_address(SLUG, "7523AB", house)[0]


def the_right(staged, resident):
    with staged.engine.stores.register.read() as work:
        return work.entitlements.get(SLUG, resident.entitlement)


def change(staged, kind, told, *, agreed=True):
    number = propose_change(staged.engine, SLUG, kind, told, WHY, "balie een")
    return decide_change(staged.engine, SLUG, number, "balie twee", agreed=agreed)


def test_an_added_resident_gets_a_right_when_a_second_official_agrees(staged):
    number = propose_change(staged.engine, SLUG, "add", NEW, WHY, "balie een")
    with staged.engine.stores.register.read() as work:
        assert work.residents.at_address(SLUG, "7523AB", 90) == ()
    decide_change(staged.engine, SLUG, number, "balie twee", agreed=True)
    resident = a_resident(staged, 90)
    right = the_right(staged, resident)
    assert (resident.name, right.channel, right.area) == ("Nieuw Fictief", "none", "mekkelholt")
    assert right.second == second_of(staged.engine, SLUG, "1990", right.id)


def test_a_refused_change_changes_nothing(staged):
    after = change(staged, "add", NEW, agreed=False)
    assert after.state is AmendmentState.REFUSED
    with staged.engine.stores.register.read() as work:
        assert work.residents.count(SLUG) == 30


def test_after_the_decision_nothing_of_the_person_is_left_in_the_change_or_the_log(staged):
    number = propose_change(staged.engine, SLUG, "add", NEW, WHY, "balie een")
    assert "Fictief" in changes_of(staged.engine, SLUG)[0].change
    decide_change(staged.engine, SLUG, number, "balie twee", agreed=True)
    told = changes_of(staged.engine, SLUG)[0].change
    with staged.engine.stores.site.read() as work:
        log = str([dict(one.event.facts) for one in work.log.entries(limit=1000)])
    for secret in ("Fictief", "7523AB", "1990"):
        assert secret not in told
        assert secret not in log


def test_nobody_decides_his_own_proposal(staged):
    number = propose_change(staged.engine, SLUG, "add", NEW, WHY, "balie een")
    with pytest.raises(RegisterRefused, match="another official"):
        decide_change(staged.engine, SLUG, number, "balie een", agreed=True)
    decide_change(staged.engine, SLUG, number, "balie twee", agreed=True)
    with pytest.raises(RegisterRefused, match="decided already"):
        decide_change(staged.engine, SLUG, number, "balie drie", agreed=False)
    with pytest.raises(RegisterRefused, match="nobody proposed"):
        decide_change(staged.engine, SLUG, 99, "balie twee", agreed=True)


@pytest.mark.parametrize(("kind", "state"), [("move", "moved"), ("remove", "removed")])
def test_who_left_has_no_right_and_no_code_any_more(staged, kind, state):
    resident = a_resident(staged)
    with staged.engine.stores.register.write() as work:
        work.codes.add_many([Code(SLUG, "t", resident.entitlement, 1, CodeState.SENT)])
        work.commit()
    change(staged, kind, {"resident": resident.id})
    assert the_right(staged, resident).channel is Channel.VOID
    with staged.engine.stores.register.read() as work:
        assert work.codes.find(SLUG, "t").state is CodeState.VOID
        assert work.residents.get(SLUG, resident.id).state is ResidentState(state)


@pytest.mark.parametrize("kind", ["move", "remove", "correct"])
def test_a_used_right_does_not_change_neither_when_proposed_nor_when_decided(staged, kind):
    resident = a_resident(staged)
    told = {"resident": resident.id, "birth_year": "1970"}
    number = propose_change(staged.engine, SLUG, kind, told, WHY, "balie een")
    with staged.engine.stores.register.write() as work:
        assert work.entitlements.move(SLUG, resident.entitlement, (Channel.NONE,), Channel.DIGITAL)
        work.commit()
    with pytest.raises(RegisterRefused, match="was used"):
        decide_change(staged.engine, SLUG, number, "balie twee", agreed=True)
    with pytest.raises(RegisterRefused, match="was used"):
        propose_change(staged.engine, SLUG, kind, told, WHY, "balie een")
    assert the_right(staged, resident).channel is Channel.DIGITAL
    assert changes_of(staged.engine, SLUG)[0].state is AmendmentState.PROPOSED


def test_a_correction_keeps_the_right_and_what_was_not_typed(staged):
    before = a_resident(staged)
    change(staged, "correct", {"resident": before.id, "birth_year": "1961"})
    after = a_resident(staged)
    assert (after.id, after.entitlement, after.house) == (before.id, before.entitlement, 7)
    right = the_right(staged, after)
    assert right.second == second_of(staged.engine, SLUG, "1961", right.id)
    change(staged, "correct", {"resident": before.id, "postcode": "7523AB", "house": "91"})
    assert a_resident(staged, 91).birth_year == 1961


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({**NEW, "postcode": "7511AA"}, "does not lie in the area"),
        ({**NEW, "birth_year": "2016"}, "birthday during the round"),
        ({**NEW, "birth_year": ""}, "minimum age"),
        ({**NEW, "house": "nul"}, "house number"),
        ({**NEW, "house": "7", "name": "Bewoner 7 Fictief", "birth_year": "1980"}, "already"),
        ({**NEW, "person": "0007"}, "already"),
    ],
)
def test_who_has_no_right_here_is_not_added(staged, told, sentence):
    with pytest.raises(RegisterRefused, match=sentence):
        propose_change(staged.engine, SLUG, "add", told, WHY, "balie een")


def test_who_turns_twelve_in_the_year_of_the_reference_date_is_added(staged):
    change(staged, "add", {**NEW, "birth_year": "2015"})
    assert a_resident(staged, 90).birth_year == 2015


def test_a_reason_is_needed_and_an_unknown_kind_is_refused(staged):
    with pytest.raises(NotReady):
        propose_change(staged.engine, SLUG, "add", NEW, "kort", "balie")
    with pytest.raises(RegisterRefused, match="no change of a register"):
        propose_change(staged.engine, SLUG, "void", NEW, WHY, "balie")


def test_before_the_freeze_after_the_close_and_without_a_register_nothing_is_proposed(tmp_path):
    review = a_round_in(tmp_path / "a", "review", register=lines("1;A;7523AB;1;;1980"))
    draft = a_round_in(tmp_path / "d", "draft", register=lines("1;A;7523AB;1;;1980"))
    for early in (draft, review):
        with pytest.raises(RegisterRefused, match="not frozen yet"):
            propose_change(early.engine, SLUG, "add", NEW, WHY, "balie")
    bare = a_round_in(tmp_path / "b", "voting")
    with pytest.raises(RegisterRefused, match="no voter register"):
        propose_change(bare.engine, SLUG, "add", NEW, WHY, "balie")
    closed = a_round_in(tmp_path / "c", "closed", register=people(3))
    with pytest.raises(RegisterRefused, match="until voting is over"):
        propose_change(closed.engine, SLUG, "add", NEW, WHY, "balie")


def test_a_round_without_a_register_works_with_codes_alone(tmp_path):
    bare = a_round_in(tmp_path, "voting", codes=1)
    late = at(bare.engine, CALENDAR.voting.start)
    assert len(issue_codes(late, SLUG, 2, "team").codes) == 2


def test_nobody_is_added_who_is_older_than_the_round_asks(tmp_path):
    voters = dataclasses.replace(a_round().voters, maximum_age=60)
    staged = a_round_in(
        tmp_path, "voting", round_=a_round(voters=voters), codes=1, register=people(30)
    )
    old = {**NEW, "birth_year": "1950"}
    with pytest.raises(RegisterRefused) as refused:
        propose_change(staged.engine, SLUG, "add", old, WHY, "balie een")
    assert refused.value.details == {"problem": "too_old", "limit": 60}
