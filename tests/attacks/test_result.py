"""An insider with the result: one person as two, two at once, and what stands beside the count."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from pb_engine.errors import EngineError
from pb_engine.services import adoption, correction, council, publication
from pb_engine.services.paper.pages import totals_lines
from pb_engine.services.results import results_page
from pb_engine.units import RoundId
from tests.builders import CALENDAR, a_round_in
from tests.totals import published_with_totals
from tests.web.desk_visitor import SECRETARY, TEAM, DeskVisitor, desk_of

AT_ONCE = 6
REASON = "Een goede reden voor bewoners."


def entries(staged, *names):
    with staged.engine.stores.site.read() as work:
        return work.log.named(RoundId(staged.slug), names)


def all_at_once(task):
    """Do something with so many people at the same moment; return what did not go through."""
    together = threading.Barrier(AT_ONCE)

    def one(number):
        together.wait()
        try:
            task(number)
        except EngineError as refused:
            return refused
        return None

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [one for one in pool.map(one, range(AT_ONCE)) if one]


def test_one_person_in_two_browsers_does_not_adopt_what_they_counted(tmp_path):
    # T45: four eyes by one person with two sessions.
    staged = a_round_in(tmp_path, "opened", votes={"AED": 2})
    first = desk_of(staged, TEAM, SECRETARY)
    first.post("~/tellen/tellen", {})
    first.post("~/tellen/uitleggen", {})
    second = DeskVisitor(staged.engine)
    second.log_in("kim")
    assert second.post("~/tellen/vaststellen", {}).status == 403
    assert second.post("~/tellen/publiceren", {}).status == 409
    assert entries(staged, "outcome_adopted", "results_published") == ()


def test_six_officials_who_adopt_at_once_make_one_adoption(tmp_path):
    staged = a_round_in(tmp_path, "explained", votes={"AED": 2})
    refused = all_at_once(
        lambda number: adoption.adopt(staged.engine, staged.slug, f"lid {number}")
    )
    assert len(refused) == AT_ONCE - 1
    assert len(entries(staged, "outcome_adopted")) == 1


def test_six_officials_who_confirm_at_once_spend_the_money_once(tmp_path):
    staged = a_round_in(tmp_path, "published", votes={"Bankjes": 3, "Moestuin": 2, "AED": 1})
    idea, day = staged.ideas["Speeltoestel"], CALENDAR.voting.closes
    told = council.NewDecision(idea, True, 110_000, "B-1", day, REASON)
    number = council.propose_decision(
        staged.move_to(CALENDAR.voting.end).engine, staged.slug, told, "kim"
    )
    refused = all_at_once(
        lambda one: council.settle_decision(
            staged.engine, staged.slug, number, f"lid {one}", agreed=True
        )
    )
    assert len(refused) == AT_ONCE - 1
    assert results_page(staged.engine, staged.slug).granted_cents == 1_000_000


def test_six_officials_who_publish_a_correction_at_once_replace_one_edition(tmp_path):
    staged = published_with_totals(tmp_path)
    lines = dict.fromkeys((one.key for one in totals_lines(staged.engine, staged.slug)), 0)
    numbers = {**lines, "counted": 4, staged.ideas["AED"]: 4}
    correction.begin_correction(staged.engine, staged.slug, REASON, {1: numbers}, "kim")
    adoption.adopt(staged.engine, staged.slug, "noor")
    old = publication.download(staged.engine, staged.slug, "record.json")
    refused = all_at_once(
        lambda one: correction.publish_correction(staged.engine, staged.slug, f"lid {one}")
    )
    assert len(refused) == AT_ONCE - 1
    (edition,) = results_page(staged.engine, staged.slug).editions
    assert edition.record_digest == old.digest


@pytest.mark.parametrize("name", ["versie-1-record.json", "versie-9-bundle.zip", "../record.json"])
def test_an_edition_that_was_never_replaced_is_no_file(tmp_path, name):
    staged = a_round_in(tmp_path, "published", votes={"AED": 2})
    with pytest.raises(EngineError):
        publication.download(staged.engine, staged.slug, name)
