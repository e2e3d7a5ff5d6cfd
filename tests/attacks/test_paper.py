"""T14, T15, T66: paper that is counted twice, does not add up, or is typed in wrongly."""

import contextlib
import dataclasses
import sqlite3
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from pb_engine.engine import build
from pb_engine.errors import InvalidElectionFile, LogRefused, PaperRefused, WrongPhase
from pb_engine.sealing import trustee_key_file
from pb_engine.services import phases
from pb_engine.services.box_checks import check_box
from pb_engine.services.box_export import export_box
from pb_engine.services.box_file import read_box_file
from pb_engine.services.codes import find_entitlement
from pb_engine.services.offline_count import count_box
from pb_engine.services.paper import accepting, reading, sampling, stacks
from pb_engine.services.paper.accepting import Balance
from pb_engine.services.paper.record import against_the_register
from pb_engine.services.replaying import replay
from pb_engine.store import close_stores
from pb_engine.store.box import Stage
from pb_engine.store.register import Channel
from pb_engine.tallying.samples import chance_to_find, draw_sheets, sheets_to_draw
from tests.builders import a_round_in, vote
from tests.paper import (
    a_read_batch,
    a_stack,
    accept,
    decide,
    differing,
    ended,
    numbers_of,
    read_as,
    to_paper,
    type_in,
)
from tests.store.raw import EVERY_BALLOT, raw_sql
from tests.trustees import a_ceremony, closed, opened_under, ready_to_vote

WHY = "de stapel is nat geworden"


def stored(staged):
    return raw_sql(staged.engine.stores.box, f"SELECT count(*) FROM {EVERY_BALLOT}")[0][0]


def problems(outcomes):
    return Counter(
        one.details["problem"] if isinstance(one, PaperRefused) else type(one).__name__
        for one in outcomes
    )


def test_a_right_that_went_to_paper_votes_online_no_more_and_the_other_way_round(engine, at_once):
    # T14: at the same moment; whoever loses is told, and the sheets are held against the rights.
    staged = a_round_in(engine)
    for code in staged.codes:
        right = find_entitlement(engine, staged.slug, code).id

        def to_paper_now(right=right):
            with engine.stores.register.write() as work:
                won = work.entitlements.move(staged.slug, right, (Channel.NONE,), Channel.PAPER)
                work.commit()
            return won

        at_once(lambda code=code: vote(staged, code, ["AED"]), to_paper_now)
    with engine.stores.register.read() as work:
        rights = work.entitlements.counts(staged.slug)
    assert rights[Channel.DIGITAL] + rights[Channel.PAPER] == len(staged.codes)
    assert stored(staged) == rights[Channel.DIGITAL]
    stacks.open_batch(engine, staged.slug, rights[Channel.PAPER] + 2, "team")
    assert against_the_register(engine, staged.slug).surplus == 2


def test_of_eight_who_accept_a_batch_at_once_one_does_and_each_sheet_is_in_once(engine, at_once):
    # T15
    staged = a_round_in(engine)
    batch = a_read_batch(staged, a_stack(staged, 5))
    outcomes = at_once(*(lambda n=n: accept(staged, batch, f"Carla {n}") for n in range(8)))
    assert problems(outcomes) == {"Balance": 1, "final": 7}
    assert stored(staged) == 5
    assert next(one for one in outcomes if isinstance(one, Balance)).counted == 5


def test_of_many_who_want_one_reading_at_once_one_has_it_and_nobody_has_two(engine, at_once):
    # T15
    staged = a_round_in(engine)
    batch = stacks.open_batch(engine, staged.slug, 1, "team")
    blank = read_as(staged, "<blank>")

    def enter(hand, by):
        reading.enter_sheet(engine, staged.slug, batch, hand, 1, blank, by)
        return (hand, by)

    work = [(hand, by) for hand in (1, 2) for by in ("Anna", "Bram", "Carla")]
    outcomes = at_once(*(lambda pair=pair: enter(*pair) for pair in work))
    done = [one for one in outcomes if isinstance(one, tuple)]
    assert sorted(hand for hand, _ in done) == [1, 2]
    assert len({by for _, by in done}) == 2
    assert set(problems(outcomes)) <= {"tuple", "two_people", "taken"}


