"""T09, T16, T64: voting rights and codes that somebody writes, changes or removes by hand."""

import pytest

from pb_engine.domain.events import Event
from pb_engine.errors import LogRefused, RegisterRefused, UnknownCode
from pb_engine.sealing import trustee_key_file
from pb_engine.services import phases
from pb_engine.services.amendments import changes_of, decide_change, propose_change
from pb_engine.services.ballot_projects import STYLE
from pb_engine.services.box_checks import check_box
from pb_engine.services.box_export import export_box
from pb_engine.services.box_file import read_box_file
from pb_engine.services.codes import find_entitlement, replace_code
from pb_engine.services.register_check import check_register, last_check
from pb_engine.services.register_freeze import (
    freeze_register,
    is_stated,
    read_statement,
    statement_of,
)
from pb_engine.services.rights import sealed_right
from pb_engine.store.register import Channel, Entitlement
from tests.builders import CALENDAR, a_round_in, admitted, some_codes, vote
from tests.registers import people
from tests.store.raw import raw_sql
from tests.trustees import a_ceremony, cast, closed, opened_under, ready_to_vote

SLUG = "proef-2027"


@pytest.fixture
def staged(tmp_path):
    """A round with thirty residents and two codes, of which one is used."""
    opened = a_round_in(tmp_path, "voting", codes=2, register=people(30))
    vote(opened, opened.codes[0], ["Bankjes"])
    return opened


def found(staged):
    return {one.kind: one.number for one in check_register(staged.engine, SLUG).problems}


def by_hand(staged, *statements):
    return raw_sql(staged.engine.stores.register, *statements)


def a_resident(staged, house=7):
    with staged.engine.stores.register.read() as work:
        return work.residents.at_address(SLUG, "7523AB", house)[0]


def a_change(staged, kind="add", told=None, *, agreed=True):
    new = {"postcode": "7523AB", "house": "88", "birth_year": "1990", "name": "Nieuw Fictief"}
    number = propose_change(
        staged.engine, SLUG, kind, told or new, "verhuisd naar de wijk", "balie een"
    )
    return decide_change(staged.engine, SLUG, number, "balie twee", agreed=agreed)


def test_a_register_that_nobody_touched_holds_before_and_after_votes_codes_and_changes(staged):
    checked = check_register(staged.engine, SLUG)
    assert (checked.rights, checked.frozen, checked.added, checked.problems) == (30, 30, 0, ())
    some_codes(staged, 3, first=3)
    replace_code(staged.engine, SLUG, staged.codes[1], "brief kwijt", "balie")
    a_change(staged)
    a_change(staged, "remove", {"resident": a_resident(staged).id})
    a_change(staged, "correct", {"resident": a_resident(staged, 8).id, "birth_year": "1975"})
    a_change(staged, "move", {"resident": a_resident(staged, 9).id}, agreed=False)
    checked = check_register(staged.engine, SLUG)
    assert (checked.rights, checked.added, checked.problems) == (31, 1, ())


GHOST = (
    "INSERT INTO entitlements (round, id, style, area, channel, second, seal) "
    "SELECT round, '{id}', style, area, 'none', second, seal FROM entitlements LIMIT 1"
)


def test_a_right_that_is_typed_into_the_database_is_counted_as_such(staged):
    by_hand(staged, GHOST.format(id="f" * 32), GHOST.format(id="e" * 32))
    assert found(staged) == {"unsealed": 2}


def test_a_right_that_is_removed_is_missing(staged):
    one = a_resident(staged)
    by_hand(
        staged,
        f"DELETE FROM residents WHERE id = '{one.id}'",
        f"DELETE FROM entitlements WHERE id = '{one.entitlement}'",
    )
    assert found(staged) == {"missing": 1, "residents": 1}


@pytest.mark.parametrize("change", ["area = 'roombeek'", "second = NULL", "style = 'x'"])
def test_a_right_that_is_changed_is_neither_itself_nor_there(staged, change):
    by_hand(
        staged, f"UPDATE entitlements SET {change} WHERE id = '{a_resident(staged).entitlement}'"
    )
    assert found(staged) == {"unsealed": 1, "missing": 1}


