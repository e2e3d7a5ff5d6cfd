"""Paper of which only totals are counted: where it may be, how it is counted, what it decides."""

import dataclasses

import pytest

from pb_engine.ballots import BallotFormat
from pb_engine.domain.rounds import PluginChoice
from pb_engine.errors import PaperRefused
from pb_engine.services import counting, phases, publication
from pb_engine.services.paper import accepting, reading, record, sampling, settling, stacks, totals
from pb_engine.services.paper.pages import paper_page, totals_lines
from pb_engine.services.paper.totals_opening import open_totals, why_not
from pb_engine.services.results import results_page
from pb_engine.tallying import Profile
from pb_engine.tallying.recount import record_election
from tests.builders import a_round, a_round_in, adopt_and_publish, vote
from tests.paper import (
    a_stack,
    accept,
    decide,
    ended,
    read_as,
    to_paper,
    type_in,
)
from tests.totals import a_counted_batch, count_in, totals_of

WHY = "het kruis stond tussen twee vakken"
MARKED = 30


@pytest.fixture
def staged(tmp_path):
    return a_round_in(tmp_path / "round")


def refused(problem, work, *told):
    with pytest.raises(PaperRefused) as caught:
        work(*told)
    assert caught.value.details["problem"] == problem


def opened(staged, sheets=3):
    return open_totals(staged.engine, staged.slug, sheets, "team")


def accepted(staged, batch):
    return totals.accept_totals(staged.engine, staged.slug, batch, "Carla")


def decided(staged, batch, line, number, by="Carla", reason=""):
    return totals.decide_line(staged.engine, staged.slug, batch, line, number, by, reason)


def published(staged):
    end = ended(staged)
    phases.take_step(end.engine, end.slug, "close_voting", "team")
    for step in (counting.open_box, counting.tally, counting.explain, adopt_and_publish):
        step(end.engine, end.slug, "team")
    return end


def with_rules(tmp_path, method="greedy", settings=None, **ballot):
    round_ = a_round()
    rules = dataclasses.replace(round_.ballot, **ballot)
    chosen = PluginChoice(method, settings or {})
    round_ = dataclasses.replace(round_, ballot=rules, voting_method=chosen, compared_methods=())
    return a_round_in(tmp_path / "round", round_=round_)


def names(staged):
    with staged.engine.stores.site.read() as work:
        entries = work.log.entries(0, limit=1000, round_id=staged.slug)
    return [one.event.name for one in entries]


@pytest.mark.parametrize(
    ("rules", "problem"),
    [
        ({}, ""),
        ({"settings": {"minimum_percent": 5, "by": "votes"}}, ""),
        ({"format": BallotFormat.SINGLE, "max_choices": 1}, ""),
        ({"method": "equal_shares"}, "totals_method"),
        ({"format": BallotFormat.RANKING}, "totals_format"),
    ],
)
def test_totals_are_counted_only_where_nothing_else_decides(tmp_path, rules, problem):
    staged = with_rules(tmp_path, **rules)
    assert why_not(staged.engine, staged.slug) == problem
    if problem:
        refused(problem, opened, staged)
    else:
        assert opened(staged) == 1


def test_a_round_counts_three_hundred_sheets_as_totals_and_no_more(staged):
    refused("totals_many", opened, staged, 301)
    first = opened(staged, 200)
    assert opened(staged, 100) == 2
    refused("totals_many", opened, staged, 1)
    again = (staged.engine, staged.slug, first, 201, "er lag er nog een onder", "team")
    refused("totals_many", stacks.recount_batch, *again)
    assert stacks.open_batch(staged.engine, staged.slug, 2000, "team") == 3


def test_what_two_people_count_alike_is_the_count(staged):
    stack = a_stack(staged, 20) | {3: "<blank>", 9: "<late>"}
    batch = a_counted_batch(staged, stack)
    balance = accepted(staged, batch)
    assert (balance.counted, balance.spoilt, balance.void) == (18, 1, 1)
    with staged.engine.stores.box.read() as work:
        found = totals.totals_in(work.sheets.stacks(staged.slug))
        assert work.log.waiting_ballots(staged.slug) == ()
    told = totals_of(staged, stack)
    assert found.sheets == 18
    assert dict(found.votes) == {idea: told[idea] for idea in staged.ideas.values()}
    refused("final", accepted, staged, batch)


