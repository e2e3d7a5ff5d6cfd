"""Linked ideas on the pages: at the desk, on the page of the idea, and on the ballot."""

import pytest

from pb_engine.domain.rounds import PluginChoice
from pb_engine.services import linking, phases, rehearsal
from tests.builders import CALENDAR, DAY, a_round, a_round_in
from tests.web.desk_visitor import TEAM, desk_of
from tests.web.visitor import Visitor

WHY = "Ze staan op dezelfde plek in het park."


@pytest.fixture
def review(staged):
    return staged("review")


def path(review, title="Bankjes"):
    return f"~/ideeen/{review.ideas[title]}/verbanden"


def link(desk, review, **values):
    page = desk.get(path(review))
    filled = {"kind": "exclusive", "other": review.ideas["AED"], "reason": WHY, **values}
    return desk.send(page, page.form("reason"), **filled)


def test_a_link_is_made_shown_to_residents_and_taken_away(review):
    desk, resident = desk_of(review, TEAM), Visitor(review)
    page = link(desk, review)
    assert "Het verband is bewaard" in page.text
    for title, number in (("Bankjes", 4), ("AED", 1)):
        told = resident.get(f"~/ideeen/{review.ideas[title]}").text
        assert f"Niet allebei: dit idee of idee {number}," in told
        assert WHY in told
    gone = desk.send(page, page.form("link"))
    assert "Het verband is weg" in gone.text
    assert WHY not in resident.get(f"~/ideeen/{review.ideas['AED']}").text


def test_each_side_of_a_need_reads_its_own_sentence(review):
    desk, resident = desk_of(review, TEAM), Visitor(review)
    link(desk, review, kind="needs")
    mine = resident.get(f"~/ideeen/{review.ideas['Bankjes']}").text
    assert "Dit idee krijgt alleen geld als idee 4, AED" in mine
    its = resident.get(f"~/ideeen/{review.ideas['AED']}").text
    assert "Idee 1, Bankjes" in its
    assert "kan alleen als dit idee geld krijgt." in its


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"kind": ""}, "Kies wat het verband is."),
        ({"reason": "kort"}, "in 10 tot 300 tekens"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(review, values, sentence):
    page = link(desk_of(review, TEAM), review, **values)
    assert page.status == 422
    assert sentence in page.text
    assert dict(page.form("reason").fields)["reason"].strip() == values.get("reason", WHY)


def test_the_desk_says_that_a_method_cannot_count_with_links(tmp_path):
    method = PluginChoice("equal_shares", {"completion": "none"})
    staged = a_round_in(tmp_path, "review", round_=a_round(voting_method=method))
    desk = desk_of(staged, TEAM)
    assert "Met een verband gaat de stemming niet open" in desk.get(path(staged)).text
    link(desk, staged)
    assert "kan niet rekenen met ideeën die samenhangen" in desk.get("~/proefstemming").text


def test_a_voter_reads_the_link_on_the_ballot(review):
    ideas = review.ideas
    linking.link_ideas(
        review.engine, review.slug, ideas["Bankjes"], "exclusive", ideas["AED"], WHY, "kim"
    )
    rehearsal.keep_rehearsal(review.engine, review.slug, "team")
    voting = review.move_to(CALENDAR.voting.start + DAY)
    phases.take_step(voting.engine, voting.slug, "open_voting", "team")
    voter = Visitor(voting)
    page = voter.enter(voting.codes[0])
    assert page.text.count("Niet allebei: dit idee of idee") == 2


def test_markup_in_a_reason_is_shown_as_text(review):
    link(desk_of(review, TEAM), review, reason="<script>alert(1)</script> hier")
    visitor = Visitor(review)
    assert "<script>alert(1)" not in visitor.get(f"~/ideeen/{review.ideas['AED']}").html
