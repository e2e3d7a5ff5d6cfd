"""T78: clocks that jump, closers that come twice; a closed box stays closed."""

import dataclasses
from collections import Counter
from datetime import timedelta

import pytest

from pb_engine.domain.phases import Phase
from pb_engine.engine import WallClock, wall_clock
from pb_engine.errors import EngineError, NotReady, WrongPhase
from pb_engine.services import phases
from pb_engine.services.closing import close_box
from pb_engine.services.voting import cast_ballot, new_attempt
from tests.attacks.staging import a_ticket, staged_on
from tests.builders import CALENDAR, DAY, a_round_in, admitted
from tests.store.raw import raw_sql

END = CALENDAR.voting.end
HOUR = timedelta(hours=1)


def cast(staged, voter="a voter"):
    ticket = a_ticket(staged.engine, staged.slug, voter)
    return cast_ballot(staged.engine, staged.slug, ticket, [staged.ideas["AED"]], new_attempt())


def events(staged):
    with staged.engine.stores.site.read() as work:
        return Counter(entry.event.name for entry in work.log.entries())


def phase(staged):
    with staged.engine.stores.site.read() as work:
        return work.rounds.get(staged.slug).phase


def test_a_clock_that_runs_back_before_the_end_closes_nothing_and_voting_goes_on(tmp_path):
    staged = a_round_in(tmp_path)
    for moment in (END - HOUR, END - DAY, END - HOUR - DAY, END - timedelta(microseconds=1)):
        now = staged.move_to(moment)
        assert phases.advance(now.engine) == ()
        assert phase(now) is Phase.VOTING
    cast(staged.move_to(END - HOUR))


def test_a_clock_that_is_set_back_after_the_close_opens_nothing_again(tmp_path):
    staged = a_round_in(tmp_path)
    ticket = a_ticket(staged.engine, staged.slug, "a voter")
    phases.advance(staged.move_to(END).engine)
    for back in (HOUR, DAY, 30 * DAY):
        earlier = staged.move_to(END - back)
        assert phases.advance(earlier.engine) == ()
        assert phase(earlier) is Phase.CLOSED
        with pytest.raises(WrongPhase):
            admitted(earlier, staged.codes[0])
    with pytest.raises(WrongPhase):
        cast_ballot(staged.engine, staged.slug, ticket, [staged.ideas["AED"]], new_attempt())


def test_twenty_closers_at_once_close_once(engine, at_once):
    staged = a_round_in(engine).move_to(END)
    cast(a_round_at_the_last_minute(staged))
    by_hand = [lambda: phases.take_step(staged.engine, staged.slug, "close_voting", "team")] * 10
    outcomes = at_once(*by_hand, *[lambda: phases.advance(staged.engine)] * 10)
    assert not [one for one in outcomes if isinstance(one, Exception) and not expected(one)]
    told = events(staged)
    assert told["voting_closed"] == told["link_keys_erased"] == 1
    assert phase(staged) is Phase.CLOSED


def a_round_at_the_last_minute(staged):
    return staged.move_to(END - timedelta(minutes=1))


def expected(outcome):
    return isinstance(outcome, WrongPhase)


def test_closing_twice_by_hand_is_refused_and_changes_nothing(tmp_path):
    staged = a_round_in(tmp_path).move_to(END)
    cast(a_round_at_the_last_minute(staged))
    phases.take_step(staged.engine, staged.slug, "close_voting", "team")
    before = events(staged)
    with pytest.raises(WrongPhase):
        phases.take_step(staged.engine, staged.slug, "close_voting", "team")
    assert events(staged) == before


def test_the_wrong_round_is_not_closed_early_without_a_reason_in_words(tmp_path):
    staged = a_round_in(tmp_path)
    for reason in ("", " " * 40, "te vroeg"):
        with pytest.raises(NotReady):
            phases.take_step(staged.engine, staged.slug, "close_voting", "team", reason)
    assert phase(staged) is Phase.VOTING
    cast(staged)


def test_a_close_that_broke_off_half_way_is_finished_by_the_next_one(tmp_path):
    # The box is closed and the keys are gone, but the site never heard of it.
    staged = a_round_in(tmp_path).move_to(END)
    cast(a_round_at_the_last_minute(staged))
    close_box(staged.engine, staged.slug, "clock")
    assert phase(staged) is Phase.VOTING
    phases.advance(staged.engine)
    assert phase(staged) is Phase.CLOSED
    assert events(staged)["voting_closed"] == 1


def test_no_step_leads_back_from_a_closed_box(tmp_path):
    staged = a_round_in(tmp_path, "closed")
    why = "wij willen nog een week stemmen"
    for step in ("open_voting", "start_review", "open_ideas", "close_voting", "reopen", ""):
        with pytest.raises(EngineError):
            phases.take_step(staged.engine, staged.slug, step, "team", why)
        assert phase(staged) is Phase.CLOSED
    with pytest.raises(Exception, match="only closes"):
        raw_sql(staged.engine.stores.box, "UPDATE boxes SET open = 1")


class Machine:
    """A machine whose clock somebody can set, and whose steady time nobody can."""

    def __init__(self, now):
        self.now, self.passed = now, 0.0

    def clock(self):
        return WallClock(lambda: self.now, lambda: self.passed)

    def wait(self, seconds):
        self.now, self.passed = self.now + timedelta(seconds=seconds), self.passed + seconds


def test_a_clock_that_is_set_ahead_closes_nothing_and_it_says_so(tmp_path):
    staged = a_round_in(tmp_path)
    machine = Machine(END - DAY)
    engine = dataclasses.replace(staged.engine, clock=machine.clock())
    machine.now += DAY + HOUR
    (refused,) = phases.advance(engine)
    assert "voting stays open" in refused.problem
    assert "90000 seconds" in refused.problem
    now = dataclasses.replace(staged, engine=engine)
    assert phase(now) is Phase.VOTING
    cast(staged.move_to(END - HOUR))
    machine.now -= DAY + HOUR
    machine.wait(DAY.total_seconds() + 3600)
    assert [one.problem for one in phases.advance(engine)][:1] == [None]
    assert phase(now) is not Phase.VOTING


def test_somebody_may_close_by_hand_whatever_the_clock_says(tmp_path):
    staged = a_round_in(tmp_path)
    machine = Machine(END - DAY)
    engine = dataclasses.replace(staged.engine, clock=machine.clock())
    machine.now += 2 * DAY
    phases.take_step(engine, staged.slug, "close_voting", "team", "de klok is nagekeken")
    assert phase(dataclasses.replace(staged, engine=engine)) is Phase.CLOSED


@pytest.mark.postgres
def test_a_clock_that_differs_from_that_of_the_database_closes_nothing(postgres_urls, tmp_path):
    with staged_on(postgres_urls, tmp_path) as staged:
        machine = Machine(END + HOUR)
        engine = dataclasses.replace(staged.engine, clock=machine.clock())
        (refused,) = phases.advance(engine)
        assert "database of the ballot box" in refused.problem
        assert phase(staged) is Phase.VOTING


def test_the_clock_of_this_machine_tells_how_far_it_was_set():
    machine = Machine(END)
    clock = machine.clock()
    machine.wait(3600)
    assert (clock(), clock.strayed()) == (END + HOUR, timedelta(0))
    machine.now -= DAY
    assert clock.strayed() == -DAY
    assert abs(wall_clock.strayed()) < HOUR