def test_a_third_decides_line_by_line_and_nobody_counts_twice(staged):
    stack = a_stack(staged, 10)
    numbers, idea = totals_of(staged, stack), staged.ideas["AED"]
    other = numbers[idea] + (1 if numbers[idea] < 10 else -1)
    batch = opened(staged, 10)
    count_in(staged, batch, 1, numbers, "Anna")
    refused("two_people", count_in, staged, batch, 2, numbers, "Anna")
    refused("unread", accepted, staged, batch)
    count_in(staged, batch, 2, {**numbers, idea: other}, "Bram")
    refused("finished", count_in, staged, batch, 2, numbers, "Bram")
    refused("differences", accepted, staged, batch)
    page = paper_page(staged.engine, staged.slug, "Carla")
    (line,) = page.batches[0].undecided
    assert totals_lines(staged.engine, staged.slug)[line - 1].key == idea
    refused("two_people", decided, staged, batch, line, other, "Anna")
    refused("same", decided, staged, batch, line + 1, 1)
    refused("reason", decided, staged, batch, line, 0 if other else 9)
    assert decided(staged, batch, line, other) == "second"
    assert decided(staged, batch, line, numbers[idea]) == "first"
    assert accepted(staged, batch).counted == 10
    assert names(staged).count("paper_total_decided") == 2


def test_totals_that_do_not_add_up_are_refused_when_they_are_entered(staged):
    batch = opened(staged, 10)
    numbers = totals_of(staged, a_stack(staged, 10))
    idea = staged.ideas["AED"]
    for changes, problem in (
        ({"counted": 9}, "balance"),
        ({"blank": 1}, "balance"),
        ({idea: 11}, "totals"),
        ({idea: -1}, "lines"),
        (dict.fromkeys(staged.ideas.values(), 8), "totals"),  # 32 crosses, at most 30
        (dict.fromkeys(staged.ideas.values(), 2), "totals"),  # 8 crosses, at least 10
    ):
        refused(problem, count_in, staged, batch, 1, {**numbers, **changes}, "Anna")
    del numbers["counted"]
    refused("lines", count_in, staged, batch, 1, numbers, "Anna")


def test_two_decisions_that_together_cannot_be_keep_the_batch_out(staged):
    stack = a_stack(staged, 10) | {1: "<blank>"}
    batch = a_counted_batch(staged, stack, counted=8, blank=2)
    lines = {one.key: one.place for one in totals_lines(staged.engine, staged.slug)}
    decided(staged, batch, lines["counted"], 9)
    decided(staged, batch, lines["blank"], 2)
    refused("balance", accepted, staged, batch)
    decided(staged, batch, lines["blank"], 1)
    assert accepted(staged, batch).counted == 9


def test_another_number_of_sheets_erases_what_was_counted(staged):
    stack = a_stack(staged, 4)
    batch = a_counted_batch(staged, stack)
    many = (staged.engine, staged.slug, batch, 40, "er lagen er nog onder", "team")
    stacks.recount_batch(*many)
    refused("missing", reading.finish_reading, staged.engine, staged.slug, batch, 1, "Anna")
    stacks.recount_batch(staged.engine, staged.slug, batch, 3, "er zat een folder tussen", "team")
    refused("unread", accepted, staged, batch)
    refused("missing", reading.finish_reading, staged.engine, staged.slug, batch, 1, "Anna")
    del stack[4]
    for hand, by in ((1, "Anna"), (2, "Bram")):
        count_in(staged, batch, hand, totals_of(staged, stack), by)
    assert accepted(staged, batch).counted == 3


