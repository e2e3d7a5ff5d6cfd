"""News in the site store, on both databases."""

import dataclasses
from datetime import timedelta

import pytest

from pb_engine.errors import StoreProblem
from pb_engine.store.site import NewsItem
from pb_engine.units import LocalText
from tests.store.examples import NOW, OTHER, SLUG, add_round

ITEM = NewsItem("n1", SLUG, LocalText("Taart", "Cake"), LocalText("Om 7 uur.", ""), NOW, shown=True)


@pytest.fixture
def told(site):
    later = [
        dataclasses.replace(ITEM, id=f"n{at}", at=NOW + timedelta(hours=at)) for at in range(2, 5)
    ]
    with site.write() as work:
        add_round(work)
        for item in (*later, ITEM):
            work.news.add(item)
        work.commit()
    return site


def ids(store, *given, **more):
    with store.read() as work:
        return [one.id for one in work.news.latest(*given, **more)]


def test_the_latest_news_comes_first_and_as_much_as_is_asked(told):
    assert ids(told, SLUG, 10) == ["n4", "n3", "n2", "n1"]
    assert ids(told, SLUG, 2, skip=1) == ["n3", "n2"]
    assert ids(told, OTHER, 10) == []
    with told.read() as work:
        assert work.news.latest(SLUG, 1, skip=3) == (ITEM,)


def test_what_was_taken_off_stays_and_can_come_back(told):
    with told.write() as work:
        assert work.news.show(SLUG, "n3", shown=False)
        assert not work.news.show(SLUG, "n3", shown=False)
        assert not work.news.show(OTHER, "n4", shown=False)
        assert work.news.count(SLUG) == 4
        work.commit()
    assert ids(told, SLUG, 10) == ["n4", "n2", "n1"]
    assert ids(told, SLUG, 10, hidden=True) == ["n4", "n3", "n2", "n1"]
    with told.write() as work:
        assert work.news.show(SLUG, "n3", shown=True)


def test_news_of_a_round_that_is_not_there_is_refused(told):
    with told.write() as work, pytest.raises(StoreProblem):
        work.news.add(dataclasses.replace(ITEM, id="x", round=OTHER))
