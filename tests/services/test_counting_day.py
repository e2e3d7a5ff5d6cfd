"""The check list of counting day: what is told holds, and what does not hold is told."""

from dataclasses import replace

import pytest

from pb_engine.services import counting_day, keys
from pb_engine.services.counting_day import counting_checks
from pb_engine.store.site import Appeal
from pb_engine.units import IdeaId
from tests.builders import a_round_in
from tests.paper import a_read_batch, a_stack, accept
from tests.web.desk_visitor import TEAM, desk_of


def lacking(staged):
    return [one.sentence.nl for one in counting_checks(staged.engine, staged.slug) if not one.holds]


def test_while_people_vote_the_close_and_what_comes_with_it_are_lacking(tmp_path):
    voting = a_round_in(tmp_path, "voting")
    assert {"De stemming is gesloten.", "Het kiezersregister klopte bij het sluiten."} <= set(
        lacking(voting)
    )
    page = desk_of(voting, TEAM).get("~/tellen")
    assert "Is alles klaar voor het tellen?" in page.text


def test_after_the_close_the_list_is_in_order_but_for_a_key_that_was_taken_away(tmp_path):
    closed = a_round_in(tmp_path, "closed")
    assert lacking(closed) == []
    closed.engine.keyring.erase(keys.round_private(closed.slug))
    assert lacking(closed) == ["De sleutel van de stembus is op de server."]


@pytest.mark.parametrize("phase", ["review", "opened"])
def test_before_the_vote_and_once_the_box_is_open_there_is_no_list(tmp_path, phase):
    staged = a_round_in(tmp_path, phase)
    assert counting_checks(staged.engine, staged.slug) == ()


def test_paper_that_nobody_accepted_and_an_open_request_are_lacking_until_they_are_settled(
    tmp_path,
):
    voting = a_round_in(tmp_path, "voting")
    paper = "Elke serie papier is aanvaard of weggelaten."
    request = "Elk verzoek om herziening heeft een beslissing."
    assert not {paper, request} & set(lacking(voting))
    batch = a_read_batch(voting, a_stack(voting, 2))
    appeal = Appeal("a1", IdeaId(voting.ideas["AED"]), "Kijk nog eens.", voting.engine.today())
    with voting.engine.stores.site.write() as work:
        work.appeals.add(appeal)
        work.commit()
    assert {paper, request} <= set(lacking(voting))
    accept(voting, batch)
    assert paper not in lacking(voting)


def test_a_register_that_was_wrong_at_the_close_is_lacking(tmp_path, monkeypatch):
    closed = a_round_in(tmp_path, "closed")
    wrong = counting_day.last_check(closed.engine, closed.slug)
    monkeypatch.setattr(counting_day, "last_check", lambda *_: replace(wrong, problems=2))
    assert lacking(closed) == ["Het kiezersregister klopte bij het sluiten."]
