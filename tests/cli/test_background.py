"""Background work on both databases: at every beat, one at a time, whatever fails or dies."""

import dataclasses
import pickle
import signal
import subprocess
import sys
import threading
import time
from contextlib import ExitStack

import pytest
import structlog

from pb_engine.cli import background as module
from pb_engine.cli.background import background, queue_of, task
from pb_engine.cli.work import tasks_of
from pb_engine.errors import NotReady, StoreProblem
from pb_engine.services.rounds import stored_round
from tests.builders import CALENDAR, DAY, a_round_in, an_engine, at

BEAT = 0.05


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request, tmp_path):
    staged = a_round_in(tmp_path, "draft")
    if request.param == "postgresql":
        site = request.getfixturevalue("postgres_server").migrated("site")
        settings = dataclasses.replace(staged.engine.settings, site_db=site)
        return dataclasses.replace(staged.engine, settings=settings)
    return staged.engine


@pytest.fixture
def complaints():
    lines = []
    structlog.configure(processors=[lambda _, __, line: lines.append(line) or ""])
    return lines


def until(true, within=8.0):
    end = time.monotonic() + within
    while not true():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


def test_each_task_runs_at_once_and_with_every_beat(engine):
    runs = []
    with background(engine, {"a": lambda: runs.append("a"), "b": lambda: runs.append("b")}, BEAT):
        until(lambda: runs.count("a") >= 3 and runs.count("b") >= 3)
    number = len(runs)
    time.sleep(4 * BEAT)
    assert len(runs) == number


def test_a_task_that_fails_is_logged_without_its_words_and_comes_again(engine, complaints):
    runs = []

    def fail():
        runs.append("fail")
        raise ValueError("noor@example.org") if len(runs) % 2 else NotReady("not yet")

    other = []
    with background(engine, {"fail": fail, "other": lambda: other.append(1)}, BEAT):
        until(lambda: len(runs) >= 4 and len(other) >= 2)
    assert {line.get("problem") for line in complaints} == {"ValueError", "not yet"}
    assert "noor" not in str(complaints)


def test_two_workers_never_do_the_same_task_at_once(engine):
    running, most, runs = [], [], []

    def act():
        running.append(1)
        most.append(len(running))
        time.sleep(0.03)
        running.pop()
        runs.append(1)

    with ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(background(engine, {"one": act, "two": lambda: None}, BEAT))
        until(lambda: len(runs) >= 8)
    assert max(most) == 1


def test_a_task_that_hangs_holds_up_no_other(engine):
    free, calendar = threading.Event(), []
    tasks = {"mail": lambda: free.wait(20), "calendar": lambda: calendar.append(1)}
    with background(engine, tasks, BEAT):
        until(lambda: len(calendar) >= 5)
        free.set()


def test_stopping_waits_for_what_runs(engine):
    begun, done = threading.Event(), []

    def slow():
        begun.set()
        time.sleep(0.3)
        done.append(1)

    with background(engine, {"slow": slow}, 60):
        begun.wait(5)
    assert done == [1]


def test_the_lock_of_a_worker_that_died_ends(engine):
    runs = []
    huey = queue_of(engine)
    once = task(engine, huey, "one", lambda: runs.append(1))
    assert module._taken(engine, huey, "one")
    once()
    assert runs == []
    later = at(engine, engine.clock() + module.LONGEST + DAY / 1000)
    task(later, queue := queue_of(later), "one", lambda: runs.append(2))()
    assert runs == [2]
    for one in (huey, queue):
        one.storage.close()


class Bomb:
    def __reduce__(self):
        return print, ("BOOM",)


def test_an_object_that_somebody_puts_into_the_queue_is_never_opened(engine, complaints, capfd):
    huey = queue_of(engine)
    huey.storage.enqueue(pickle.dumps(Bomb()))
    huey.storage.enqueue(b"pb_engine.cli.work.unheard_of")
    huey.storage.put_data("rt:bomb", pickle.dumps(Bomb()))
    runs = []
    with background(engine, {"one": lambda: runs.append(1)}, BEAT):
        until(lambda: len(runs) >= 2 and huey.storage.queue_size() == 0)
    assert "BOOM" not in capfd.readouterr().out
    assert any("queue" in str(line.get("complaint")) for line in complaints)
    huey.storage.close()


def test_the_calendar_moves_and_mail_goes_out_by_itself(tmp_path):
    staged = a_round_in(tmp_path, "draft")
    engine = at(staged.engine, CALENDAR.ideas.start + DAY)
    with background(engine, tasks_of(engine), BEAT):
        until(lambda: stored_round(engine, staged.slug).phase == "ideas")


def test_each_part_does_its_own_work(tmp_path):
    engine = an_engine(tmp_path)

    def of(*parts):
        return set(tasks_of(dataclasses.replace(engine, parts=frozenset(parts))))

    site = {"answers", "digest", "mail", "throttles"}
    assert of("site", "register", "box") == {"calendar", "ballots", *site}
    assert of("site") == site
    assert of("box") == {"ballots"}
    assert of("register") == set()


def test_parts_that_share_a_folder_do_not_share_a_queue(tmp_path):
    engine = an_engine(tmp_path)
    names = {
        queue_of(dataclasses.replace(engine, parts=frozenset({part}))).name
        for part in ("site", "box")
    }
    assert len(names) == 2


def test_a_queue_that_cannot_be_opened_is_said_without_the_password(tmp_path):
    engine = an_engine(tmp_path)
    settings = dataclasses.replace(
        engine.settings, site_db="postgresql+psycopg://pb:geheim@127.0.0.1:1/site"
    )
    with pytest.raises(StoreProblem) as refused:
        queue_of(dataclasses.replace(engine, settings=settings))
    assert "geheim" not in refused.value.sentence


def test_a_signal_ends_the_program_in_good_order(tmp_path):
    an_engine(tmp_path)
    program = [sys.executable, "-m", "pb_engine", "work", "--every", "1"]
    with subprocess.Popen(
        program, env={"PB_DATA": str(tmp_path), "PATH": ""}, stdout=subprocess.PIPE, text=True
    ) as running:
        assert "Looking every 1 seconds" in running.stdout.readline()
        running.send_signal(signal.SIGTERM)
        assert running.wait(20) == 0
