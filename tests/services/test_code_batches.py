"""Batches of codes: who gets one, when it opens a door, and how it goes on."""

import dataclasses
from datetime import timedelta

import pytest

from pb_engine.domain.rounds import PluginChoice
from pb_engine.errors import CodeUsed, CodeVoid, NotReady, StoreProblem, UnknownCode, WrongPhase
from pb_engine.sealing import keyed_id
from pb_engine.services import batch_moves, code_batches, codes
from pb_engine.services.ballot_projects import STYLE
from pb_engine.services.letter_rows import addressed
from pb_engine.services.register_check import check_register
from pb_engine.services.rights import sealed_right, second_of
from pb_engine.store.register import Channel, Entitlement, Resident, ResidentState
from tests.builders import CALENDAR, a_round, a_round_in, admitted, an_engine, vote
from tests.registers import people

DAYS = [f"{CALENDAR.voting.start.date() + timedelta(days=days)}" for days in range(3)]
SCHOOL = {"days": DAYS, "opens": "00:00", "closes": "23:59"}
CHECKS = tuple(
    map(PluginChoice, ("voting_code", "code_and_birth_year", "school_batch"), ({}, {}, SCHOOL))
)
ONCE = dataclasses.replace(a_round().ballot, may_change=False)


@pytest.fixture
def staged(tmp_path):
    engine = an_engine(tmp_path)
    return a_round_in(engine, "ideas", codes=1, round_=a_round(identity_checks=CHECKS))


def people_in(staged, number, **changes):
    """Put invented residents into the register, born in 1980, one house each."""
    slug, engine = a_round().slug, staged.engine
    with engine.stores.register.write() as work:
        for at in range(number):
            right = keyed_id(b"r" * 32, "right", f"{changes}{at}")
            second = second_of(engine, slug, "1980", right)
            row = Entitlement(right, slug, STYLE, "mekkelholt", Channel.NONE, second)
            work.entitlements.add_many([sealed_right(engine, row)])
            person = Resident(
                *(slug, f"p{right[:8]}", right, None, f"=Vos {at}", f"vos {at}", "7523AB", at, ""),
                *(1980, None, None, "mekkelholt", False, ResidentState.ACTIVE),
            )
            work.residents.add_many([dataclasses.replace(person, **changes)])
        work.commit()


def make(staged, kind="letter", number=None, **more):
    return code_batches.create_batch(
        staged.engine, staged.slug, kind=kind, number=number, by="team", **more
    )


def found(staged, code, **more):
    return codes.find_entitlement(staged.engine, staged.slug, code, **more)


def move(staged, batch, to, reason="pallet kwam terug"):
    return batch_moves.move_batch(staged.engine, staged.slug, batch, to, reason, "team")


def line(staged, batch):
    lines = batch_moves.batches_of(staged.engine, staged.slug)
    return next(one for one in lines if one.batch.batch == batch)


def channels(staged):
    with staged.engine.stores.register.read() as work:
        return work.entitlements.counts(a_round().slug)


def events(staged, name):
    with staged.engine.stores.site.read() as work:
        return [one.event for one in work.log.entries() if one.event.name == name]


def refused(call, kind, problem):
    with pytest.raises(kind) as refusal:
        call()
    assert refusal.value.details["problem"] == problem


def test_every_active_resident_without_a_code_gets_one_in_the_order_of_addresses(staged):
    people_in(staged, 3)
    people_in(staged, 1, state=ResidentState.MOVED)
    people_in(staged, 2, secret=True)
    made = make(staged)
    assert (len(made.rows), len(made.secret)) == (3, 2)
    told = list(addressed(staged.engine, staged.slug, made))
    assert [person.house for _, person in told] == [0, 1, 2]
    assert [code for code, _ in told] == list(made.codes)
    for code, person in told:
        assert found(staged, code).id == person.entitlement
    refused(lambda: make(staged), NotReady, "nobody")


