"""Lists of ideas: what is on them, in which order, and what they cost the store."""

import dataclasses
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import event

from pb_engine.errors import UnknownRound
from pb_engine.services.idea_list import PER_PAGE, IdeaWishes, list_ideas
from pb_engine.services.ideas import submit_idea, withdraw_idea
from pb_engine.services.review import judge_idea
from pb_engine.units import AreaId
from tests.builders import a_draft, a_pass, a_round, a_round_in


@pytest.fixture
def collecting(tmp_path):
    everywhere = dataclasses.replace(a_round().voters, areas=(AreaId("noord"),))
    rules = dataclasses.replace(a_round().submission, max_ideas=100)
    return a_round_in(tmp_path, "ideas", round_=a_round(voters=everywhere, submission=rules))


def add(staged, number, **changes):
    return [
        submit_idea(staged.engine, staged.slug, a_draft(f"Extra {n}", **changes))
        for n in range(number)
    ]


def titles(staged, **wishes):
    asked = IdeaWishes(**{"sort": "number", **wishes})
    return [one.line.title for one in list_ideas(staged.engine, staged.slug, asked).ideas]


@contextmanager
def counted():
    done = []

    def note(_connection, _cursor, statement, *_):
        done.append(statement)

    event.listen(Database, "before_cursor_execute", note)
    try:
        yield done
    finally:
        event.remove(Database, "before_cursor_execute", note)


def test_every_order_of_the_list(collecting):
    assert titles(collecting, sort="number") == ["Bankjes", "Moestuin", "Speeltoestel", "AED"]
    assert titles(collecting, sort="newest") == ["AED", "Speeltoestel", "Moestuin", "Bankjes"]
    assert titles(collecting, sort="cost") == ["AED", "Bankjes", "Moestuin", "Speeltoestel"]
    assert titles(collecting, sort="dearest") == ["Speeltoestel", "Moestuin", "Bankjes", "AED"]
    assert titles(collecting, sort="title") == ["AED", "Bankjes", "Moestuin", "Speeltoestel"]


def test_the_fair_order_differs_by_seed_and_stays_for_one(collecting):
    orders = {tuple(titles(collecting, sort="fair", seed=f"zaad{n:04}")) for n in range(60)}
    assert len(orders) > 12
    assert titles(collecting, sort="fair", seed="zaad0001") == titles(
        collecting, sort="fair", seed="zaad0001"
    )


def test_filters_narrow_and_leave_the_total_alone(collecting):
    page = list_ideas(
        collecting.engine, collecting.slug, IdeaWishes(least_cents=3_000_00, most_cents=4_000_00)
    )
    assert (page.found, page.total, page.unknown) == (2, 4, ())
    assert titles(collecting, text="moesTUIN") == ["Moestuin"]
    assert titles(collecting, theme="spelen") == []
    assert titles(collecting, state="rejected") == []


def test_an_area_holds_the_ideas_of_the_areas_in_it(collecting):
    submit_idea(collecting.engine, collecting.slug, a_draft("Elders", area=AreaId("roombeek")))
    submit_idea(collecting.engine, collecting.slug, a_draft("Overal", area=None))
    assert titles(collecting, area="roombeek") == ["Elders"]
    assert len(titles(collecting, area="noord")) == 5
    assert len(titles(collecting, area="GM0153")) == 5
    assert len(titles(collecting)) == 6


def test_the_price_of_the_commission_counts_once_it_is_there(collecting):
    idea = collecting.ideas["AED"]
    judge_idea(collecting.engine, collecting.slug, idea, a_pass(5_500_00), 1, "commissie")
    assert titles(collecting, sort="dearest")[0] == "AED"
    assert titles(collecting, least_cents=5_500_00) == ["AED"]


@pytest.mark.parametrize("name", ["theme", "area", "state", "sort"])
@pytest.mark.parametrize("value", ["geld", "withdrawn", "'; DROP TABLE ideas", "\0", "é" * 80])
def test_a_wish_that_the_round_does_not_know_asks_nothing_and_is_named(collecting, name, value):
    page = list_ideas(collecting.engine, collecting.slug, IdeaWishes(**{name: value}))
    assert (page.found, page.unknown) == (4, (name,))


def test_pages_together_are_the_whole_list_without_doubles(collecting):
    add(collecting, PER_PAGE + 5)
    seen = []
    for number in (1, 2):
        page = list_ideas(
            collecting.engine, collecting.slug, IdeaWishes(seed="zaad0001", page=number)
        )
        assert (page.page, page.pages, page.found) == (number, 2, PER_PAGE + 9)
        seen += [one.line.id for one in page.ideas]
    assert len(seen) == len(set(seen)) == PER_PAGE + 9


@pytest.mark.parametrize(("wished", "given"), [(0, 1), (-3, 1), (999_999, 1)])
def test_a_page_that_is_not_there_is_the_nearest_one(collecting, wished, given):
    page = list_ideas(collecting.engine, collecting.slug, IdeaWishes(page=wished))
    assert (page.page, len(page.ideas)) == (given, 4)


def test_a_list_costs_as_many_statements_for_any_number_of_ideas(collecting):
    asked = [IdeaWishes(), IdeaWishes(text="bank", area="noord"), IdeaWishes(page=2)]

    def cost():
        with counted() as done:
            for wishes in asked:
                list_ideas(collecting.engine, collecting.slug, wishes)
        return len([one for one in done if one.startswith("SELECT")])

    few = cost()
    add(collecting, 40)
    assert cost() == few <= 4 * len(asked)


def test_an_idea_that_was_taken_back_is_not_listed(collecting):
    made = add(collecting, 1)[0]
    withdraw_idea(collecting.engine, collecting.slug, made.idea.id, made.idea_code)
    assert "Extra 0" not in titles(collecting)


def test_a_round_that_is_not_there_is_refused(collecting):
    with pytest.raises(UnknownRound):
        list_ideas(collecting.engine, "bestaat-niet", IdeaWishes())
