"""A round in numbers: right, never a choice, and only what was published of turnout."""

import csv
import dataclasses
import io
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from pb_engine.domain.events import Event, LogEntry
from pb_engine.domain.ideas import IdeaState
from pb_engine.domain.review_rules import ReviewRules
from pb_engine.domain.round_costs import CostKind, RoundCosts
from pb_engine.services import dashboard as service
from pb_engine.services.feedback import feedback_norm
from pb_engine.services.round_costs import round_costs
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


def test_nobody_waits_for_a_decision_about_an_idea_that_was_merged_or_withdrawn(moment):
    entries = [
        *(entry("idea_submitted", moment, idea=name) for name in "abc"),
        entry("ideas_merged", moment + timedelta(days=1), idea="a", into="c"),
        entry("idea_withdrawn", moment + timedelta(days=1), idea="b"),
        entry("idea_judged", moment + timedelta(days=2), idea="c"),
    ]
    span = service._span(entries, "judged", "idea_submitted", "idea_judged", "idea")
    assert (span.done, span.waiting) == (1, 0)


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


def cost(desk, **values):
    page = desk.get("~/kosten")
    return desk.send(page, page.form("campaign"), **values)


def test_costs_are_told_per_counted_ballot_and_per_channel_to_the_nearest_cent(tmp_path):
    votes = {"Bankjes": 3, "Moestuin": 2, "AED": 1}
    desk = desk_of(a_round_in(tmp_path, "published", votes=votes), TEAM)
    page = cost(desk, campaign="100", hours="0,01", online="12")
    assert "De kosten zijn bewaard." in page.text
    assert "Samen € 112,01." in page.text
    told = service.dashboard(desk.engine, desk.slug)
    assert told.cents_per_ballot == 18_67
    assert told.cents_per_channel == {"digital": 18_67}
    rows = dict(csv.reader(io.StringIO(desk.get("~/cijfers.csv").body.decode())))
    assert (rows["costs_cents"], rows["cents_per_ballot"]) == ("11201", "1867")
    assert (rows["feedback_in_time"], rows["updates_overdue"]) == ("4", "0")


def test_each_channel_bears_its_own_costs_and_its_part_of_the_shared_ones():
    amounts = {CostKind.LETTERS: 90_00, CostKind.PAPER: 30_00, CostKind.ONLINE: 1}
    costs = RoundCosts("r", amounts)
    assert costs.per_channel({"digital": 200, "paper": 100}) == {"digital": 30, "paper": 60}
    assert costs.per_channel({"digital": 0, "paper": 7}) == {"paper": 17_14}
    assert RoundCosts("r").per_channel({"digital": 3}) == {}
    assert RoundCosts("r", amounts).per_ballot(0) is None
    assert RoundCosts("r").per_ballot(5) is None


@pytest.mark.parametrize("typed", ["-1", "1e3", "999999999", "gratis"])
def test_a_cost_that_is_no_amount_is_refused_and_nothing_is_kept(staged, typed):
    desk = desk_of(staged("ideas"), TEAM)
    page = cost(desk, postage=typed, campaign="5")
    assert page.status == 422
    assert 'href="#veld-postage"' in page.html
    assert round_costs(desk.engine, desk.slug).amounts == {}


def test_two_who_fill_in_costs_do_not_overwrite_each_other_and_an_auditor_only_reads(staged):
    voting = staged("ideas")
    desk = desk_of(voting, TEAM)
    page = desk.get("~/kosten")
    assert desk.send(page, page.form("campaign"), campaign="5").status == 200
    assert desk.send(page, page.form("campaign"), campaign="6").status == 409
    auditor = DeskVisitor(voting.engine, voting.slug)
    auditor.hire("sam", AUDITOR)
    auditor.log_in("sam")
    assert 'name="campaign"' not in auditor.get("~/kosten").html
    assert auditor.post("~/kosten", {"campaign": "1"}).status == 403
    assert round_costs(desk.engine, desk.slug).total_cents == 5_00


def test_an_answer_is_in_time_until_the_last_day_of_the_norm(staged):
    reviewed = staged("review")
    with reviewed.engine.stores.site.read() as work:
        ideas = work.ideas.all(reviewed.slug)
    first, second, third, gone = ideas
    gone = dataclasses.replace(gone, state=IdeaState.WITHDRAWN)
    round_ = a_round(review=ReviewRules(decide_days=10))
    begins = datetime(2027, 3, 29, 12, tzinfo=UTC)
    entries = [
        entry("idea_judged", begins + timedelta(days=10), idea=str(first.id)),
        entry("idea_judged", begins + timedelta(days=11), idea=str(second.id)),
        entry("idea_judged", begins, idea=str(gone.id)),
    ]
    day = (begins + timedelta(days=10)).date()
    told = feedback_norm(round_, (first, second, third, gone), entries, day)
    assert (told.in_time, told.late, told.waiting, told.percent) == (1, 1, 1, 50)
    later = feedback_norm(round_, (third,), [], day + timedelta(days=1))
    assert (later.late, later.waiting, later.published) == (1, 0, True)
    assert feedback_norm(a_round(), (), [], day).percent is None
