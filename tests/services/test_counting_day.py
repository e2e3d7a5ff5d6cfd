"""The check list of counting day: what is told holds, and what does not hold is told."""

import pytest

from pb_engine.services import keys
from pb_engine.services.counting_day import counting_checks
from tests.builders import a_round_in
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
