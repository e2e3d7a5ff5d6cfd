"""The show of a whole round with the desk alone: what officials did, and what it took."""

import pytest

from tests.journeys.show_the_desk import show

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.xdist_group("browser")]
MOST_CLICKS, MOST_CHARACTERS, MOST_PAGES = 70, 2500, 10


def test_a_commission_takes_a_round_from_nothing_to_the_archive_at_the_desk_alone(
    tmp_path, chromium
):
    # One test, since the show takes a minute: spread over processes it would be played in each.
    shown = show(tmp_path, chromium)
    _a_round_is_set_up_in_a_counted_number_of_clicks(shown)
    _five_members_judge_thirty_ideas_and_who_has_an_interest_is_kept_out(shown)
    _the_dry_run_finds_the_planted_mistake_and_a_second_official_adopts(shown)
    _the_round_ends_with_three_parts_thanks_and_an_archive(shown)


def _a_round_is_set_up_in_a_counted_number_of_clicks(shown):
    assert shown.wizard.clicks <= MOST_CLICKS
    assert shown.wizard.characters <= MOST_CHARACTERS
    assert shown.wizard.pages <= MOST_PAGES


def _five_members_judge_thirty_ideas_and_who_has_an_interest_is_kept_out(shown):
    assert shown.ideas == 30
    assert "U heeft belang bij dit idee." in shown.interest
    assert (shown.assessments, shown.together, shown.apart) == (61, 25, 3)
    assert shown.merged == 2


def _the_dry_run_finds_the_planted_mistake_and_a_second_official_adopts(shown):
    assert shown.planted == "De pagina raadt 5 ideeën aan, maar dat aantal mag niet."
    assert (shown.letters, shown.voters) == (40, 24)
    assert "collega" in shown.adopted


def _the_round_ends_with_three_parts_thanks_and_an_archive(shown):
    assert len(shown.lacking) == 3
    assert [one[:2] for one in shown.headings] == ["a.", "b.", "c."]
    assert shown.thanked == 20
