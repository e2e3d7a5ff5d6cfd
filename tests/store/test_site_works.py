"""Works and updates: nothing is overwritten unseen, on both databases."""

import dataclasses
from datetime import date

import pytest

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
    work_ = Work(SLUG, idea, WorkState.READY, "Groendienst", 2_950_50, date(2027, 9, 1))
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
