"""T02, T08-T11, T14, T19: one voting right gives one counted ballot, however it is tried."""

import dataclasses
from collections import Counter

import pytest

from pb_engine.errors import AlreadyVoted, CodeUsed, CodeVoid, InvalidTicket, StoreProblem
from pb_engine.sealing import read_ticket
from pb_engine.services import codes, counting, phases
from pb_engine.services.admission import arrive
from pb_engine.services.receipts import find_receipt
from pb_engine.services.spending import is_attempt, is_spent, mark_of
from pb_engine.services.voting import MOST_CHANGES, Receipt, cast_ballot, new_attempt
from pb_engine.store.box import StoredBallot
from pb_engine.store.register import Channel
from tests.attacks.staging import a_ticket
from tests.builders import CALENDAR, DAY, a_round, a_round_in, admitted, vote
from tests.store.raw import EVERY_BALLOT, raw_sql

ONCE = a_round(ballot=dataclasses.replace(a_round().ballot, may_change=False))
THREADS = 50


def cast(staged, ticket, titles, attempt=None):
    choices = [staged.ideas[title] for title in titles]
    return cast_ballot(staged.engine, staged.slug, ticket, choices, attempt or new_attempt())


def stored(staged):
    return raw_sql(staged.engine.stores.box, f"SELECT count(*) FROM {EVERY_BALLOT}")[0][0]


def pseudonym_of(staged, ticket):
    with staged.engine.stores.box.read() as box:
        public = box.state(staged.slug).ticket_key
    return read_ticket(ticket, public=public, now=0).pseudonym


def opened(staged):
    """Close and open the box; return what was counted and how often each title was chosen."""
    end = staged.move_to(CALENDAR.voting.end + DAY)
    phases.take_step(end.engine, end.slug, "close_voting", "team")
    result = counting.open_box(end.engine, end.slug, "team")
    election, _ = counting.election_of(end.engine, end.slug)
    titles = {idea: title for title, idea in staged.ideas.items()}
    votes = Counter()
    for ballot, times in election.profile.groups:
        votes.update({titles[project]: times for project in ballot.projects})
    return result, votes


def test_of_fifty_different_votes_at_once_under_one_right_exactly_one_is_taken(engine, at_once):
    # T02
    staged = a_round_in(engine, round_=ONCE)
    titles = sorted(staged.ideas)
    tickets = [admitted(staged, staged.codes[0]).ticket for _ in range(5)]
    outcomes = at_once(
        *(
            lambda n=n: cast(staged, tickets[n % 5], [titles[n % len(titles)]])
            for n in range(THREADS)
        )
    )
    kinds = Counter(map(type, outcomes))
    assert kinds == {Receipt: 1, AlreadyVoted: THREADS - 1}
    assert stored(staged) == 1


def test_an_old_attempt_that_is_sent_again_after_a_change_brings_nothing_back(tmp_path):
    # T08
    staged = a_round_in(tmp_path)
    ticket, old = admitted(staged, staged.codes[0]).ticket, new_attempt()
    first = cast(staged, ticket, ["Bankjes"], old)
    last = cast(staged, admitted(staged, staged.codes[0]).ticket, ["AED"])
    assert cast(staged, ticket, ["Bankjes"], old) == first
    assert stored(staged) == 2
    result, votes = opened(staged)
    assert (result.counted, result.superseded) == (1, 1)
    assert votes == {"AED": 1}
    told = [find_receipt(staged.engine, staged.slug, one.number).state for one in (first, last)]
    assert told == ["superseded", "counted"]


def test_other_choices_under_an_old_attempt_are_a_new_ballot_and_never_an_old_receipt(tmp_path):
    # T08: whoever goes back and chooses otherwise is not told that the new choice is in.
    staged = a_round_in(tmp_path)
    ticket, attempt = admitted(staged, staged.codes[0]).ticket, new_attempt()
    first = cast(staged, ticket, ["Bankjes"], attempt)
    with pytest.raises(InvalidTicket):
        cast(staged, ticket, ["Moestuin"], attempt)
    changed = cast(staged, admitted(staged, staged.codes[0]).ticket, ["Moestuin"], attempt)
    assert changed.replaced
    assert {first.number, first.tracker} & {changed.number, changed.tracker} == set()
    result, votes = opened(staged)
    assert (result.counted, result.superseded, votes) == (1, 1, {"Moestuin": 1})