def test_whoever_came_later_or_lost_a_batch_gets_a_code_and_nobody_gets_two(staged):
    people_in(staged, 2)
    first = make(staged)
    people_in(staged, 1, area="elders")
    assert len(make(staged).rows) == 1
    move(staged, first.batch, "void")
    again = make(staged)
    assert {row.resident for row in again.rows} == {row.resident for row in first.rows}
    assert channels(staged)[Channel.VOID] == 0  # a resident keeps the right


def test_a_batch_opens_no_door_before_all_of_it_is_there(staged, monkeypatch):
    monkeypatch.setattr(code_batches, "_CHUNK", 2)
    seen = []

    def in_between(more, of):
        seen.append((more, of))
        (one,) = batch_moves.batches_of(staged.engine, staged.slug)[1:]
        assert one.batch.state == "created"
        assert one.states["exported"] == 0

    made = make(staged, number=5, progress=in_between)
    assert seen == [(2, 5), (2, 5), (1, 5)]
    assert line(staged, made.batch).states["exported"] == 5
    assert {found(staged, code).channel for code in made.codes} == {Channel.NONE}


def test_a_batch_that_cannot_be_finished_leaves_no_code_and_no_right(staged, monkeypatch):
    monkeypatch.setattr(code_batches, "_CHUNK", 2)
    before, told = channels(staged)[Channel.NONE], []

    def full(more, _of):
        told.append(more)
        if len(told) == 2:
            raise StoreProblem("the disk is full")

    with pytest.raises(StoreProblem):
        make(staged, number=6, progress=full)
    one = line(staged, 2)
    assert (one.batch.state, one.states["void"], one.states["created"]) == ("void", 4, 0)
    assert channels(staged)[Channel.NONE] == before
    assert len(events(staged, "codes_issued")) == 1


def test_while_letters_are_being_made_nobody_gets_two_of_them(staged):
    people_in(staged, 2)

    def meanwhile(_more, _of):
        refused(lambda: make(staged), NotReady, "unfinished")
        assert len(make(staged, "desk", 1).codes) == 1  # a counter never waits for letters

    assert len(make(staged, progress=meanwhile).rows) == 2


def test_a_code_that_came_back_opens_no_door_until_a_new_one_is_issued(staged):
    people_in(staged, 1)
    (row,) = make(staged).rows
    right = found(staged, row.code).id
    codes.return_code(staged.engine, staged.slug, row.code, "niet bezorgd", "balie")
    refused(lambda: found(staged, row.code), CodeVoid, "returned")
    fresh = codes.reissue_code(staged.engine, staged.slug, right, "aan de balie", "balie")
    assert found(staged, fresh).id == right
    refused(lambda: found(staged, row.code), CodeVoid, "replaced")
    assert events(staged, "code_returned")[0].facts == {"reason": "niet bezorgd"}


def test_a_new_code_at_the_counter_kills_every_old_one(staged):
    people_in(staged, 1)
    (row,) = make(staged).rows
    right = found(staged, row.code).id
    made = [
        codes.reissue_code(staged.engine, staged.slug, right, "brief kwijt", "balie")
        for _ in range(2)
    ]
    for dead in (row.code, made[0]):
        refused(lambda dead=dead: found(staged, dead), CodeVoid, "replaced")
    assert found(staged, made[1]).id == right


def test_a_batch_goes_its_way_with_its_codes_and_the_log_says_who_and_why(staged):
    made = make(staged, number=3)
    assert move(staged, made.batch, "sent", "naar de drukker") == 3
    assert found(staged, made.codes[0])
    codes.void_code(staged.engine, staged.slug, made.codes[2], "overleden", "balie")
    assert move(staged, made.batch, "returned") == 2
    refused(lambda: found(staged, made.codes[0]), CodeVoid, "returned")
    assert move(staged, made.batch, "sent", "opnieuw bezorgd") == 2
    assert found(staged, made.codes[0])
    refused(lambda: move(staged, made.batch, "exported"), NotReady, "move")
    refused(lambda: move(staged, 99, "sent"), NotReady, "batch")
    refused(lambda: move(staged, made.batch, "void", " "), NotReady, "reason")
    move(staged, made.batch, "void", "verkeerde brief")
    assert line(staged, made.batch).moves == ()
    told = [one.facts for one in events(staged, "batch_moved")]
    assert [one["state"] for one in told] == ["sent", "returned", "sent", "void"]
    assert told[0]["reason"] == "naar de drukker"
    assert not any(code.replace("-", "") in repr(told).replace("-", "") for code in made.codes)