def test_a_close_that_races_a_batch_leaves_it_whole_in_the_box_or_stays_away(engine, at_once):
    # T15
    staged = a_round_in(engine)
    batch = a_read_batch(staged, a_stack(staged, 4))
    end = ended(staged)

    def close():
        return phases.take_step(end.engine, end.slug, "close_voting", "team")

    accepted, shut, opened = at_once(
        lambda: accept(end, batch),
        close,
        lambda: stacks.open_batch(end.engine, end.slug, 3, "team"),
    )
    assert isinstance(accepted, Balance)
    assert stored(staged) == 4
    with engine.stores.box.read() as work:
        unfinished, open_ = work.sheets.unfinished(staged.slug), work.state(staged.slug).open
    if open_:
        assert isinstance(shut, PaperRefused)
    else:
        assert unfinished == 0
        assert isinstance(opened, WrongPhase)


def test_nobody_with_a_database_console_reopens_a_batch_or_calls_a_ballot_digital(engine):
    # T15
    staged = a_round_in(engine)
    accept(staged, a_read_batch(staged, a_stack(staged, 2)))
    for statement in (
        "UPDATE paper_stacks SET stage = 'reading', totals = ''",
        "UPDATE paper_stacks SET stated = 1",
        "DELETE FROM paper_stacks",
        "DELETE FROM paper_ballots",
        "UPDATE paper_ballots SET pseudonym = 'x'",
    ):
        with pytest.raises(DBAPIError, match="stays"):
            raw_sql(staged.engine.stores.box, statement)


def test_after_a_restore_a_batch_that_was_accepted_before_is_in_once(tmp_path):
    # T15: the batch is open again, its ballots come back from the journal.
    staged = a_round_in(tmp_path / "round")
    journal = dataclasses.replace(staged.engine.settings, journal_folder=tmp_path / "journal")
    staged = dataclasses.replace(
        staged, engine=dataclasses.replace(staged.engine, settings=journal)
    )
    box = staged.engine.settings.box_db.removeprefix("sqlite:///")
    stack = a_stack(staged, 4)
    batch = a_read_batch(staged, stack)
    backup = tmp_path / "backup.sqlite3"
    with contextlib.closing(sqlite3.connect(box)) as connection:
        connection.execute(f"VACUUM INTO '{backup}'")
    accept(staged, batch)
    close_stores(staged.engine.stores)
    for name in (box, f"{box}-wal", f"{box}-shm"):
        Path(name).unlink(missing_ok=True)
    backup.rename(box)
    again = build(staged.engine.settings, clock=staged.engine.clock)
    staged = dataclasses.replace(staged, engine=again)
    assert replay(again, staged.slug).ballots == 4
    accept(staged, batch)
    assert stored(staged) == 4
    with again.stores.box.read() as work:
        assert len(work.sheets.pseudonyms(staged.slug)) == 4
        assert work.sheets.get(staged.slug, batch).stage is Stage.ACCEPTED
    close_stores(again.stores)


def test_a_slip_of_one_clerk_is_found_whatever_it_is(tmp_path):
    # T66: every kind of slip differs from what the other typed.
    staged = a_round_in(tmp_path / "round")
    one, two, three, four = sorted(numbers_of(staged).values())
    true = {1: f"{one} {two}", 2: f"{one} {two}", 3: str(three), 4: "<blank>", 5: f"{four}"}
    slips = {1: f"{one}", 2: f"{one} {two} {three}", 3: str(four), 4: str(one), 5: "<unreadable>"}
    batch = a_read_batch(staged, true, slips)
    assert differing(staged, batch) == (1, 2, 3, 4, 5)
    for sheet, told in true.items():
        decide(staged, batch, sheet, told)
    assert accept(staged, batch).counted == 4


