"""What an operator does with a box after a restore, and what `work` does at night."""

import dataclasses
import shutil
from datetime import timedelta

import pytest
from click.testing import CliRunner

from pb_engine.cli import box, doctor, main, work
from pb_engine.services import box_log
from pb_engine.store import close_stores
from tests.builders import a_round_in, an_engine, vote

SLUG = "proef-2027"


@pytest.fixture
def staged(tmp_path, monkeypatch):
    engine = an_engine(tmp_path / "pb", journal_folder=tmp_path / "elders")
    staged = a_round_in(engine, codes=24)
    monkeypatch.setattr(box, "this_engine", lambda: staged.engine)
    monkeypatch.setattr(work, "this_engine", lambda: staged.engine)
    return staged


def run(*words, fails=False):
    done = CliRunner().invoke(main, list(words))
    assert (done.exit_code != 0) is fails, (done.output, done.exception)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.output


def test_a_restored_box_is_checked_replayed_and_whole_again(staged):
    file = staged.engine.settings.data_folder / "box.sqlite3"
    assert "nothing is missing" in run("box", "check", SLUG)
    close_stores(staged.engine.stores)
    shutil.copy(file, file.with_suffix(".backup"))
    for code in staged.codes[:3]:
        vote(staged, code, ["AED"])
    assert "3 ballots logged, 3 in the log" in run("box", "log", SLUG)
    close_stores(staged.engine.stores)
    shutil.copy(file.with_suffix(".backup"), file)
    told = run("box", "check", SLUG, fails=True)
    assert "3 acknowledged ballots are missing" in told
    assert f"pb-engine box replay {SLUG}" in told
    assert "3 ballots and 3 log entries put back" in run("box", "replay", SLUG)
    assert "0 ballots and 0 log entries put back" in run("box", "replay", SLUG)
    assert "nothing is missing" in run("box", "check", SLUG)


def test_a_box_that_is_not_there_is_a_sentence(staged):
    assert "no ballot box" in run("box", "check", "nergens", fails=True)
    assert "no ballot box" in run("box", "log", "nergens", fails=True)
    assert "not in the store" in run("box", "replay", "nergens", fails=True)


def test_work_logs_twenty_by_day_and_fewer_at_night(staged):
    for code in staged.codes[:3]:
        vote(staged, code, ["AED"])
    assert f"{SLUG}: 0 ballots logged, 3 wait" in run("work", "--once")
    assert f"{SLUG}: 3 ballots logged, 0 wait" in run("work", "--once", "--night")


def test_a_program_that_runs_on_logs_the_few_once_the_night_has_passed(staged):
    vote(staged, staged.codes[0], ["AED"])
    evening = staged.engine.clock().replace(hour=20)
    clock, sizes = [evening], []
    engine = dataclasses.replace(staged.engine, clock=lambda: clock[0])
    log = work.tasks_of(engine)["ballots"]
    for hours in (0, 0, 4, 8, 9):
        clock[0] = evening + timedelta(hours=hours)
        log()
        sizes.append(box_log.head_of(staged.engine, SLUG).head.size)
    assert sizes == [0, 0, 0, 1, 1]


def test_the_doctor_looks_into_the_boxes(staged, monkeypatch):
    monkeypatch.setattr(doctor, "build", lambda _: staged.engine)
    assert "with a journal" in doctor._boxes(staged.engine.settings)
