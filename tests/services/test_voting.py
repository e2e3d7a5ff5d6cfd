import dataclasses
import threading
from collections import Counter
from datetime import timedelta

import pytest

from pb_engine.domain.rounds import BallotRules
from pb_engine.errors import (
    AlreadyVoted,
    CodeUsed,
    CodeVoid,
    InvalidBallot,
    InvalidTicket,
    MistypedCode,
    UnknownCode,
    WrongPhase,
)
from pb_engine.services import codes, counting, phases
from pb_engine.services.pages import round_page
from pb_engine.services.receipts import find_receipt
from pb_engine.services.voting import cast_ballot, check_choices, new_attempt
from pb_engine.units import RoundId
from tests.builders import CALENDAR, DAY, a_round, a_round_in, admitted, at, vote

ONCE = a_round(ballot=dataclasses.replace(a_round().ballot, may_change=False))


@pytest.fixture
def voting(tmp_path):
    return a_round_in(tmp_path)


@pytest.fixture
def voting_once(tmp_path):
    return a_round_in(tmp_path, round_=ONCE)


def stored(staged):
    with staged.engine.stores.box.read() as box:
        return box.stored(RoundId(staged.slug))


def choices(staged, *titles):
    return [staged.ideas[title] for title in titles]


def test_a_letter_code_becomes_one_ballot_in_the_box(voting):
    receipt = vote(voting, voting.codes[0], ["Bankjes", "AED"])
    assert stored(voting) == 1
    assert not receipt.replaced
    assert round_page(voting.engine, voting.slug).voters == 1


@pytest.mark.parametrize(
    "typing", [str.lower, lambda c: c.replace("-", " "), lambda c: f"  {c.replace('-', '')} "]
)
def test_a_code_works_however_it_is_typed(voting, typing):
    assert admitted(voting, typing(voting.codes[0])).ticket


def test_a_mistyped_code_is_told_apart_from_an_unknown_one(voting, tmp_path):
    code = voting.codes[0]
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    with pytest.raises(MistypedCode):
        admitted(voting, wrong)
    other = a_round_in(voting.engine, round_=a_round(slug=RoundId("ander-2027")))
    with pytest.raises(UnknownCode):
        admitted(voting, other.codes[0])


def test_a_void_code_gives_no_ballot_paper(voting):
    codes.void_code(voting.engine, voting.slug, voting.codes[0], "brief kwijt", "balie")
    with pytest.raises(CodeVoid):
        admitted(voting, voting.codes[0])


def test_a_used_code_cannot_be_withdrawn(voting):
    vote(voting, voting.codes[0], ["AED"])
    with pytest.raises(CodeUsed):
        codes.void_code(voting.engine, voting.slug, voting.codes[0], "brief kwijt", "balie")


def test_a_replaced_code_is_dead_and_the_new_one_is_the_same_voting_right(voting):
    vote(voting, voting.codes[0], ["AED"])
    fresh = codes.replace_code(voting.engine, voting.slug, voting.codes[0], "brief kwijt", "balie")
    with pytest.raises(CodeVoid):
        admitted(voting, voting.codes[0])
    assert admitted(voting, fresh).voted_before
    assert vote(voting, fresh, ["Bankjes"]).replaced
    assert round_page(voting.engine, voting.slug).voters == 1


def test_a_vote_can_be_changed_until_the_close_and_the_last_one_counts(voting):
    first = vote(voting, voting.codes[0], ["Bankjes"])
    second = vote(voting, voting.codes[0], ["AED"])
    assert second.replaced
    assert first.number != second.number
    closed = voting.move_to(CALENDAR.voting.end + DAY)
    phases.take_step(closed.engine, closed.slug, "close_voting", "team")
    opened = counting.open_box(closed.engine, closed.slug, "team")
    assert opened == counting.Opened(counted=1, superseded=1, invalid=0)
    election, _ = counting.election_of(closed.engine, closed.slug)
    ((ballot, times),) = election.profile.groups
    assert times == 1
    assert ballot.projects == (closed.ideas["AED"],)
    assert find_receipt(closed.engine, closed.slug, first.number).state == "superseded"
    assert find_receipt(closed.engine, closed.slug, second.number).state == "counted"


def test_a_round_without_change_refuses_a_second_vote_before_the_ballot_paper(voting_once):
    vote(voting_once, voting_once.codes[0], ["AED"])
    with pytest.raises(CodeUsed):
        admitted(voting_once, voting_once.codes[0])


def test_two_tickets_of_one_voting_right_give_one_ballot_where_no_change_is_allowed(voting_once):
    one, two = (admitted(voting_once, voting_once.codes[0]).ticket for _ in range(2))
    wanted = choices(voting_once, "AED")
    cast_ballot(voting_once.engine, voting_once.slug, one, wanted, new_attempt())
    with pytest.raises(AlreadyVoted):
        cast_ballot(voting_once.engine, voting_once.slug, two, wanted, new_attempt())
    assert stored(voting_once) == 1


