"""Paper ballots: two people read, a third decides, a batch that adds up goes into the box."""

from collections import Counter

import pytest

from pb_engine.errors import InvalidBallot, PaperRefused, WrongPhase
from pb_engine.services import counting, keys, phases
from pb_engine.services.paper import accepting, reading, stacks
from tests.builders import a_round_in, vote
from tests.paper import a_read_batch, a_stack, accept, decide, differing, ended, numbers_of, type_in

WHY = "de stapel is nat geworden"


@pytest.fixture
def staged(tmp_path):
    return a_round_in(tmp_path / "round")


def refused(problem, work, *told):
    with pytest.raises(PaperRefused) as caught:
        work(*told)
    assert caught.value.details["problem"] == problem


def counted(staged):
    """Close and open the box; return how often each title was chosen, and the opening."""
    end = ended(staged)
    phases.take_step(end.engine, end.slug, "close_voting", "team")
    opened = counting.open_box(end.engine, end.slug, "team")
    election, _ = counting.election_of(end.engine, end.slug)
    titles = {idea: title for title, idea in staged.ideas.items()}
    votes = Counter()
    for ballot, times in election.profile.groups:
        votes.update({titles[project]: times for project in ballot.projects})
    return votes, opened


def plainly_counted(staged, *all_stacks):
    titles = {number: title for title, number in numbers_of(staged).items()}
    votes = Counter()
    for stack in all_stacks:
        for told in stack.values():
            if not told.startswith("<"):
                votes.update(titles[int(number)] for number in told.split())
    return votes


def events(staged, name):
    with staged.engine.stores.site.read() as work:
        entries = work.log.entries(0, limit=1000, round_id=staged.slug)
    return [one.event for one in entries if one.event.name == name]


def test_four_hundred_sheets_with_five_planted_differences_count_as_a_plain_count_does(staged):
    stack = a_stack(staged, 400) | {17: "<blank>", 90: "<unreadable>", 301: "<late>"}
    numbers = sorted(numbers_of(staged).values())
    wrong = {
        5: str(numbers[0]) if stack[5] != str(numbers[0]) else str(numbers[1]),
        90: str(numbers[2]),
        222: "<blank>",
        300: "<too_many>",
        400: str(numbers[3]) if stack[400] != str(numbers[3]) else str(numbers[0]),
    }
    batch = a_read_batch(staged, stack, wrong)
    assert differing(staged, batch) == (5, 90, 222, 300, 400)
    assert [decide(staged, batch, sheet, stack[sheet]) for sheet in wrong] == ["first"] * 5
    balance = accept(staged, batch)
    assert (balance.sheets, balance.counted, balance.spoilt, balance.void) == (400, 397, 2, 1)
    vote(staged, staged.codes[0], ["AED"])
    votes, opened = counted(staged)
    expected = plainly_counted(staged, stack)
    expected["AED"] += 1
    assert votes == expected
    assert (opened.counted, opened.superseded, opened.invalid) == (398, 0, 0)


def test_a_paper_ballot_lies_in_the_box_as_every_other_ballot_does(staged):
    vote(staged, staged.codes[0], ["AED"])
    accept(staged, a_read_batch(staged, a_stack(staged, 3)))
    with staged.engine.stores.box.read() as work:
        ballots = work.log.waiting_ballots(staged.slug)
        paper = set(work.sheets.pseudonyms(staged.slug))
    assert len(ballots) == 4
    shapes = {(len(b.pseudonym), b.number, b.style, len(b.attempt), len(b.sealed)) for b in ballots}
    assert len(shapes) == 1
    assert len(paper & {one.pseudonym for one in ballots}) == 3


def test_nobody_does_two_of_the_three_readings(staged):
    numbers = sorted(numbers_of(staged).values())
    stack, other = {1: str(numbers[0])}, {1: str(numbers[1])}
    batch = stacks.open_batch(staged.engine, staged.slug, 1, "team")
    type_in(staged, batch, 1, stack, "Anna")
    refused("two_people", type_in, staged, batch, 2, other, "Anna")
    type_in(staged, batch, 2, other, "Bram")
    for name in ("Anna", "Bram"):
        refused("two_people", decide, staged, batch, 1, stack[1], name)
    assert decide(staged, batch, 1, other[1], "Carla") == "second"
    refused("taken", decide, staged, batch, 1, stack[1], "Dirk")
    assert decide(staged, batch, 1, stack[1], "Carla") == "first"


def test_a_reading_that_is_like_neither_of_the_two_needs_a_reason_which_is_logged(staged):
    numbers = sorted(numbers_of(staged).values())
    batch = a_read_batch(staged, {1: str(numbers[0])}, {1: str(numbers[1])})
    refused("reason", decide, staged, batch, 1, str(numbers[2]))
    told = decide(staged, batch, 1, str(numbers[2]), reason="kruis stond tussen twee vakken")
    assert told == "neither"
    (event,) = events(staged, "paper_difference_decided")
    assert dict(event.facts) == {
        "batch": 1,
        "sheet": 1,
        "agrees_with": "neither",
        "reason": "kruis stond tussen twee vakken",
    }


