import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Event

import pytest

from pb_engine.errors import StoreProblem
from pb_engine.store.study import Answers, Sheet
from tests.store.examples import NOW, OTHER, SLUG
from tests.store.raw import raw_sql

DAY = date(2027, 5, 12)


def some_answers(**values):
    return Answers("trust_core", "1", "after_ballot", DAY, values)


def test_answers_come_sorted_by_content_whatever_the_order_of_arrival(study):
    given = [
        some_answers(a="9"),
        some_answers(a="2", b="3"),
        some_answers(a="2"),
        some_answers(a="9"),
    ]
    for answers in given:
        with study.write() as work:
            work.add(SLUG, [answers])
            work.commit()
    with study.read() as work:
        assert work.all(SLUG, "trust_core") == (
            some_answers(a="2", b="3"),
            some_answers(a="2"),
            some_answers(a="9"),
            some_answers(a="9"),
        )


def test_answers_stay_with_their_round_and_survey(study):
    other = Answers("ander", "2", "after_result", DAY, {})
    with study.write() as work:
        work.add(SLUG, [some_answers(a="1"), other])
        work.add(OTHER, [some_answers(a="2")])
        work.commit()
    with study.read() as work:
        assert work.all(SLUG, "trust_core") == (some_answers(a="1"),)
        assert work.all(SLUG, "ander") == (other,)
        assert work.all("nergens", "ander") == ()


def test_identifiers_are_random(study):
    with study.write() as work:
        work.add(SLUG, [some_answers(a="1")] * 20)
        work.commit()
    identifiers = [row[0] for row in raw_sql(study, "SELECT id FROM answers")]
    assert len({identifier[:8] for identifier in identifiers}) == 20
    assert all(len(identifier) == 32 for identifier in identifiers)


def test_a_time_of_day_never_gets_in(study):
    moment = Answers("trust_core", "1", "after_ballot", NOW, {})
    assert isinstance(NOW, datetime)
    with study.write() as work, pytest.raises(StoreProblem, match="does not fit"):
        work.add(SLUG, [moment])


def sheet(sid="", **values):
    return Sheet("trust_core", "1", "after_ballot", values, sid)


def test_sheets_that_wait_are_taken_once_and_sorted_by_content(study):
    with study.write() as work:
        for number in ("9", "2", "5"):
            work.wait(SLUG, sheet(a=number))
        work.wait(OTHER, sheet(a="1"))
        work.commit()
    with study.write() as work:
        assert work.waiting() == {(SLUG, "trust_core"): 3, (OTHER, "trust_core"): 1}
        taken = work.take_waiting(SLUG, "trust_core")
        assert [one.values["a"] for one in taken] == ["2", "5", "9"]
        assert work.take_waiting(SLUG, "trust_core") == ()
        work.commit()


def test_a_study_id_finds_its_sheets_in_its_round_only(study):
    with study.write() as work:
        work.wait(SLUG, sheet("s1", a="1"))
        work.wait(OTHER, sheet("s1", a="1"))
        left = Answers("trust_core", "1", "after_result", DAY, {"a": "2"}, "s1")
        work.add(SLUG, [left, some_answers(a="3")])
        work.commit()
    with study.write() as work:
        assert work.withdraw(SLUG, "s1") == 2
        assert work.withdraw(SLUG, "s1") == 0
        work.commit()
    with study.read() as work:
        assert work.all(SLUG, "trust_core") == (some_answers(a="3"),)
        assert work.waiting() == {(OTHER, "trust_core"): 1}


def test_two_who_take_what_waits_at_once_get_each_sheet_once(study):
    with study.write() as work:
        for number in "123":
            work.wait(SLUG, sheet(a=number))
        work.commit()
    held = Event()

    def first():
        with study.write() as work:
            taken = work.take_waiting(SLUG, "trust_core")
            held.set()
            time.sleep(0.3)
            work.commit()
        return taken

    def second():
        held.wait(10)
        with study.write() as work:
            taken = work.take_waiting(SLUG, "trust_core")
            work.commit()
        return taken

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.submit(first), pool.submit(second)
    assert (len(one.result()), other.result()) == (3, ())
