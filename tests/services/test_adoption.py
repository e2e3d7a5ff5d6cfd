"""A second person adopts the outcome: who may, what exactly, and what comes out without it."""

import dataclasses

import pytest

from pb_engine.errors import NotAllowed, NotReady, RecountDiffers, WrongPhase
from pb_engine.services import adoption, publication
from pb_engine.services.counting_day import counting_checks
from pb_engine.services.desk import log_page
from pb_engine.services.making_record import make_record
from pb_engine.units import RoundId
from tests.builders import a_round_in

VOTES = {"Bankjes": 3, "Moestuin": 2, "AED": 1}


@pytest.fixture
def explained(tmp_path):
    return a_round_in(tmp_path, "explained", votes=VOTES)


def newest(staged):
    return log_page(staged.engine, limit=500).entries[-1].event


def counted_by_another(staged, name, change):
    """Put a changed document of the count in the store, past every step."""
    with staged.engine.stores.site.write() as work:
        raw = work.counts.get(RoundId(staged.slug), name)
        work.counts.put(RoundId(staged.slug), name, change(raw))
        work.commit()


def test_what_a_second_person_adopts_is_published_and_the_log_names_both(explained):
    made = adoption.adopt(explained.engine, explained.slug, " Jan  de Vries ", "operator:root")
    event = newest(explained)
    assert (event.name, event.by) == ("outcome_adopted", "Jan de Vries")
    assert event.facts["typed_by"] == "operator:root"
    assert adoption.adoption_of(explained.engine, explained.slug) == made
    assert publication.publish(explained.engine, explained.slug, "team") == made.record_digest


@pytest.mark.parametrize("name", ["team", "TEAM", " Téam ", "operator:team"])
def test_whoever_counted_cannot_adopt_however_they_write_their_name(explained, name):
    with pytest.raises(NotAllowed, match="ask another official"):
        adoption.adopt(explained.engine, explained.slug, name)
    assert adoption.adoption_of(explained.engine, explained.slug) is None


@pytest.mark.parametrize("name", ["", "   "])
def test_nobody_is_not_a_second_person(explained, name):
    with pytest.raises(NotReady, match="say who"):
        adoption.adopt(explained.engine, explained.slug, name)


def test_an_outcome_is_adopted_once(explained):
    adoption.adopt(explained.engine, explained.slug, "Jan")
    with pytest.raises(NotReady, match="already"):
        adoption.adopt(explained.engine, explained.slug, "Piet")


@pytest.mark.parametrize("phase", ["counted", "published"])
def test_there_is_a_time_to_adopt(tmp_path, phase):
    staged = a_round_in(tmp_path, phase, votes=VOTES)
    with pytest.raises(WrongPhase):
        adoption.adopt(staged.engine, staged.slug, "Jan")


def test_an_insider_who_changes_the_outcome_after_the_count_gets_nobody_to_adopt_it(explained):
    decision = make_record(explained.engine, explained.slug).outcome.decisions[0]
    counted_by_another(
        explained,
        "outcome",
        lambda raw: raw.replace(f'"voters":{decision.voters}'.encode(), b'"voters":99', 1),
    )
    with pytest.raises(RecountDiffers, match="not the one that was counted"):
        adoption.adopt(explained.engine, explained.slug, "Jan")


def test_an_insider_who_changes_a_reason_after_the_adoption_publishes_nothing(explained):
    adoption.adopt(explained.engine, explained.slug, "Jan")
    counted_by_another(explained, "explanations", lambda raw: raw.replace(b"geld", b"goud"))
    assert adoption.adoption_of(explained.engine, explained.slug) is None
    with pytest.raises(NotReady, match="nobody adopted"):
        publication.publish(explained.engine, explained.slug, "team")
    adoption.adopt(explained.engine, explained.slug, "Jan")
    publication.publish(explained.engine, explained.slug, "team")


def test_the_check_list_and_the_page_say_whether_it_is_adopted(explained):
    (check,) = counting_checks(explained.engine, explained.slug)
    assert not check.holds
    before = adoption.to_adopt(explained.engine, explained.slug)
    assert before.counted_by == "team"
    assert [row.title for row in before.rows][:2] == ["Bankjes", "Moestuin"]
    assert before.spent_cents == sum(row.cost_cents for row in before.rows if row.funded)
    adoption.adopt(explained.engine, explained.slug, "Jan")
    (check,) = counting_checks(explained.engine, explained.slug)
    assert check.holds
    after = adoption.to_adopt(explained.engine, explained.slug)
    assert after == dataclasses.replace(before, adoption=after.adoption)
    assert after.adoption.by == "Jan"
