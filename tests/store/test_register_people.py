"""Residents, rolls, amendments, batches, proxies: what the register keeps beside the rights."""

import dataclasses

import pytest

from pb_engine.errors import StoreProblem
from pb_engine.store.register import (
    AmendmentState,
    Batch,
    BatchKind,
    BatchState,
    Resident,
    ResidentState,
    Roll,
)
from tests.store.examples import OTHER, SLUG, a_right

ACTIVE = ResidentState.ACTIVE


def a_resident(number, **changes):
    right = a_right(number).id
    made = Resident(
        *(SLUG, f"r{number}", right, None, f"Ín{number} Vos", f"in{number} vos", "7523AB", 12, ""),
        *(1980, None, None, "buurt", False, ACTIVE),
    )
    return dataclasses.replace(made, **changes)


@pytest.fixture
def peopled(register):
    with register.write() as work:
        work.entitlements.add_many(a_right(number) for number in range(1, 6))
        work.residents.add_many(
            [
                a_resident(1, person="p1", email="een@voorbeeld.nl"),
                a_resident(2, house=14),
                a_resident(3, secret=True, area="elders"),
                a_resident(4, email="een@voorbeeld.nl", state=ResidentState.MOVED),
            ]
        )
        work.commit()
    return register


def ids(residents):
    return [one.id for one in residents]


def test_residents_are_found_by_address_name_number_and_mail(peopled):
    with peopled.read() as work:
        people = work.residents
        assert ids(people.at_address(SLUG, "7523AB", 12)) == ["r1", "r4"]
        assert ids(people.named(SLUG, "in2")) == ["r2"]
        assert ids(people.with_email(SLUG, "een@voorbeeld.nl")) == ["r1"]
        assert people.of_person(SLUG, "p1") == people.get(SLUG, "r1")
        assert people.of_entitlement(SLUG, a_right(2).id) == a_resident(2, house=14)
        assert people.count(SLUG) == 4
        assert ids(people.each(SLUG, area="elders")) == ["r3"]
        assert ids(people.each(SLUG)) == ["r1", "r3", "r4", "r2"]


def test_a_short_or_wild_text_finds_nobody(peopled):
    with peopled.read() as work:
        assert work.residents.named(SLUG, "in") == ()
        assert work.residents.named(SLUG, "%vo%") == ()
        assert work.residents.named(SLUG, "_n1 vos") == ()
        assert work.residents.named(OTHER, "vos") == ()


def test_one_voting_right_has_one_resident(peopled):
    with peopled.write() as work, pytest.raises(StoreProblem):
        work.residents.add_many([a_resident(1, id="another")])


def test_forgetting_the_residents_keeps_the_voting_rights(peopled):
    with peopled.write() as work:
        assert work.residents.forget(SLUG) == 4
        work.commit()
    with peopled.read() as work:
        assert work.residents.count(SLUG) == 0
        assert work.entitlements.get(SLUG, a_right(1).id) is not None


def test_a_resident_can_be_written_anew(peopled):
    with peopled.write() as work:
        assert work.residents.change(a_resident(2, name="Nu Anders", state=ResidentState.MOVED))
        assert not work.residents.change(a_resident(9))
        assert work.residents.get(SLUG, "r2").name == "Nu Anders"


def test_an_amendment_is_decided_once_and_by_somebody_else(register):
    with register.write() as work:
        first = work.amendments.propose(SLUG, "add", "{}", "vergeten", "ana")
        assert work.amendments.propose(SLUG, "move", "{}", "verhuisd", "bo").amendment == 2
        agreed = dataclasses.replace(
            first, decided_by="bo", state=AmendmentState.APPROVED, signed=b"x"
        )
        assert work.amendments.decide(agreed)
        assert not work.amendments.decide(agreed)
        assert work.amendments.get(SLUG, 1) == agreed
        assert [one.state for one in work.amendments.all(SLUG)] == ["approved", "proposed"]
        work.commit()
    with register.read() as work:
        second = work.amendments.get(SLUG, 2)
    own = dataclasses.replace(second, decided_by="bo")
    with register.write() as work, pytest.raises(StoreProblem):
        work.amendments.decide(own)


def test_a_register_is_frozen_once(register):
    with register.write() as work:
        work.rolls.add(Roll(SLUG, "00", 3, None, None))
        assert work.rolls.freeze(SLUG, "ab", "{}")
        assert not work.rolls.freeze(SLUG, "cd", "{}")
        assert work.rolls.get(SLUG) == Roll(SLUG, "00", 3, "ab", "{}")
        assert work.rolls.get(OTHER) is None


def test_a_batch_moves_only_from_where_it_is(register):
    batch = Batch(SLUG, 1, BatchKind.LETTER, BatchState.CREATED, None, 5, "ana")
    with register.write() as work:
        work.batches.add(batch)
        assert work.batches.move(SLUG, 1, (BatchState.CREATED,), BatchState.EXPORTED)
        assert not work.batches.move(SLUG, 1, (BatchState.CREATED,), BatchState.EXPORTED)
        assert work.batches.all(SLUG) == (work.batches.get(SLUG, 1),)
        assert work.batches.get(SLUG, 1).state is BatchState.EXPORTED


def test_something_that_may_happen_once_happens_once(register):
    with register.write() as work:
        assert work.spent.spend(SLUG, "link")
        assert not work.spent.spend(SLUG, "link")
        assert work.spent.spend(OTHER, "link")


def test_one_voting_right_is_given_to_one_other(register):
    with register.write() as work:
        work.entitlements.add_many(a_right(number) for number in range(1, 4))
        one, two, three = (a_right(number).id for number in range(1, 4))
        assert work.proxies.add(SLUG, one, two)
        assert not work.proxies.add(SLUG, one, three)
        assert work.proxies.add(SLUG, three, two)
        assert work.proxies.held_by(SLUG, two) == tuple(sorted([one, three]))
        assert work.proxies.count(SLUG) == 2
