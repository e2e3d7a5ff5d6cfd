"""Works and updates: nothing is overwritten unseen, on both databases."""

import dataclasses
from dataclasses import replace
from datetime import date

import pytest

from pb_engine.domain.delivery import Milestone, Payment
from pb_engine.domain.leftovers import Fate, Leftover, SavedShare
from pb_engine.domain.works import Update, Work, WorkState
from pb_engine.errors import ConcurrentEdit
from tests.store.examples import SLUG, add_round, an_idea


@pytest.fixture
def idea(site):
    one = an_idea()
    with site.write() as work:
        add_round(work)
        work.ideas.add(one, "tag")
        work.commit()
    return one.id


def test_a_work_comes_back_and_its_version_counts(site, idea):
    work_ = Work(SLUG, idea, WorkState.READY, "Groendienst", date(2027, 9, 1))
    with site.write() as work:
        assert work.works.save(work_).version == 1
        work.commit()
    with site.read() as work:
        assert work.works.all(SLUG) == {idea: dataclasses.replace(work_, version=1)}
        assert work.works.all("elders") == {}


@pytest.mark.parametrize("seen", [0, 2])
def test_who_saw_another_version_overwrites_nothing(site, idea, seen):
    with site.write() as work:
        work.works.save(Work(SLUG, idea, owner="eerst"))
        work.commit()
    with site.write() as work, pytest.raises(ConcurrentEdit):
        work.works.save(Work(SLUG, idea, owner="later", version=seen))
    with site.read() as work:
        assert work.works.all(SLUG)[idea].owner == "eerst"


def test_updates_come_newest_first_and_one_can_be_taken_back(site, idea):
    days = [date(2027, 9, 1), date(2028, 6, 1), date(2027, 12, 1)]
    with site.write() as work:
        for at, day in enumerate(days):
            work.works.tell(Update(f"v{at}", SLUG, idea, day, "Het gaat goed. مرحبا"))
        assert work.works.take_back(SLUG, idea, "v0")
        assert not work.works.take_back(SLUG, "anders", "v1")
        work.commit()
    with site.read() as work:
        assert [one.id for one in work.works.updates(SLUG)] == ["v1", "v2"]


def test_payments_come_by_day_and_one_can_be_taken_back(site, idea):
    days = [date(2027, 9, 1), date(2027, 6, 1)]
    with site.write() as work:
        for at, day in enumerate(days):
            work.deliveries.pay(Payment(f"p{at}", SLUG, idea, day, 10**13 + at, "Hout. مرحبا"))
        work.commit()
    with site.write() as work:
        assert [one.id for one in work.deliveries.payments(SLUG)] == ["p1", "p0"]
        assert [one.cents - 10**13 for one in work.deliveries.payments(SLUG)] == [1, 0]
        assert not work.deliveries.take_back(SLUG, "anders", "p0")
        assert work.deliveries.take_back(SLUG, idea, "p0")
        assert work.deliveries.payments("elders") == ()
        work.commit()


def test_new_steps_replace_the_old_ones(site, idea):
    old = [Milestone(f"stap {at}", date(2027, 9, 1)) for at in range(12)]
    new = [Milestone("besluit", date(2027, 9, 1), date(2027, 8, 1))]
    for steps in (old, new, []):
        with site.write() as work:
            work.deliveries.plan(SLUG, idea, steps)
            work.commit()
        with site.read() as work:
            assert work.deliveries.milestones(SLUG).get(idea, ()) == tuple(steps)


def test_of_two_rounds_that_use_the_same_saved_money_one_gets_it(site, idea):
    kept = Leftover(SLUG, idea, Fate.SAVED, "Plein", 3, date(2027, 6, 1), 49_51)
    with site.write() as work:
        for slug in ("een", "twee"):
            add_round(work, slug)
        work.leftovers.save(kept)
        work.leftovers.save(Leftover(SLUG, "", Fate.RETURNS))
        work.commit()
    with site.write() as work:
        assert not work.leftovers.use(replace(kept.share, cents=49_50), "een")
        assert not work.leftovers.use(SavedShare(SLUG, 0), "een")
        assert work.leftovers.use(kept.share, "een")
        assert not work.leftovers.use(kept.share, "twee")
        work.commit()
    with site.write() as work:
        found = work.leftovers.of(SLUG)[idea]
        assert (found.used_by, found.version, found.until) == ("een", 1, date(2030, 6, 1))
        assert not work.leftovers.take_back(found)
        with pytest.raises(ConcurrentEdit):
            work.leftovers.save(found)
        assert work.leftovers.release("een") == 1
        assert work.leftovers.take_back(found)
        assert [one.part for one in work.leftovers.all()] == [""]


def test_a_note_of_a_round_is_not_overwritten_unseen(site, idea):
    with site.write() as work:
        assert work.notes.get(SLUG, "kosten") == ({}, 0)
        work.notes.save(SLUG, "kosten", {"é": 10**13}, 0)
        assert work.notes.get(SLUG, "kosten") == ({"é": 10**13}, 1)
        assert work.notes.get(SLUG, "anders") == ({}, 0)
        for seen in (0, 2):
            with pytest.raises(ConcurrentEdit):
                work.notes.save(SLUG, "kosten", {}, seen)
        work.notes.save(SLUG, "kosten", {}, 1)
        assert work.notes.get(SLUG, "kosten") == ({}, 2)