def test_a_code_that_is_pointed_at_another_right_opens_no_door_and_is_named(staged):
    other = a_resident(staged).entitlement
    mine = find_entitlement(staged.engine, SLUG, staged.codes[0]).id
    by_hand(staged, f"UPDATE codes SET entitlement = '{other}' WHERE entitlement = '{mine}'")
    with pytest.raises(UnknownCode, match="not given to this voting right"):
        find_entitlement(staged.engine, SLUG, staged.codes[0])
    with pytest.raises(UnknownCode):
        replace_code(staged.engine, SLUG, staged.codes[0], "brief kwijt", "balie")
    assert found(staged)["code_moved"] == 1


def test_a_copied_seal_makes_no_code(staged):
    right = a_resident(staged).entitlement
    by_hand(
        staged,
        "INSERT INTO codes (round, tag, entitlement, batch, state, seal) "
        f"SELECT round, 'ghost', '{right}', batch, state, seal FROM codes LIMIT 1",
    )
    assert found(staged) == {"code_moved": 1}


def test_a_code_that_is_removed_is_missing(staged):
    by_hand(staged, "DELETE FROM codes WHERE tag = (SELECT min(tag) FROM codes)")
    assert found(staged)["code_missing"] == 1


def test_a_replaced_code_that_is_woken_up_makes_two(staged):
    replace_code(staged.engine, SLUG, staged.codes[1], "brief kwijt", "balie")
    assert found(staged) == {}
    by_hand(staged, "UPDATE codes SET state = 'created'")
    assert found(staged) == {"code_twice": 1}


def test_a_used_right_that_is_set_back_shows_against_the_box(staged):
    by_hand(staged, "UPDATE entitlements SET channel = 'none'")
    assert found(staged) == {"unused": 1}


@pytest.mark.parametrize(("channel", "kind"), [("void", "void"), ("paper", "paper")])
def test_a_right_that_is_withdrawn_or_put_on_paper_by_nobody_is_named(staged, channel, kind):
    right = a_resident(staged).entitlement
    by_hand(staged, f"UPDATE entitlements SET channel = '{channel}' WHERE id = '{right}'")
    assert found(staged) == {kind: 1}


def test_rights_beyond_the_codes_of_the_event_log_are_named_even_with_a_seal(staged):
    ghost = Entitlement("d" * 32, SLUG, STYLE, "mekkelholt", Channel.NONE)
    with staged.engine.stores.register.write() as work:
        work.entitlements.add_many([sealed_right(staged.engine, ghost)])
        work.commit()
    assert found(staged) == {"unexplained": 1}


def test_what_was_frozen_cannot_be_frozen_anew(staged):
    by_hand(staged, "UPDATE rolls SET counts = replace(counts, '\"rights\":30', '\"rights\":31')")
    assert found(staged)["frozen"] == 1
    by_hand(staged, "UPDATE rolls SET counts = '[]'")
    assert found(staged)["frozen"] == 1
    by_hand(staged, "DELETE FROM rolls")
    assert found(staged)["frozen"] == 1


def test_the_statement_is_signed_for_this_round_alone(staged):
    with staged.engine.stores.register.read() as work:
        statement = read_statement(work.rolls.get(SLUG))
    public = bytes.fromhex(statement.key)
    assert is_stated(statement, SLUG, public)
    assert not is_stated(statement, "andere-2027", public)


def test_an_approved_change_cannot_be_undone_or_made_up(staged):
    a_change(staged)
    a_change(staged, "remove", {"resident": a_resident(staged).id})
    assert found(staged) == {}
    by_hand(staged, "UPDATE entitlements SET channel = 'none' WHERE channel = 'void'")
    assert found(staged) == {"change_undone": 1}
    by_hand(staged, "UPDATE amendments SET state = 'refused' WHERE amendment = 2")
    assert found(staged) == {"changes": 1}
    by_hand(staged, "DELETE FROM amendments")
    assert found(staged)["changes"] == 2