def test_a_mistake_that_both_made_is_found_in_the_sample(tmp_path):
    # T66: two people who read alike are wrong alike; the sample is what is left.
    staged = a_round_in(tmp_path / "round")
    numbers = sorted(numbers_of(staged).values())
    stack = a_stack(staged, 6)
    lie = {3: str(numbers[0]) if stack[3] != str(numbers[0]) else str(numbers[1])}
    accept(staged, a_read_batch(staged, stack | lie))
    end = ended(staged)
    phases.take_step(end.engine, end.slug, "close_voting", "team")
    drawn = sampling.draw_sample(end.engine, end.slug, 6, "team").drawn
    assert drawn == tuple((1, sheet) for sheet in range(1, 7))
    with pytest.raises(PaperRefused, match="drawn before"):
        sampling.draw_sample(end.engine, end.slug, 3, "team")
    for by in ("Dirk", "Els"):
        for _, sheet in drawn:
            told = read_as(end, stack[sheet])
            sampling.check_sheet(end.engine, end.slug, 1, sheet, told, by)
        if by == "Dirk":
            with pytest.raises(PaperRefused, match="nobody reads one sheet twice"):
                sampling.check_sheet(end.engine, end.slug, 1, 1, told, by)
            with pytest.raises(PaperRefused, match="two people must first"):
                sampling.finish_sample(end.engine, end.slug, "team")
    assert sampling.finish_sample(end.engine, end.slug, "team").differences == ((1, 3),)


def test_a_planted_mistake_is_drawn_as_often_as_is_said():
    # T66
    sheets, wrong, drawn = [(1, one) for one in range(1, 101)], {(1, 7), (1, 50), (1, 93)}, 30
    found = sum(
        bool(wrong & set(draw_sheets(sheets, drawn, seed=f"zaad {n}", digest="d", root="r")))
        for n in range(2000)
    )
    said = chance_to_find(len(sheets), len(wrong), drawn)
    assert abs(Fraction(found, 2000) - said) < Fraction(3, 100)
    assert Fraction(65, 100) < said < Fraction(67, 100)


def test_the_sizes_of_a_sample_in_the_manual_find_one_wrong_sheet_in_a_hundred():
    # T66
    page = (Path(__file__).parents[2] / "docs/how-to/count-paper.md").read_text(encoding="utf-8")
    for sheets, drawn in ((100, 95), (400, 211), (1000, 258), (10_000, 294)):
        assert f"| {sheets:,} | {drawn} |" in page
        assert sheets_to_draw(sheets, sheets // 100) == drawn
        assert chance_to_find(sheets, sheets // 100, drawn) >= Fraction(95, 100)
        assert chance_to_find(sheets, sheets // 100, drawn - 1) < Fraction(95, 100)


def test_trustees_count_paper_offline_and_refuse_a_box_that_lies_about_it(tmp_path):
    # T15
    held = a_ceremony()
    staged = opened_under(ready_to_vote(tmp_path / "round"), trustee_key_file(held.key))
    vote(staged, staged.codes[0], ["AED"])
    to_paper(staged, staged.codes[1:5])
    stack = a_stack(staged, 4) | {2: "<late>"}
    accept(staged, a_read_batch(staged, stack))
    end = closed(staged)
    export_box(end.engine, end.slug, tmp_path / "bus")
    box = read_box_file(tmp_path / "bus")
    assert (box.batches, len(box.paper_names)) == (((1, 3, 1),), 3)
    assert "3 ballots came on paper, in 1 batches" in check_box(box)
    count = count_box(box, held.shares[:3], end.engine.plugins)
    assert (len(count.opening.ballots), count.opening.invalid) == (4, 0)
    for lie in (
        {"batches": ((1, 4, 0),)},
        {"batches": ()},
        {"paper_names": box.paper_names[1:]},
        {"paper_names": (*box.paper_names[1:], "0" * 64)},
    ):
        with pytest.raises(LogRefused, match="came on paper"):
            check_box(dataclasses.replace(box, **lie))
    body = (tmp_path / "bus").read_bytes().replace(b'"counted":3', b'"counted":2')
    (tmp_path / "lie").write_bytes(body)
    with pytest.raises(InvalidElectionFile, match="does not add up"):
        read_box_file(tmp_path / "lie")


def test_what_is_accepted_twice_by_one_who_left_it_out_stays_out(engine):
    # T15
    staged = a_round_in(engine)
    batch = a_read_batch(staged, a_stack(staged, 2))
    accepting.propose_leaving(engine, staged.slug, batch, WHY, "Anna")
    accepting.leave_out(engine, staged.slug, batch, WHY, "Bram")
    with pytest.raises(PaperRefused, match="final"):
        accept(staged, batch)
    with pytest.raises(PaperRefused, match="final"):
        type_in(staged, batch, 1, a_stack(staged, 2), "Anna")
    assert stored(staged) == 0
