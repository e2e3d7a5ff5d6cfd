"""A round in numbers: right, never a choice, and only what was published of turnout."""

import csv
import io
from datetime import timedelta
from fractions import Fraction

import pytest

from pb_engine.domain.events import Event, LogEntry
from pb_engine.services import dashboard as service
from pb_engine.services.rounds import add_round
from pb_engine.units import LocalText
from tests.builders import a_round, a_round_in
from tests.web.desk_visitor import AUDITOR, OFFICER, TEAM, DeskVisitor, desk_of


def entry(name, at, **facts):
    if name == "idea_judged":
        facts |= {"outcome": "pass", "criteria": ""}
    return LogEntry(1, Event(name, "proef-2027", "kim", facts), at, "", "")


@pytest.fixture
def moment(staged):
    return staged("ideas").engine.clock()


def test_a_median_counts_whole_days_from_the_first_to_the_answer(moment):
    entries = [
        *(entry("idea_submitted", moment, idea=name) for name in "abcd"),
        entry("idea_judged", moment + timedelta(days=2), idea="a"),
        entry("idea_judged", moment + timedelta(days=5), idea="b"),
        entry("idea_judged", moment + timedelta(days=9), idea="b"),
        entry("idea_judged", moment + timedelta(days=1), idea="unknown"),
    ]
    span = service._span(entries, "judged", "idea_submitted", "idea_judged", "idea")
    assert (span.done, span.waiting, span.longest_days) == (2, 2, 5)
    assert span.median_days == Fraction(7, 2)
    nothing = service._span([], "judged", "idea_submitted", "idea_judged", "idea")
    assert nothing.median_days is None


def test_before_the_vote_there_are_ideas_and_no_voters(staged):
    page = desk_of(staged("review"), TEAM).get("~/cijfers")
    assert page.status == 200
    assert "De stemming is nog niet begonnen." in page.text
    assert "Hoeveel dagen het duurde" in page.text


def test_during_the_vote_only_the_number_of_voters_is_told(staged):
    voting = staged("voting")
    told = service.dashboard(voting.engine, voting.slug)
    assert (told.funded, told.turnout, told.works) == (None, None, None)
    text = desk_of(voting, AUDITOR).get("~/cijfers").text
    assert "Stemrechten per buurt" not in text


def test_after_the_result_money_turnout_and_rounds_stand_beside_each_other(tmp_path):
    votes = {"Bankjes": 3, "Moestuin": 2, "AED": 1}
    published = a_round_in(tmp_path, "published", votes=votes)
    told = service.dashboard(published.engine, published.slug)
    assert (told.submitted, told.answered, told.funded, told.voters) == (4, 4, 3, 6)
    assert told.cents_per_voter == 8_900_00 // 6
    desk = desk_of(published, TEAM)
    page = desk.get("~/cijfers")
    assert "4 van de 4 ideeën hebben een antwoord." in page.text
    assert "Alles samen" in page.text
    rows = dict(csv.reader(io.StringIO(desk.get("~/cijfers.csv").body.decode())))
    assert (rows["voters"], rows["funded"], rows["ideas_on_ballot"]) == ("6", "3", "4")


def test_who_stands_at_the_counter_sees_no_numbers(staged):
    desk = desk_of(staged("ideas"), OFFICER)
    for path in ("~/cijfers", "~/cijfers.csv"):
        assert desk.get(path).status == 403


def test_other_rounds_are_compared_only_for_whoever_may_see_them(tmp_path):
    staged = a_round_in(tmp_path, "review")
    add_round(staged.engine, a_round(slug="andere-2027", name=LocalText("Geheim", "Secret")), "kim")
    assert "Geheim" in desk_of(staged, TEAM).get("~/cijfers").text
    one = DeskVisitor(staged.engine, staged.slug)
    one.hire("sam", f"{TEAM}:{staged.slug}")
    one.log_in("sam")
    page = one.get("~/cijfers")
    assert page.status == 200
    assert "Geheim" not in page.text
    assert one.get("/andere-2027/cijfers").status == 403