def test_nothing_is_compared_before_both_are_finished(staged):
    batch = stacks.open_batch(staged.engine, staged.slug, 2, "team")
    refused("unread", accept, staged, batch)
    type_in(staged, batch, 1, a_stack(staged, 2), "Anna")
    refused("unread", differing, staged, batch)
    refused("unread", accept, staged, batch)


def test_a_missing_sheet_and_a_sheet_too_many_are_said(staged):
    stack = a_stack(staged, 3)
    batch = stacks.open_batch(staged.engine, staged.slug, 3, "team")
    refused("missing", type_in, staged, batch, 1, {1: stack[1], 3: stack[3]}, "Anna")
    refused("sheet", type_in, staged, batch, 1, {4: stack[1]}, "Anna")
    refused("sheet", type_in, staged, batch, 1, {0: stack[1]}, "Anna")
    for number in (0, 2001):
        refused("sheets", stacks.open_batch, staged.engine, staged.slug, number, "team")
    refused("batch", stacks.recount_batch, staged.engine, staged.slug, 9, 3, WHY, "team")


def test_an_undecided_difference_keeps_a_batch_out(staged):
    numbers = sorted(numbers_of(staged).values())
    batch = a_read_batch(staged, {1: str(numbers[0]), 2: "<blank>"}, {2: str(numbers[0])})
    refused("differences", accept, staged, batch)
    refused("same", decide, staged, batch, 1, str(numbers[0]))
    decide(staged, batch, 2, "<blank>")
    assert accept(staged, batch).counted == 1


def test_the_sheets_of_a_batch_can_be_counted_anew_with_a_reason_and_are_then_read_on(staged):
    stack = a_stack(staged, 3)
    batch = a_read_batch(staged, stack)
    refused("reason", stacks.recount_batch, staged.engine, staged.slug, batch, 4, "", "team")
    stacks.recount_batch(staged.engine, staged.slug, batch, 4, "er zat een vel onder", "team")
    refused("unread", accept, staged, batch)
    for hand, by in ((1, "Anna"), (2, "Bram")):
        type_in(staged, batch, hand, {4: stack[1]}, by)
    stacks.recount_batch(staged.engine, staged.slug, batch, 2, "twee van een andere stapel", "team")
    for hand, by in ((1, "Anna"), (2, "Bram")):
        type_in(staged, batch, hand, {}, by)
    assert accept(staged, batch).sheets == 2
    assert [one.facts["sheets"] for one in events(staged, "paper_batch_recounted")] == [4, 2]


def test_a_reading_that_begins_anew_may_be_somebody_elses(staged):
    stack = a_stack(staged, 2)
    batch = stacks.open_batch(staged.engine, staged.slug, 2, "team")
    type_in(staged, batch, 1, {1: "<blank>", 2: "<blank>"}, "Anna")
    refused("finished", type_in, staged, batch, 1, stack, "Anna")
    refused("taken", type_in, staged, batch, 1, stack, "Dirk")
    refused("hand", reading.restart_reading, staged.engine, staged.slug, batch, 2, WHY, "team")
    reading.restart_reading(staged.engine, staged.slug, batch, 1, WHY, "team")
    type_in(staged, batch, 1, stack, "Dirk")
    type_in(staged, batch, 2, stack, "Anna")
    assert accept(staged, batch).counted == 2


def test_voting_does_not_close_while_a_batch_is_open_and_one_official_alone_leaves_none_out(staged):
    batch = stacks.open_batch(staged.engine, staged.slug, 5, "team")
    end = ended(staged)
    refused("open_batches", phases.take_step, end.engine, end.slug, "close_voting", "team")
    (moved,) = phases.advance(end.engine)
    assert "batches of paper" in moved.problem
    leaving = (end.engine, end.slug, batch, WHY)
    refused("second", accepting.leave_out, *leaving, "Anna")
    accepting.propose_leaving(*leaving, "Anna")
    refused("second", accepting.leave_out, *leaving, "Anna")
    accepting.leave_out(*leaving, "Bram")
    refused("final", accept, end, batch)
    phases.take_step(end.engine, end.slug, "close_voting", "team")
    (event,) = events(end, "paper_batch_left_out")
    assert dict(event.facts) == {"batch": batch, "sheets": 5, "reason": WHY}


