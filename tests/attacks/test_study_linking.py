"""An attacker with the study store and the moment of every ballot pairs answers with ballots.

He knows when each ballot was cast and who cast it (the most that a watcher of the network can
know), and holds all that the study store holds, with the order in which its rows lie.  He pairs as
well as he can by day, by order of rows and by identifier.  Chance pairs one on average.
"""

import dataclasses
import json
import random  # noqa: TID251 - invented voters, the same every time
from datetime import timedelta

import pytest

from pb_engine.services import study_answers
from pb_engine.services.study_answers import let_leave
from pb_engine.services.surveys import take_answers
from tests.builders import a_round_in
from tests.store.raw import raw_sql

VOTERS = 300
MARGIN = 8
"""With 300 pairs chance gives 1 right on average; more than 8 comes once in a million times."""


ITEMS = ("trust_municipality", "procedural_fairness", "understanding")


def town(tmp_path, monkeypatch, seed=3):
    """Let people vote over four days, each answering at once; return who answered what, in order.

    What somebody answers names him, so that the test can tell a right pair.
    """
    staged = a_round_in(tmp_path)
    chance = random.Random(seed)
    start = staged.engine.clock()
    moments = sorted(chance.uniform(0, 4 * 86400) for _ in range(VOTERS))
    seen = []
    for at, seconds in enumerate(moments):
        now = start + timedelta(seconds=seconds)
        engine = dataclasses.replace(staged.engine, clock=lambda now=now: now)
        numbers = (at % 11, at // 11 % 11, at // 121 + 1)
        typed = {item: str(number) for item, number in zip(ITEMS, numbers, strict=True)}
        taken = take_answers(engine, staged.slug, "after_ballot", "trust_core", typed)
        assert taken.answered == 3
        seen.append((now.date(), tuple(typed.values())))
        if at % 7 == 0:
            let_leave(engine)
    monkeypatch.setattr(study_answers, "closed", lambda *_: True)
    closed = start + timedelta(days=5)
    let_leave(dataclasses.replace(staged.engine, clock=lambda: closed))
    return staged, seen


def held(staged):
    """Return what the store holds, in the order in which its rows lie."""
    rows = raw_sql(staged.engine.stores.study, "SELECT id, day, given, sid FROM answers")
    return [(row[0], row[1], tuple(map(json.loads(row[2]).get, ITEMS)), row[3]) for row in rows]


def right(pairs, seen):
    return sum(answers == seen[at][1] for at, answers in pairs)


def by_order(rows, seen):
    return right(enumerate(row[2] for row in rows), seen)


def by_day_and_order(rows, seen):
    """Pair within each day, in the order of rows."""
    found = 0
    for day in {str(one[1]) for one in rows}:
        mine = [row[2] for row in rows if str(row[1]) == day]
        theirs = [at for at, one in enumerate(seen) if str(one[0]) == day]
        found += right(zip(theirs, mine, strict=False), seen)
    return found


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patched:
        staged, seen = town(tmp_path_factory.mktemp("small"), patched)
        return held(staged), seen


@pytest.mark.parametrize("attack", ["as they lie", "by id", "by sid", "by day"])
def test_no_order_in_the_study_store_pairs_answers_with_ballots(small, attack):
    rows, seen = small
    assert len(rows) == VOTERS
    if attack == "by day":
        assert by_day_and_order(rows, seen) <= MARGIN
        return
    column = {"as they lie": None, "by id": 0, "by sid": 3}[attack]
    ordered = rows if column is None else sorted(rows, key=lambda row: row[column])
    assert by_order(ordered, seen) <= MARGIN
    assert by_order(ordered[::-1], seen) <= MARGIN


def test_a_large_round_that_lets_batches_leave_by_day_gives_no_pairs_either(tmp_path, monkeypatch):
    monkeypatch.setattr(study_answers, "SMALL", 40)
    staged, seen = town(tmp_path, monkeypatch)
    rows = held(staged)
    assert len({row[1] for row in rows}) > 1, "batches left on several days"
    assert by_day_and_order(rows, seen) <= MARGIN
    assert by_order(rows, seen) <= MARGIN


def test_the_attack_would_notice_a_store_that_keeps_the_order_of_arrival(small):
    rows, seen = small
    places = {answers: at for at, (_, answers) in enumerate(seen)}
    arrived = sorted(rows, key=lambda row: places[row[2]])
    assert by_order(arrived, seen) == VOTERS


def test_while_people_vote_the_waiting_room_holds_no_day(tmp_path):
    staged = a_round_in(tmp_path)
    take_answers(
        staged.engine, staged.slug, "after_ballot", "trust_core", {"trust_municipality": "3"}
    )
    (row,) = raw_sql(staged.engine.stores.study, "SELECT * FROM waiting_answers")
    assert str(staged.engine.today()) not in repr(row)