def test_of_many_different_votes_at_once_with_one_ticket_exactly_one_is_taken(engine, at_once):
    # T08: also where a vote may be changed; a retry of that one gets its receipt, by any ticket.
    staged = a_round_in(engine)
    ticket, fresh = (admitted(staged, staged.codes[0]).ticket for _ in range(2))
    titles, names = sorted(staged.ideas), [new_attempt() for _ in range(20)]
    sendings = [(titles[n % len(titles)], name) for n, name in enumerate(names)]
    outcomes = at_once(
        *(lambda one=one: cast(staged, ticket, [one[0]], one[1]) for one in sendings)
    )
    kinds = Counter(map(type, outcomes))
    assert kinds == {Receipt: 1, InvalidTicket: 19}, outcomes
    assert {one.details["problem"] for one in outcomes if not isinstance(one, Receipt)} == {"spent"}
    (won,) = [place for place, one in enumerate(outcomes) if isinstance(one, Receipt)]
    title, name = sendings[won]
    for way in (ticket, fresh):
        assert cast(staged, way, [title], name) == outcomes[won]
    assert cast(staged, fresh, ["AED"]).replaced
    with pytest.raises(InvalidTicket):
        cast(staged, fresh, ["Bankjes"])
    assert stored(staged) == 2


def test_a_used_ticket_does_not_come_in_again_and_a_new_one_does(tmp_path):
    staged = a_round_in(tmp_path)
    ticket = a_ticket(staged.engine, staged.slug, "a voter")
    assert not arrive(staged.engine, staged.slug, ticket).voted_before
    assert arrive(staged.engine, staged.slug, ticket)
    cast(staged, ticket, ["AED"])
    with pytest.raises(InvalidTicket) as refused:
        arrive(staged.engine, staged.slug, ticket)
    assert refused.value.details["problem"] == "spent"
    other = a_ticket(staged.engine, staged.slug, "a voter")
    assert arrive(staged.engine, staged.slug, other).voted_before


def test_the_mark_of_a_ticket_says_nothing_without_a_key_that_the_close_erases(tmp_path):
    staged = a_round_in(tmp_path)
    tickets = [a_ticket(staged.engine, staged.slug, "a voter") for _ in range(12)]
    for ticket in tickets:
        cast(staged, ticket, ["AED"])
    found = raw_sql(staged.engine.stores.box, f"SELECT attempt FROM {EVERY_BALLOT} ORDER BY number")
    marks = [kept[32:] for (kept,) in found]
    assert len(set(marks)) == len(tickets)
    assert {len(mark) for mark in marks} == {16}
    assert marks != sorted(marks)  # in no order: by chance once in half a billion
    with staged.engine.stores.box.read() as box:
        public = box.state(staged.slug).ticket_key
    nonces = [read_ticket(ticket, public=public, now=0).nonce for ticket in tickets]
    assert not any(nonce in kept or kept[32:] in nonce for nonce in nonces for (kept,) in found)
    opened(staged)
    assert not [name for name in staged.engine.keyring.names() if name.endswith(".spent")]


def test_a_ballot_of_before_tickets_left_marks_is_still_found_by_its_retry(tmp_path):
    staged, name = a_round_in(tmp_path), new_attempt()
    ticket = a_ticket(staged.engine, staged.slug, "a voter")
    first = cast(staged, ticket, ["AED"], name)
    with staged.engine.stores.box.read() as box:
        (ballot,) = box.ballots_of(staged.slug, pseudonym_of(staged, ticket))
    old = dataclasses.replace(ballot, attempt=ballot.attempt[:32])
    assert is_attempt(old, old.attempt)
    assert is_attempt(ballot, old.attempt)
    assert not is_spent((old,), mark_of(staged.engine, staged.slug, a_ticket_read(staged, ticket)))
    assert first.number


def a_ticket_read(staged, ticket):
    with staged.engine.stores.box.read() as box:
        return read_ticket(ticket, public=box.state(staged.slug).ticket_key, now=0)


def test_one_right_has_one_pseudonym_however_often_and_by_whichever_letter_it_comes(
    engine, at_once
):
    # T09, T10
    staged = a_round_in(engine)
    fresh = codes.replace_code(engine, staged.slug, staged.codes[0], "brief kwijt", "balie")
    outcomes = at_once(*(lambda: admitted(staged, fresh).ticket for _ in range(THREADS)))
    assert {type(one) for one in outcomes} == {str}, outcomes
    assert len({pseudonym_of(staged, ticket) for ticket in outcomes}) == 1
    other = admitted(staged, staged.codes[1]).ticket
    assert pseudonym_of(staged, other) != pseudonym_of(staged, outcomes[0])


