"""Looking up a tracker, and the page of promises."""

import pytest

from pb_engine.services import counting, phases
from tests.builders import CALENDAR, a_round_in, adopt_and_publish, vote
from tests.web.visitor import Visitor

TITLES = ("Bankjes", "Moestuin", "AED")


def finished(staged):
    end = staged.move_to(CALENDAR.voting.end)
    phases.take_step(end.engine, end.slug, "close_voting", "team")
    for step in (counting.open_box, counting.tally, counting.explain, adopt_and_publish):
        step(end.engine, end.slug, "team")
    return end


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    staged = a_round_in(tmp_path_factory.mktemp("many"), "voting", codes=26)
    receipts = [
        vote(staged, code, list(TITLES[: place % 3 + 1])) for place, code in enumerate(staged.codes)
    ]
    again = vote(staged, staged.codes[0], ["Speeltoestel"])
    return finished(staged), receipts, again


def looked_up(visitor, typed):
    return visitor.send(visitor.get("~/controleren"), "number", number=typed)


@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_voter_finds_the_choice_that_was_counted_however_the_tracker_is_typed(many, place):
    staged, receipts, _ = many
    page = looked_up(Visitor(staged), receipts[place].tracker.lower().replace("-", " "))
    assert f"Bij code {receipts[place].tracker} is dit geteld" in page.text
    for title in ("Bankjes", "Moestuin", "AED", "Speeltoestel"):
        assert (title in page.text) == (title in TITLES[: place % 3 + 1])


def test_after_voting_again_only_the_last_tracker_leads_somewhere(many):
    staged, receipts, again = many
    old = looked_up(Visitor(staged), receipts[0].tracker)
    assert "Deze code staat niet in de lijst" in old.text
    assert "Stemde u later opnieuw?" in old.text
    assert "Speeltoestel" in looked_up(Visitor(staged), again.tracker).text


def test_a_typing_error_is_said_on_the_page(many):
    staged, receipts, _ = many
    wrong = receipts[1].tracker[:-1] + ("2" if receipts[1].tracker[-1] != "2" else "3")
    page = looked_up(Visitor(staged), wrong)
    assert page.status == 422
    assert "Er klopt een teken niet" in page.text


def test_a_receipt_number_is_no_tracker_and_the_other_way_around(many):
    staged, receipts, _ = many
    assert looked_up(Visitor(staged), receipts[1].number).status == 422
    visitor = Visitor(staged)
    page = visitor.send(visitor.get("~/bewijs"), "number", number=receipts[1].tracker)
    assert page.status == 422


def test_before_the_result_no_tracker_shows_a_choice(tmp_path):
    staged = a_round_in(tmp_path, "voting")
    receipt = vote(staged, staged.codes[0], ["AED"])
    page = looked_up(Visitor(staged), receipt.tracker)
    assert "Dat is nog niet te zien" in page.text
    assert "AED" not in page.text


def test_where_few_people_voted_no_ballot_is_shown_by_itself(tmp_path):
    staged = a_round_in(tmp_path, "voting")
    receipt = vote(staged, staged.codes[0], ["AED"])
    page = looked_up(Visitor(finished(staged)), receipt.tracker)
    assert "minder dan 25 stemmen" in page.text
    assert "AED" not in page.text


def test_the_page_after_voting_shows_the_tracker_once_and_a_reload_of_a_wiped_screen_does_not(
    tmp_path,
):
    visitor = Visitor(a_round_in(tmp_path))
    done = visitor.cast(visitor.staged.codes[0], "AED")
    assert "Bewaar ook uw volgcode" in done.text
    assert done.headers["cache-control"] == "no-store"
    visitor.send(done, "csrf_token")
    assert "volgcode" not in visitor.get("~/stemmen/klaar").text


@pytest.mark.parametrize(("language", "word"), [("nl", "ten dele"), ("en", "partly")])
def test_the_promises_are_no_stronger_than_yes_partly_and_no(many, language, word):
    page = Visitor(many[0], language).get("/beloften")
    assert page.text.count(word) > 8
    for too_strong in ("100%", "onmogelijk", "garandeer", "impossible", "guarantee"):
        assert too_strong not in page.text.lower()