def test_a_change_that_somebody_types_in_is_not_signed(staged):
    one = a_resident(staged)
    number = propose_change(
        staged.engine, SLUG, "remove", {"resident": one.id}, "overleden in mei", "balie een"
    )
    by_hand(
        staged,
        f"UPDATE amendments SET state = 'approved', decided_by = 'iemand', "
        f'change = \'{{"right": "{one.entitlement}"}}\' WHERE amendment = {number}',
        f"UPDATE entitlements SET channel = 'void' WHERE id = '{one.entitlement}'",
    )
    assert found(staged) == {"changes": 1, "void": 1}


def test_closing_goes_on_and_says_what_it_found(staged):
    by_hand(staged, GHOST.format(id="f" * 32))
    closed = staged.move_to(CALENDAR.voting.end)
    phases.take_step(closed.engine, SLUG, "close_voting", "team")
    assert last_check(closed.engine, SLUG).problems == 1
    with closed.engine.stores.site.read() as work:
        told = [one.event for one in work.log.entries(limit=1000)]
    assert (
        Event(
            "register_checked", SLUG, "team", {"rights": 31, "problems": 1, "told": "unsealed: 1"}
        )
        in told
    )


def test_a_register_with_ghosts_does_not_open(tmp_path):
    review = a_round_in(tmp_path, "review", register=people(30))
    by_hand(review, GHOST.format(id="f" * 32))
    later = review.move_to(CALENDAR.voting.start)
    with pytest.raises(RegisterRefused, match="not made by this register"):
        phases.take_step(later.engine, SLUG, "open_voting", "team")


def test_a_round_with_codes_only_is_held_against_the_event_log(tmp_path):
    staged = a_round_in(tmp_path, "voting", codes=4)
    vote(staged, staged.codes[0], ["AED"])
    checked = check_register(staged.engine, SLUG)
    assert (checked.rights, checked.frozen, checked.added, checked.problems) == (4, None, 4, ())
    by_hand(staged, GHOST.format(id="f" * 32))
    assert found(staged) == {"unsealed": 1}


def test_the_same_resident_has_one_right_whatever_code_comes_last(staged):
    first = admitted(staged, staged.codes[1])
    new = replace_code(staged.engine, SLUG, staged.codes[1], "brief kwijt", "balie")
    assert admitted(staged, new).voted_before is first.voted_before is False
    assert len(changes_of(staged.engine, SLUG)) == 0
    assert found(staged) == {}


def test_a_change_that_is_typed_into_both_databases_lacks_the_signature(staged):
    one, false = a_resident(staged), "ab" * 64
    number = propose_change(
        staged.engine, SLUG, "remove", {"resident": one.id}, "overleden in mei", "balie een"
    )
    by_hand(
        staged,
        f"UPDATE amendments SET state = 'approved', decided_by = 'iemand', signed = x'{false}', "
        f'change = \'{{"right": "{one.entitlement}"}}\' WHERE amendment = {number}',
    )
    facts = {"number": number, "kind": "remove", "decision": "approved", "signature": false}
    with staged.engine.stores.site.write() as work:
        work.log.append(
            Event("register_change_decided", SLUG, "iemand", facts), staged.engine.clock()
        )
        work.commit()
    assert found(staged) == {"changes": 1}


def test_whoever_freezes_anew_with_the_key_is_betrayed_by_the_event_log(staged):
    ghost = Entitlement("d" * 32, SLUG, STYLE, "mekkelholt", Channel.NONE)
    with staged.engine.stores.register.write() as work:
        work.entitlements.add_many([sealed_right(staged.engine, ghost)])
        work.commit()
    by_hand(staged, "UPDATE rolls SET digest = NULL, counts = NULL")
    freeze_register(staged.engine, SLUG, statement_of(staged.engine, SLUG))
    assert "frozen" in found(staged)


def test_a_register_that_did_not_hold_stops_the_count_until_people_decide(tmp_path):
    held = opened_under(ready_to_vote(tmp_path / "pb"), trustee_key_file(a_ceremony().key))
    cast(held, {"Bankjes": 2, "AED": 1})
    by_hand(held, GHOST.format(id="f" * 32))
    export_box(closed(held).engine, SLUG, tmp_path / "export")
    box = read_box_file(tmp_path / "export")
    with pytest.raises(LogRefused, match="not what it must be on 1 points"):
        check_box(box)
    assert "by decision of those who are here" in check_box(box, despite_register=True)[-1]