def test_who_holds_the_letter_overrules_a_thief_who_voted_first(tmp_path):
    # T11: the thief's ballot is replaced, so there is one vote and it is the resident's.
    staged = a_round_in(tmp_path)
    stolen = vote(staged, staged.codes[0], ["Speeltoestel"])
    assert admitted(staged, staged.codes[0]).voted_before
    mine = vote(staged, staged.codes[0], ["AED"])
    assert mine.replaced
    result, votes = opened(staged)
    assert (result.counted, result.superseded, votes) == (1, 1, {"AED": 1})
    with staged.engine.stores.box.read() as box:
        assert box.opening(staged.slug).superseded == (stolen.number,)


def test_a_stolen_code_that_was_replaced_opens_no_door_any_more(tmp_path):
    # T11: but a ticket that the thief took before stays a ticket of the same one right.
    staged = a_round_in(tmp_path)
    taken = admitted(staged, staged.codes[0]).ticket
    fresh = codes.replace_code(staged.engine, staged.slug, staged.codes[0], "gestolen", "balie")
    with pytest.raises(CodeVoid):
        admitted(staged, staged.codes[0])
    cast(staged, taken, ["Speeltoestel"])
    vote(staged, fresh, ["AED"])
    result, votes = opened(staged)
    assert (result.counted, votes) == (1, {"AED": 1})


def test_of_two_desks_and_a_resident_who_race_for_one_right_exactly_one_wins(engine, at_once):
    # T14
    staged = a_round_in(engine, codes=12)
    for code in staged.codes:
        right = codes.find_entitlement(engine, staged.slug, code).id

        def to_paper(right=right):
            with engine.stores.register.write() as work:
                won = work.entitlements.move(staged.slug, right, (Channel.NONE,), Channel.PAPER)
                work.commit()
            return won

        online, *desks = at_once(lambda code=code: admitted(staged, code), to_paper, to_paper)
        assert {type(desk) for desk in desks} == {bool}
        if any(desks):
            assert sum(desks) == 1
            assert isinstance(online, CodeUsed)
            assert online.details["problem"] == "paper"
        else:
            assert online.ticket


def test_a_ballot_number_below_one_has_no_place_in_the_box(engine):
    # T19: the box numbers ballots itself, so only somebody past our code can try.
    staged = a_round_in(engine)
    for number in (0, -1, -(2**31)):
        with engine.stores.box.write() as work, pytest.raises(StoreProblem):
            work.deposit(numbered(staged, number))
    assert stored(staged) == 0


def numbered(staged, number):
    return StoredBallot(staged.slug, "p" * 64, number, "all", "a" * 32, b"sealed")


def test_a_ballot_number_that_is_no_whole_number_of_our_size_is_refused(tmp_path):
    # T19: "1" would be the whole number 1, and nothing else gets in as anything.
    staged = a_round_in(tmp_path)
    for number in ("one", 1.5, 2**63, None):
        with staged.engine.stores.box.write() as work, pytest.raises(StoreProblem):
            work.deposit(numbered(staged, number))
    assert stored(staged) == 0


def test_votes_are_changed_fifty_times_and_no_more(tmp_path):
    # T19: who could go on for ever would fill the box.
    staged = a_round_in(tmp_path)
    for _ in range(MOST_CHANGES):
        cast(staged, a_ticket(staged.engine, staged.slug, "a restless voter"), ["AED"])
    with pytest.raises(AlreadyVoted):
        cast(staged, a_ticket(staged.engine, staged.slug, "a restless voter"), ["Bankjes"])
    assert stored(staged) == MOST_CHANGES
    assert opened(staged)[1] == {"AED": 1}


def test_an_attempt_has_a_name_of_our_making_or_none(tmp_path):
    # T01, T19: the name decides what counts as sent twice, so nobody brings a wild one.
    staged = a_round_in(tmp_path)
    ticket = a_ticket(staged.engine, staged.slug, "a voter")
    for name in ("", "0" * 31, "0" * 33, "G" * 32, "'; DROP TABLE ballots; --"):
        with pytest.raises(InvalidTicket):
            cast(staged, ticket, ["AED"], name or "-")
    assert stored(staged) == 0


def test_an_attempt_name_of_somebody_else_gives_neither_receipt_nor_refusal(tmp_path):
    # T01: attempts belong to one right, so a guessed name tells nothing and blocks nobody.
    staged = a_round_in(tmp_path)
    name = new_attempt()
    mine = cast(staged, a_ticket(staged.engine, staged.slug, "one"), ["AED"], name)
    theirs = cast(staged, a_ticket(staged.engine, staged.slug, "two"), ["AED"], name)
    assert mine.number != theirs.number
    assert not theirs.replaced
    assert stored(staged) == 2
