from datetime import date, datetime

import pytest

from pb_engine.errors import StoreProblem
from pb_engine.store.study import Answers
from tests.store.examples import NOW, OTHER, SLUG
from tests.store.raw import raw_sql

DAY = date(2027, 5, 12)


def some_answers(**values):
    return Answers("trust_core", "1", "after_ballot", DAY, values)


def test_answers_come_sorted_by_content_whatever_the_order_of_arrival(study):
    given = [some_answers(a=9), some_answers(a=2, b=3), some_answers(a=2), some_answers(a=9)]
    for answers in given:
        with study.write() as work:
            work.add(SLUG, answers)
            work.commit()
    with study.read() as work:
        assert work.all(SLUG, "trust_core") == (
            some_answers(a=2, b=3),
            some_answers(a=2),
            some_answers(a=9),
            some_answers(a=9),
        )


def test_answers_stay_with_their_round_and_survey(study):
    other = Answers("ander", "2", "after_result", DAY, {})
    with study.write() as work:
        work.add(SLUG, some_answers(a=1))
        work.add(SLUG, other)
        work.add(OTHER, some_answers(a=2))
        work.commit()
    with study.read() as work:
        assert work.all(SLUG, "trust_core") == (some_answers(a=1),)
        assert work.all(SLUG, "ander") == (other,)
        assert work.all("nergens", "ander") == ()


def test_identifiers_are_random(study):
    with study.write() as work:
        for _ in range(20):
            work.add(SLUG, some_answers(a=1))
        work.commit()
    identifiers = [row[0] for row in raw_sql(study, "SELECT id FROM answers")]
    assert len({identifier[:8] for identifier in identifiers}) == 20
    assert all(len(identifier) == 32 for identifier in identifiers)


def test_a_time_of_day_never_gets_in(study):
    moment = Answers("trust_core", "1", "after_ballot", NOW, {})
    assert isinstance(NOW, datetime)
    with study.write() as work, pytest.raises(StoreProblem, match="does not fit"):
        work.add(SLUG, moment)