def test_sending_twice_gives_the_same_receipt_and_one_ballot(voting):
    ticket, attempt = admitted(voting, voting.codes[0]).ticket, new_attempt()
    wanted = choices(voting, "AED")
    first = cast_ballot(voting.engine, voting.slug, ticket, wanted, attempt)
    second = cast_ballot(voting.engine, voting.slug, ticket, wanted, attempt)
    assert first == second
    assert stored(voting) == 1


def test_other_choices_under_the_same_attempt_are_another_ballot_and_another_tracker(voting):
    ticket, attempt = admitted(voting, voting.codes[0]).ticket, new_attempt()
    first = cast_ballot(voting.engine, voting.slug, ticket, choices(voting, "AED"), attempt)
    fresh = admitted(voting, voting.codes[0]).ticket
    second = cast_ballot(voting.engine, voting.slug, fresh, choices(voting, "Bankjes"), attempt)
    assert second.replaced
    assert first.tracker != second.tracker
    assert stored(voting) == 2


def test_the_box_holds_neither_the_attempt_nor_the_tracker(voting, tmp_path):
    ticket, attempt = admitted(voting, voting.codes[0]).ticket, new_attempt()
    receipt = cast_ballot(voting.engine, voting.slug, ticket, choices(voting, "AED"), attempt)
    held = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert attempt.encode() not in held
    for spelling in (receipt.tracker, receipt.tracker.replace("-", "")):
        assert spelling.encode() not in held


def test_a_lost_answer_can_be_asked_for_again_after_the_close(voting):
    late = voting.move_to(CALENDAR.voting.end - timedelta(minutes=1))
    ticket, attempt = admitted(late, late.codes[0]).ticket, new_attempt()
    wanted = choices(late, "AED")
    first = cast_ballot(late.engine, late.slug, ticket, wanted, attempt)
    closed = late.move_to(CALENDAR.voting.end + timedelta(minutes=2))
    phases.take_step(closed.engine, closed.slug, "close_voting", "team")
    assert cast_ballot(closed.engine, closed.slug, ticket, wanted, attempt) == first
    with pytest.raises(WrongPhase):
        cast_ballot(closed.engine, closed.slug, ticket, wanted, new_attempt())


def test_a_voter_who_began_before_the_end_may_finish_within_the_grace(voting):
    late = voting.move_to(CALENDAR.voting.end - timedelta(minutes=1))
    ticket = admitted(late, late.codes[0]).ticket
    finishing = late.move_to(CALENDAR.voting.end + timedelta(minutes=5))
    cast_ballot(finishing.engine, late.slug, ticket, choices(late, "AED"), new_attempt())
    with pytest.raises(WrongPhase):
        admitted(finishing, late.codes[1])
    too_late = late.move_to(CALENDAR.voting.end + timedelta(minutes=11))
    with pytest.raises(InvalidTicket):
        cast_ballot(too_late.engine, late.slug, ticket, choices(late, "AED"), new_attempt())


