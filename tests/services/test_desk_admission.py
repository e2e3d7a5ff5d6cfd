"""A code from the counter: who gets one, how long it works, and what stays behind."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from pb_engine.errors import (
    CodeUsed,
    CodeVoid,
    MistypedCode,
    NotReady,
    UnknownCode,
    WrongPhase,
)
from pb_engine.services.codes import find_entitlement
from pb_engine.services.counter import give_code
from pb_engine.services.desk_admission import MINUTES, redeem, vouch
from pb_engine.services.register_check import check_register
from pb_engine.store.register import Channel, Entitlement
from tests.builders import a_round_in, at
from tests.enrolled import enrol
from tests.leftovers import dumped
from tests.registers import people
from tests.store.raw import raw_sql

WHY = "paspoort gezien"


@pytest.fixture
def staged(tmp_path):
    return a_round_in(tmp_path)


@pytest.fixture
def right(staged):
    return enrol(staged.engine, staged.slug, "999990019")[0]


def test_a_code_of_the_counter_leads_to_the_voting_right_however_it_is_typed(staged, right):
    seen = vouch(staged.engine, staged.slug, right, "balie", WHY)
    assert len(seen.code) == 11
    typed = seen.code.lower().replace("-", " ")
    assert redeem(staged.engine, staged.slug, typed) == right


def test_it_works_once(staged, right):
    seen = vouch(staged.engine, staged.slug, right, "balie", WHY)
    redeem(staged.engine, staged.slug, seen.code)
    with pytest.raises(CodeVoid):
        redeem(staged.engine, staged.slug, seen.code)


def test_it_works_for_a_quarter_of_an_hour(staged, right):
    seen = vouch(staged.engine, staged.slug, right, "balie", WHY)
    began = staged.engine.clock()
    assert seen.expires == began + timedelta(minutes=MINUTES)
    late = at(staged.engine, seen.expires + timedelta(minutes=1))
    with pytest.raises(UnknownCode):
        redeem(late, staged.slug, seen.code)
    assert redeem(at(staged.engine, seen.expires), staged.slug, seen.code) == right


def test_a_mistyped_code_is_told_apart_from_an_unknown_one(staged, right):
    seen = vouch(staged.engine, staged.slug, right, "balie", WHY)
    with pytest.raises(MistypedCode):
        redeem(staged.engine, staged.slug, seen.code[:-1])
    with pytest.raises(MistypedCode):
        redeem(staged.engine, staged.slug, seen.code[1] + seen.code[0] + seen.code[2:] + "X")


def test_a_code_of_a_letter_is_none_of_the_counter_and_the_other_way_round(staged, right):
    seen = vouch(staged.engine, staged.slug, right, "balie", WHY)
    with pytest.raises(MistypedCode):
        find_entitlement(staged.engine, staged.slug, seen.code)
    with pytest.raises(MistypedCode):
        redeem(staged.engine, staged.slug, staged.codes[0])


def test_a_code_that_somebody_pointed_at_another_right_in_the_database_opens_nothing(staged, right):
    seen = vouch(staged.engine, staged.slug, right, "balie", WHY)
    other = enrol(staged.engine, staged.slug, "999990020")[0]
    raw_sql(
        staged.engine.stores.register, f"UPDATE codes SET entitlement = '{other}' WHERE batch = 0"
    )
    with pytest.raises(UnknownCode):
        redeem(staged.engine, staged.slug, seen.code)


def test_the_check_of_the_register_holds_while_the_counter_gives_codes(tmp_path):
    staged = a_round_in(tmp_path, register=people(12))
    with staged.engine.stores.register.read() as work:
        resident = next(work.residents.each(staged.slug))
    give_code(staged.engine, staged.slug, resident.id, "brief kwijt", "balie")
    seen = vouch(staged.engine, staged.slug, resident.entitlement, "balie", WHY)
    assert check_register(staged.engine, staged.slug).problems == ()
    redeem(staged.engine, staged.slug, seen.code)
    assert check_register(staged.engine, staged.slug).problems == ()


def test_it_is_not_counted_among_the_codes_of_print_runs(staged, right):
    with staged.engine.stores.register.read() as work:
        before = work.codes.counts(staged.slug)
    vouch(staged.engine, staged.slug, right, "balie", WHY)
    with staged.engine.stores.register.read() as work:
        assert work.codes.counts(staged.slug) == before


def test_two_people_who_type_one_code_at_once_are_one(staged, right):
    seen = vouch(staged.engine, staged.slug, right, "balie", WHY)

    def use(_):
        try:
            return redeem(staged.engine, staged.slug, seen.code)
        except CodeVoid:
            return None

    with ThreadPoolExecutor(8) as pool:
        assert sorted(filter(None, pool.map(use, range(8)))) == [right]


def test_no_code_without_a_reason_for_nobody_and_before_voting(staged, right, tmp_path):
    with pytest.raises(NotReady):
        vouch(staged.engine, staged.slug, right, "balie", " ")
    with pytest.raises(UnknownCode):
        vouch(staged.engine, staged.slug, "nobody", "balie", WHY)
    early = a_round_in(tmp_path / "review", "review")
    with pytest.raises(WrongPhase):
        vouch(early.engine, early.slug, right, "balie", WHY)


@pytest.mark.parametrize(
    ("channel", "refusal"), [(Channel.PAPER, CodeUsed), (Channel.VOID, CodeVoid)]
)
def test_no_code_for_a_right_that_went_to_paper_or_was_withdrawn(staged, right, channel, refusal):
    with staged.engine.stores.register.write() as work:
        work.entitlements.move(staged.slug, right, (Channel.NONE,), channel)
        work.commit()
    with pytest.raises(refusal):
        vouch(staged.engine, staged.slug, right, "balie", WHY)


def test_no_code_for_a_right_that_somebody_typed_into_the_database(staged):
    forged = Entitlement("forged", staged.slug, "all", None, Channel.NONE)
    with staged.engine.stores.register.write() as work:
        work.entitlements.add_many([forged])
        work.commit()
    with pytest.raises(UnknownCode):
        vouch(staged.engine, staged.slug, "forged", "balie", WHY)


def test_the_log_has_officer_and_reason_and_nothing_of_the_voter(staged, right):
    seen = vouch(staged.engine, staged.slug, right, "balie", WHY)
    with staged.engine.stores.site.read() as work:
        entry = work.log.entries(after=0, limit=1000)[-1]
    assert (entry.event.name, entry.event.by) == ("desk_vouched", "balie")
    assert entry.event.facts == {"reason": WHY}
    held = dumped(staged.engine)
    assert seen.code not in held
    assert seen.code.replace("-", "") not in held