def test_what_a_crash_kept_out_of_the_log_is_in_it_after_the_close(staged, monkeypatch):
    first = a_read_batch(staged, {1: "<blank>", 2: "<late>", 3: a_stack(staged, 1)[1]})
    second = stacks.open_batch(staged.engine, staged.slug, 4, "team")
    accepting.propose_leaving(staged.engine, staged.slug, second, WHY, "Anna")

    def crash(*_, **__):
        raise RuntimeError("the machine stops here")

    for service, *told in (
        (accepting.accept_batch, first, "Carla"),
        (accepting.leave_out, second, WHY, "Bram"),
    ):
        with monkeypatch.context() as broken:
            broken.setattr(accepting, "Event", crash)
            with pytest.raises(RuntimeError):
                service(staged.engine, staged.slug, *told)
    refused("final", accept, staged, first)
    end = ended(staged)
    phases.take_step(end.engine, end.slug, "close_voting", "team")
    facts = {"batch": first, "sheets": 3, "counted": 1, "spoilt": 1, "void": 1}
    assert [dict(one.facts) for one in events(end, "paper_batch_accepted")] == [facts]
    left = {"batch": second, "sheets": 4, "reason": WHY}
    assert [dict(one.facts) for one in events(end, "paper_batch_left_out")] == [left]
    assert len(events(end, "paper_batch_opened")) == 2


def test_a_batch_of_nothing_but_defects_adds_up_and_brings_no_ballot(staged):
    batch = a_read_batch(staged, {1: "<blank>", 2: "<foreign>", 3: "<other>"})
    balance = accept(staged, batch)
    assert (balance.counted, balance.spoilt, balance.void) == (0, 2, 1)
    with staged.engine.stores.box.read() as work:
        assert work.stored(staged.slug) == 0
        assert work.sheets.pseudonyms(staged.slug) == ()


def test_a_round_that_is_cancelled_closes_with_paper_uncounted(staged):
    stacks.open_batch(staged.engine, staged.slug, 5, "team")
    phases.take_step(staged.engine, staged.slug, "cancel", "team", "de subsidie is ingetrokken")
    with staged.engine.stores.box.read() as work:
        assert not work.state(staged.slug).open


def test_after_the_close_no_paper_comes_in_and_its_key_is_gone_for_ever(staged):
    batch = a_read_batch(staged, a_stack(staged, 2))
    assert staged.engine.keyring.has(keys.paper(staged.slug))
    accept(staged, batch)
    end = ended(staged)
    phases.take_step(end.engine, end.slug, "close_voting", "team")
    for work, *told in (
        (stacks.open_batch, 5, "team"),
        (accepting.accept_batch, batch, "Carla"),
        (reading.finish_reading, batch, 1, "Anna"),
    ):
        with pytest.raises(WrongPhase):
            work(end.engine, end.slug, *told)
    assert not end.engine.keyring.has(keys.paper(staged.slug))


def test_what_was_read_is_erased_when_a_batch_is_accepted(staged):
    batch = a_read_batch(staged, a_stack(staged, 3))
    accept(staged, batch)
    with staged.engine.stores.box.read() as work:
        assert [dict(work.sheets.sheets(staged.slug, batch, hand)) for hand in (1, 2, 3)] == [
            {},
            {},
            {},
        ]
        assert len(work.sheets.marks(staged.slug)) == 3


@pytest.mark.parametrize(
    ("typed", "defect", "problem"),
    [
        ("", "", "nothing"),
        ("1", "blank", "both"),
        ("", "torn", "defect"),
        ("", "other", "reason"),
    ],
)
def test_a_sheet_that_cannot_be_entered_like_this_is_refused(staged, typed, defect, problem):
    refused(problem, reading.read_sheet, staged.engine, staged.slug, typed, defect)


@pytest.mark.parametrize("typed", ["een", "999", "1:2", "1.5", "-1", "1 1", "²"])
def test_what_is_no_ballot_is_no_reading(staged, typed):
    with pytest.raises(InvalidBallot):
        reading.read_sheet(staged.engine, staged.slug, typed)


def test_the_log_tells_who_did_what_and_never_a_choice(staged):
    numbers = sorted(numbers_of(staged).values())
    batch = a_read_batch(staged, {1: str(numbers[0]), 2: "<other>"}, {1: str(numbers[1])})
    decide(staged, batch, 1, str(numbers[0]))
    accept(staged, batch)
    with staged.engine.stores.site.read() as work:
        entries = work.log.entries(0, limit=1000, round_id=staged.slug)
    told = [(one.event.name, one.event.by) for one in entries if "paper" in one.event.name]
    assert told == [
        ("paper_batch_opened", "team"),
        ("paper_reading_finished", "Anna"),
        ("paper_reading_finished", "Bram"),
        ("paper_difference_decided", "Carla"),
        ("paper_sheet_set_aside", "Carla"),
        ("paper_batch_accepted", "Carla"),
    ]
    facts = " ".join(str(dict(one.event.facts)) for one in entries if "paper" in one.event.name)
    assert not any(idea in facts for idea in staged.ideas.values())