def run_at_once(number, work):
    barrier = threading.Barrier(number)
    outcomes = []

    def one(place):
        barrier.wait()
        try:
            outcomes.append(work(place))
        except Exception as problem:  # noqa: BLE001 - the refusals are what is counted
            outcomes.append(problem)

    threads = [threading.Thread(target=one, args=(place,)) for place in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_fifty_threads_with_one_code_give_one_ballot(voting_once):
    staged = voting_once

    def go(_):
        ticket = admitted(staged, staged.codes[0]).ticket
        return cast_ballot(
            staged.engine, staged.slug, ticket, choices(staged, "AED"), new_attempt()
        )

    outcomes = run_at_once(50, go)
    kinds = Counter(type(one).__name__ for one in outcomes)
    assert kinds["Receipt"] == 1
    assert set(kinds) <= {"Receipt", "AlreadyVoted", "CodeUsed"}
    assert stored(staged) == 1


def test_fifty_threads_with_one_attempt_get_one_receipt(voting):
    ticket, attempt = admitted(voting, voting.codes[0]).ticket, new_attempt()
    wanted = choices(voting, "AED")
    outcomes = run_at_once(
        50, lambda _: cast_ballot(voting.engine, voting.slug, ticket, wanted, attempt)
    )
    assert len(set(outcomes)) == 1
    assert stored(voting) == 1


def test_ballots_that_race_the_close_are_in_the_count_or_refused(tmp_path):
    staged = a_round_in(tmp_path, codes=24)
    tickets = [admitted(staged, code).ticket for code in staged.codes]
    end = at(staged.engine, CALENDAR.voting.end)

    def go(place):
        if place == 12:
            return phases.take_step(end, staged.slug, "close_voting", "team")
        return cast_ballot(
            staged.engine, staged.slug, tickets[place], choices(staged, "AED"), new_attempt()
        )

    outcomes = run_at_once(24, go)
    receipts = {one.number for one in outcomes if type(one).__name__ == "Receipt"}
    assert {type(one).__name__ for one in outcomes} <= {"Receipt", "TooLate", "Phase"}
    counting.open_box(end, staged.slug, "team")
    with staged.engine.stores.box.read() as box:
        assert set(box.opening(RoundId(staged.slug)).counted) == receipts


def test_voting_before_the_opening_is_refused(tmp_path):
    with pytest.raises(WrongPhase):
        admitted(a_round_in(tmp_path, "review"), "0000-0000-0000-0000")


@pytest.mark.parametrize(
    ("wanted", "problem"),
    [
        ([], "too_few"),
        (["Bankjes", "Moestuin", "Speeltoestel", "AED"], "too_many"),
        (["Bankjes", "Bankjes"], "duplicate"),
    ],
)
def test_a_ballot_outside_the_limits_is_refused_and_the_voting_right_stays_unused(
    voting, wanted, problem
):
    ticket = admitted(voting, voting.codes[0]).ticket
    for call in (
        lambda: check_choices(voting.engine, voting.slug, ticket, choices(voting, *wanted)),
        lambda: cast_ballot(
            voting.engine, voting.slug, ticket, choices(voting, *wanted), new_attempt()
        ),
    ):
        with pytest.raises(InvalidBallot) as refused:
            call()
        assert refused.value.details["problem"] == problem
    assert stored(voting) == 0
    vote(voting, voting.codes[0], ["AED"])


@pytest.mark.parametrize("strange", ["onbekend", "", "-1", "1.5", "x" * 100_000, "i1'; DROP TABLE"])
def test_projects_that_are_not_on_the_paper_are_refused(voting, strange):
    ticket = admitted(voting, voting.codes[0]).ticket
    with pytest.raises(InvalidBallot):
        cast_ballot(voting.engine, voting.slug, ticket, [strange], new_attempt())
    with pytest.raises(InvalidBallot):
        cast_ballot(voting.engine, voting.slug, ticket, [strange] * 2000, new_attempt())
    assert stored(voting) == 0


def test_a_basket_over_the_limit_is_refused_with_the_amounts(tmp_path):
    rules = BallotRules("basket", 1, 10, 7_000_00, may_change=True)
    basket = a_round(
        ballot=dataclasses.replace(rules, format=type(a_round().ballot.format)("basket"))
    )
    staged = a_round_in(tmp_path, round_=basket)
    ticket = admitted(staged, staged.codes[0]).ticket
    with pytest.raises(InvalidBallot) as refused:
        check_choices(
            staged.engine, staged.slug, ticket, choices(staged, "Bankjes", "Speeltoestel")
        )
    assert refused.value.details == {"problem": "over_budget", "limit": 700000, "given": 800000}
    chosen = check_choices(
        staged.engine, staged.slug, ticket, choices(staged, "Bankjes", "Moestuin")
    )
    assert chosen.total_cents == 700000


@pytest.mark.parametrize("ticket", ["", "abc", "ééé", "A" * 5000])
def test_a_ticket_that_was_not_issued_here_is_refused(voting, ticket):
    with pytest.raises(InvalidTicket):
        cast_ballot(voting.engine, voting.slug, ticket, choices(voting, "AED"), new_attempt())


def test_a_ticket_of_another_round_is_refused(voting):
    other = a_round_in(voting.engine, round_=a_round(slug=RoundId("ander-2027")))
    ticket = admitted(other, other.codes[0]).ticket
    with pytest.raises(InvalidTicket):
        cast_ballot(voting.engine, voting.slug, ticket, choices(voting, "AED"), new_attempt())


def test_the_close_erases_the_keys_that_could_link_a_voter_to_a_ballot(voting):
    vote(voting, voting.codes[0], ["AED"])
    ring = voting.engine.keyring
    linking = {"proef-2027.link", "proef-2027.ticket", "proef-2027.spent"}
    assert linking <= set(ring.names())
    end = at(voting.engine, CALENDAR.voting.end)
    phases.take_step(end, voting.slug, "close_voting", "team")
    assert not linking & set(ring.names())


def test_a_vote_costs_at_most_four_statements_and_one_commit_whatever_the_picks(voting):
    from sqlalchemy import event

    ticket = admitted(voting, voting.codes[0]).ticket
    vote(voting, voting.codes[1], ["AED"])  # a warm process
    counted = Counter()
    from sqlalchemy.engine import Engine as AnyEngine

    def statement(_c, _cur, text, *_):
        if not text.startswith(("BEGIN", "PRAGMA")):
            counted["statements"] += 1

    def commit(_connection):
        counted["commits"] += 1

    event.listen(AnyEngine, "before_cursor_execute", statement)
    event.listen(AnyEngine, "commit", commit)
    try:
        cast_ballot(
            voting.engine, voting.slug, ticket, choices(voting, "AED", "Bankjes"), new_attempt()
        )
    finally:
        event.remove(AnyEngine, "before_cursor_execute", statement)
        event.remove(AnyEngine, "commit", commit)
    assert counted["statements"] <= 4
    assert counted["commits"] == 1