def test_a_used_code_is_marked_and_its_vote_stands_when_the_batch_is_withdrawn(tmp_path):
    staged = a_round_in(tmp_path, codes=3)
    vote(staged, staged.codes[0], ["AED"])
    assert line(staged, 1).states["used"] == 1
    assert admitted(staged, staged.codes[0]).voted_before
    move(staged, 1, "void")
    assert admitted(staged, staged.codes[0]).voted_before
    for code in staged.codes[1:]:
        refused(lambda code=code: found(staged, code), CodeVoid, "void")
    assert channels(staged)[Channel.VOID] == 2  # rights made for the batch go with it


def test_a_used_right_gets_a_new_code_only_where_a_vote_may_be_changed(tmp_path):
    for may_change, ballot in ((True, a_round().ballot), (False, ONCE)):
        staged = a_round_in(tmp_path / str(may_change), codes=1, round_=a_round(ballot=ballot))
        right = found(staged, staged.codes[0]).id
        vote(staged, staged.codes[0], ["AED"])

        def renew(staged=staged, right=right):
            return codes.reissue_code(staged.engine, staged.slug, right, "brief kwijt", "balie")

        if may_change:
            assert admitted(staged, renew()).voted_before
        else:
            refused(renew, CodeUsed, "no_change")
            assert events(staged, "code_replaced") == []


def test_a_test_code_is_recognised_and_never_a_voting_right(staged):
    before = channels(staged)[Channel.NONE]
    made = make(staged, "test", 3)
    for code in made.codes:
        refused(lambda code=code: found(staged, code), CodeVoid, "test")
        refused(lambda code=code: found(staged, code, second="1980"), CodeVoid, "test")
        refused(
            lambda code=code: codes.replace_code(
                staged.engine, staged.slug, code, "brief kwijt", "balie"
            ),
            CodeVoid,
            "void",
        )
    assert channels(staged)[Channel.NONE] == before
    assert line(staged, made.batch).states["test"] == 3


def test_codes_of_a_class_and_others_keep_to_their_own_check(staged):
    of_school, of_letter = make(staged, "school", 1).codes[0], make(staged, number=1).codes[0]
    assert found(staged, of_school, at_school=True)
    refused(lambda: found(staged, of_school), CodeVoid, "school")
    refused(lambda: found(staged, of_letter, at_school=True), CodeVoid, "not_school")


@pytest.fixture
def registered(tmp_path):
    """A round with four residents, numbered from 1, and nobody with a code."""
    engine, asked = an_engine(tmp_path), a_round(identity_checks=CHECKS)
    return a_round_in(engine, "ideas", codes=0, round_=asked, register=people(4))


@pytest.mark.parametrize("kind", ["letter", "desk", "school"])
def test_beside_a_register_nobody_gets_a_second_voting_right(registered, kind):
    before = channels(registered)
    refused(lambda: make(registered, kind, 1), NotReady, "beside")
    assert channels(registered) == before
    assert len(make(registered, "test", 2).codes) == 2  # these never count


def test_a_card_of_school_and_a_letter_are_two_doors_to_one_voting_right(registered):
    cards = make(registered, "school", people=["3", "002"])
    assert [row.resident is not None for row in cards.rows] == [True, True]
    letters = make(registered)  # who has a card gets a letter too
    assert len(letters.codes) == 4
    told = dict(zip((row.resident for row in letters.rows), letters.codes, strict=True))
    for row in cards.rows:
        card = found(registered, row.code, at_school=True)
        assert card == found(registered, told[row.resident])
    assert channels(registered)[Channel.NONE] == 4
    assert check_register(registered.engine, registered.slug).problems == ()