def test_a_batch_is_counted_in_the_way_in_which_it_was_opened(staged):
    by_total, by_sheet = opened(staged, 1), stacks.open_batch(staged.engine, staged.slug, 1, "team")
    stack = a_stack(staged, 1)
    refused("kind", type_in, staged, by_total, 1, stack, "Anna")
    refused("kind", count_in, staged, by_sheet, 1, totals_of(staged, stack), "Anna")
    for hand, by in ((1, "Anna"), (2, "Bram")):
        count_in(staged, by_total, hand, totals_of(staged, stack), by)
        type_in(staged, by_sheet, hand, stack, by)
    refused("kind", accept, staged, by_total)
    refused("kind", decide, staged, by_total, 1, stack[1])
    refused("kind", accepted, staged, by_sheet)
    refused("kind", decided, staged, by_sheet, 1, 1)


def test_totals_decide_as_a_count_of_every_sheet_does_and_the_page_says_so(tmp_path):
    staged = a_round_in(tmp_path / "round", codes=40)
    stack = a_stack(staged, MARKED) | {7: "<blank>"}
    sheets = [read_as(staged, told).ballot for told in stack.values()]
    to_paper(staged, staged.codes[:MARKED])
    for code in staged.codes[MARKED : MARKED + 5]:
        vote(staged, code, ["AED", "Bankjes"])
    accepted(staged, a_counted_batch(staged, stack))
    end = published(staged)
    told, _ = publication.published_record(end.engine, end.slug)
    everything = Profile.of([*told.ballots, *(one for one in sheets if one)])
    by_sheet = dataclasses.replace(record_election(told), profile=everything, totals=None)
    assert told.totals.sheets == 29
    assert len(told.ballots) == 5
    assert counting.counted_by(end.engine, told.method, by_sheet) == told.outcome
    page = results_page(end.engine, end.slug)
    assert (page.voters, page.paper, page.by_totals) == (34, 29, 29)
    # A rule that needs every ballot is not compared with what it cannot count.
    assert len(page.comparison) == 1


def test_totals_alone_are_a_count_too(staged):
    accepted(staged, a_counted_batch(staged, a_stack(staged, 5)))
    to_paper(staged, staged.codes[:5])
    end = published(staged)
    page = results_page(end.engine, end.slug)
    assert (page.voters, page.by_totals) == (5, 5)
    assert sum(row.voters for row in page.rows) >= 5


def test_nothing_public_tells_what_one_batch_chose_and_no_sheet_of_it_is_drawn(staged):
    accepted(staged, a_counted_batch(staged, a_stack(staged, 2)))
    with staged.engine.stores.box.read() as work:
        (told,) = record.batch_documents(work.sheets.stacks(staged.slug))
        assert work.sheets.marks(staged.slug) == {}
        assert work.sheets.sheets(staged.slug, 1, 1) == {}
    assert told == {
        "batch": 1,
        "stated": 2,
        "state": "accepted",
        "counted": 2,
        "defects": {},
        "reason": "",
        "totals": True,
    }
    end = ended(staged)
    phases.take_step(end.engine, end.slug, "close_voting", "team")
    refused("no_paper", sampling.draw_sample, end.engine, end.slug, 1, "team")


def test_a_batch_of_totals_can_be_left_out_and_says_that_it_was_one(staged):
    batch = opened(staged, 4)
    accepting.propose_leaving(staged.engine, staged.slug, batch, WHY, "Anna")
    accepting.leave_out(staged.engine, staged.slug, batch, WHY, "Bram")
    with staged.engine.stores.box.read() as work:
        (told,) = record.batch_documents(work.sheets.stacks(staged.slug))
        assert totals.totals_in(work.sheets.stacks(staged.slug)) is None
    assert (told["state"], told["totals"], told["reason"]) == ("left_out", True, WHY)


def test_what_a_crash_kept_out_of_the_log_is_told_of_a_batch_of_totals_too(staged):
    accepted(staged, a_counted_batch(staged, a_stack(staged, 2)))
    with staged.engine.stores.box.read() as work:
        (stack,) = work.sheets.stacks(staged.slug)
    assert [name for name, _ in settling._events(stack)] == [
        "paper_batch_opened",
        "paper_batch_by_totals",
        "paper_batch_accepted",
    ]


def test_an_official_reads_no_sheet_of_a_batch_of_totals(staged):
    batch = opened(staged, 1)
    told = read_as(staged, "<blank>")
    asked = (staged.engine, staged.slug, batch, 1, 1, told, "Anna")
    refused("kind", reading.enter_sheet, *asked)
