import dataclasses
from concurrent.futures import ThreadPoolExecutor

import pytest

from pb_engine.errors import StoreProblem
from pb_engine.store.register import Channel, Code, CodeState
from tests.store.examples import OTHER, SLUG, a_right


def a_code(number, right=1, batch=1, state=CodeState.CREATED, slug=SLUG):
    return Code(slug, f"tag-{number}", f"{right:032x}", batch, state)


@pytest.fixture
def filled(register):
    with register.write() as work:
        assert work.entitlements.add_many([a_right(1), a_right(2), a_right(1, OTHER)]) == 3
        work.codes.add_many([a_code(1), a_code(2, right=2, batch=3), a_code(1, slug=OTHER)])
        work.commit()
    return register


def test_a_voting_right_comes_back_as_it_was(register):
    right = dataclasses.replace(a_right(7), area="noord")
    with register.write() as work:
        work.entitlements.add_many([right])
        work.commit()
    with register.read() as work:
        assert work.entitlements.get(SLUG, right.id) == right
        assert work.entitlements.get(OTHER, right.id) is None


def test_a_voting_right_that_exists_keeps_its_channel(filled):
    with filled.write() as work:
        work.entitlements.move(SLUG, a_right(1).id, (Channel.NONE,), Channel.PAPER)
        assert work.entitlements.add_many([a_right(1), a_right(3), a_right(3)]) == 1
        kept = work.entitlements.get(SLUG, a_right(1).id)
        assert kept is not None
        assert kept.channel is Channel.PAPER


def test_many_voting_rights_are_counted_right(register):
    with register.write() as work:
        assert work.entitlements.add_many(a_right(number) for number in range(2500)) == 2500
        assert work.entitlements.add_many(a_right(number) for number in range(1500, 2600)) == 100
        assert work.entitlements.counts(SLUG)[Channel.NONE] == 2600


def test_a_voting_right_moves_only_from_where_it_is(filled):
    right = a_right(1).id
    with filled.write() as work:
        assert work.entitlements.move(SLUG, right, (Channel.NONE,), Channel.DIGITAL)
        assert not work.entitlements.move(SLUG, right, (Channel.NONE,), Channel.PAPER)
        both = (Channel.NONE, Channel.DIGITAL)
        assert work.entitlements.move(SLUG, right, both, Channel.VOID)
        assert not work.entitlements.move(SLUG, "x", both, Channel.VOID)
        assert work.entitlements.counts(SLUG) == {
            Channel.NONE: 1,
            Channel.DIGITAL: 0,
            Channel.PAPER: 0,
            Channel.VOID: 1,
        }
        assert work.entitlements.counts(OTHER)[Channel.NONE] == 1


def test_of_many_that_use_one_voting_right_one_succeeds(filled):
    def use(number):
        with filled.write() as work:
            channel = Channel.DIGITAL if number % 2 else Channel.PAPER
            moved = work.entitlements.move(SLUG, a_right(1).id, (Channel.NONE,), channel)
            work.commit()
        return moved

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(use, range(40))) == 1


def test_a_code_is_found_in_its_own_round_only(filled):
    with filled.read() as work:
        assert work.codes.find(SLUG, "tag-2") == a_code(2, right=2, batch=3)
        assert work.codes.find(OTHER, "tag-2") is None
        assert work.codes.find(OTHER, "tag-1") == a_code(1, slug=OTHER)


def test_batches_count_up_within_a_round(filled):
    with filled.write() as work:
        assert work.codes.next_batch(SLUG) == 4
        assert work.codes.next_batch(OTHER) == 2
        assert work.codes.next_batch("nieuw") == 1


def test_a_code_changes_state_only_from_where_it_is(filled):
    created = (CodeState.CREATED,)
    with filled.write() as work:
        assert work.codes.set_state(SLUG, "tag-1", created, CodeState.REPLACED)
        assert not work.codes.set_state(SLUG, "tag-1", created, CodeState.VOID)
        assert not work.codes.set_state(SLUG, "tag-9", created, CodeState.VOID)
        once = {CodeState.CREATED, CodeState.REPLACED}
        assert work.codes.counts(SLUG) == {state: int(state in once) for state in CodeState}
        assert work.codes.counts(OTHER)[CodeState.CREATED] == 1


def test_all_codes_of_a_voting_right_change_together(filled):
    with filled.write() as work:
        work.codes.add_many([a_code(3), a_code(4, state=CodeState.TEST)])
        void = work.codes.set_state_of(
            SLUG, a_right(1).id, (CodeState.CREATED, CodeState.REPLACED), CodeState.VOID
        )
        assert void == 2
        assert work.codes.counts(SLUG)[CodeState.TEST] == 1


@pytest.mark.parametrize("wrong", [a_code(1), a_code(9, right=9)])
def test_a_tag_is_given_once_and_needs_a_voting_right(filled, wrong):
    with filled.write() as work, pytest.raises(StoreProblem, match="breaks a rule"):
        work.codes.add_many([a_code(8), wrong])
    with filled.read() as work:
        assert work.codes.find(SLUG, "tag-8") is None


def test_rights_and_codes_are_walked_through_in_the_order_of_the_rights(filled):
    with filled.read() as work:
        assert [one.id for one in work.entitlements.each(SLUG)] == [a_right(1).id, a_right(2).id]
        assert [one.tag for one in work.codes.each(SLUG)] == ["tag-1", "tag-2"]
        assert (work.codes.last_batch(SLUG), work.codes.last_batch("nieuw")) == (3, 0)


def test_only_an_unused_right_is_corrected(filled):
    after = dataclasses.replace(a_right(1), area="zuid", second="s", seal="z")
    with filled.write() as work:
        assert work.entitlements.correct(after)
        assert work.entitlements.get(SLUG, after.id) == after
        work.entitlements.move(SLUG, after.id, (Channel.NONE,), Channel.DIGITAL)
        assert not work.entitlements.correct(a_right(1))
        assert work.entitlements.forget_second(SLUG) == 1
        kept = work.entitlements.get(SLUG, after.id)
        assert (kept.area, kept.second, kept.seal) == ("zuid", None, None)


def test_what_is_forgotten_is_that_of_one_round(filled):
    with filled.write() as work:
        assert work.codes.forget(SLUG) == 2
        assert work.entitlements.forget(SLUG) == 2
        assert sum(work.codes.counts(OTHER).values()) == 1
        assert sum(work.entitlements.counts(OTHER).values()) == 1
        with pytest.raises(StoreProblem):
            work.entitlements.forget(OTHER)