def test_whoever_voted_with_the_letter_finds_the_voting_right_of_the_card_used(tmp_path):
    asked = a_round(identity_checks=CHECKS, ballot=ONCE)
    staged = a_round_in(an_engine(tmp_path), "voting", codes=1, round_=asked, register=people(1))
    (card,) = make(staged, "school", people=["1"]).codes
    vote(staged, staged.codes[0], ["Bankjes"])
    with pytest.raises(CodeUsed):
        admitted(staged, card, "school_batch")
    assert channels(staged)[Channel.DIGITAL] == 1


@pytest.mark.parametrize(
    ("listed", "problem", "lines"),
    [
        ([], "nobody_listed", None),
        (["1", "77", "2", "x"], "strangers", "2, 4"),
        (["1", "2", "01"], "twice", "3"),
        (["2", "1"], "coded", "2"),
    ],
)
def test_a_list_that_is_wrong_makes_no_code_and_says_which_line(registered, listed, problem, lines):
    make(registered, people=["1"])
    before = batch_moves.batches_of(registered.engine, registered.slug)
    with pytest.raises(NotReady) as refusal:
        make(registered, "desk", people=listed)
    assert refusal.value.details["problem"] == problem
    assert refusal.value.details.get("lines") == lines
    assert batch_moves.batches_of(registered.engine, registered.slug) == before


def test_a_list_needs_a_register_and_takes_no_number(registered, tmp_path):
    bare = a_round_in(tmp_path / "bare", "ideas", codes=1)
    refused(lambda: make(bare, people=["1"]), NotReady, "list")
    refused(lambda: make(registered, "desk", 2, people=["1"]), NotReady, "list")
    refused(lambda: make(registered, "test", people=["1"]), NotReady, "list")


def test_a_resident_who_left_gets_no_card(registered):
    with registered.engine.stores.register.write() as work:
        (one,) = work.residents.at_address(a_round().slug, "7523AB", 2)
        work.residents.change(dataclasses.replace(one, state=ResidentState.MOVED))
        work.commit()
    refused(lambda: make(registered, "school", people=["2"]), NotReady, "strangers")


def test_a_wrong_second_fact_reads_as_a_code_that_does_not_exist(staged):
    people_in(staged, 1)
    (row,) = make(staged).rows
    without = make(staged, number=1).codes[0]
    assert found(staged, row.code, second="1980")
    codes.return_code(staged.engine, staged.slug, row.code, "niet bezorgd", "balie")
    told = []
    for code, year in ((row.code, "1981"), (without, "1980"), (row.code[::-1], "1980")):
        try:
            found(staged, code, second=year)
        except UnknownCode as refusal:
            told.append((str(refusal), refusal.details))
        except Exception:  # noqa: BLE001 - backwards it is a typing error, most times
            continue
    assert len(set(map(repr, told))) == 1
    refused(lambda: found(staged, row.code, second="1980"), CodeVoid, "returned")


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ({"number": 0}, "number"),
        ({"number": 200_001}, "number"),
        ({"kind": "desk"}, "number"),
        ({"kind": "duif", "number": 1}, "kind"),
        ({"number": 1, "area": "elders"}, "area"),
        ({}, "nobody"),
    ],
)
def test_a_batch_that_makes_no_sense_is_refused(staged, asked, problem):
    refused(lambda: make(staged, **asked), NotReady, problem)


def test_without_the_check_for_classes_a_round_makes_no_codes_for_them(tmp_path):
    staged = a_round_in(tmp_path, "ideas", codes=1)
    refused(lambda: make(staged, "school", 1), NotReady, "school")


def test_after_the_close_nobody_makes_codes(tmp_path):
    staged = a_round_in(tmp_path, "closed", codes=1)
    with pytest.raises(WrongPhase):
        make(staged, number=1)
