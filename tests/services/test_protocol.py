"""The protocol of a count: before it is public and after, the same every time, and complete."""

import re
from datetime import date
from string import Formatter

import pytest

from pb_engine.domain.events import EVENTS
from pb_engine.errors import NotReady
from pb_engine.services import counting, phases, publication
from pb_engine.services.activities import NewActivity, add_activity
from pb_engine.services.adoption import adopt
from pb_engine.services.documents.library import document_file
from pb_engine.services.documents.protocol import CONCEPT, protocol
from pb_engine.services.documents.protocol_material import count_of
from pb_engine.services.documents.protocol_words import DEVIATIONS, STEPS
from tests.builders import CALENDAR, DAY, a_round_in
from tests.paper import a_read_batch, a_stack, accept
from tests.services.letters.pages import texts
from tests.web.desk_visitor import AUDITOR, TRUSTEE, desk_of

AN_ACTIVITY = NewActivity(date(2027, 3, 3), "meeting", "Buurthuis", 10, "Goed.")
EVIL = "Jan #panic() $x$ \u202e]]"


@pytest.fixture(scope="module")
def explained(tmp_path_factory):
    """A round with paper, counted by Kim."""
    staged = a_round_in(tmp_path_factory.mktemp("pv"), "voting", votes={"AED": 4, "Bankjes": 2})
    accept(staged, a_read_batch(staged, a_stack(staged, 2)))
    staged = staged.move_to(CALENDAR.voting.end + DAY)
    phases.take_step(staged.engine, staged.slug, "close_voting", "clock")
    for step in (counting.open_box, counting.tally, counting.explain):
        step(staged.engine, staged.slug, "Kim")
    return staged


@pytest.fixture(scope="module")
def adopted(explained):
    adopt(explained.engine, explained.slug, EVIL, "operator:root")
    return explained


def pdf_of(staged):
    return document_file(protocol(count_of(staged.engine, staged.slug)), "pdf").body


def words_of(staged):
    return " ".join(" ".join(texts(pdf_of(staged))).split())


def test_before_anybody_adopted_it_is_a_concept_and_says_so(tmp_path):
    staged = a_round_in(tmp_path, "explained", votes={"AED": 1})
    told = words_of(staged)
    assert CONCEPT in told
    assert "Niemand stelde deze uitslag nog vast." in told
    assert "Geteld door team." in told


def test_it_tells_who_did_what_how_many_voted_and_that_paper_adds_up(adopted):
    told = words_of(adopted)
    for words in (
        *("Stembus gesloten, met 8 stemmen de kalender", "Stembus geopend: 8 tellen"),
        *("Via internet 6", "Op papier, vel voor vel ingelezen 2", "Samen 8"),
        *("1 2 2 0 aanvaard", "Er zijn 2 vellen ingeleverd.", "AED € 1.900 4 ja"),
        *("Samen € 8.900 van € 10.000.", "Verzonnen voorbeeldgegevens"),
        "Uitslag vastgesteld (ingevoerd door operator:root)",
    ):
        assert words in told
    assert "Jan #panic() $x$ ]]" in told


def test_every_digest_stands_in_it_as_the_log_and_the_record_have_it(adopted):
    found = count_of(adopted.engine, adopted.slug)
    told = re.sub(r"\s", "", words_of(adopted))
    assert len(found.digests) == 6
    assert all(digest in told for _, digest in found.digests)
    assert found.adoption.record_digest == dict(found.digests)["Uitslagbestand (record.json)"]
    assert found.adoption.outcome_digest == dict(found.digests)["Uitslag"]


def test_published_it_is_no_concept_and_stays_the_same_whatever_happens_later(adopted):
    publication.publish(adopted.engine, adopted.slug, "Kim")
    first = pdf_of(adopted)
    assert "CONCEPT" not in words_of(adopted)
    later = adopted.move_to(CALENDAR.voting.end + 60 * DAY)
    add_activity(later.engine, later.slug, AN_ACTIVITY, "team")
    assert pdf_of(later) == first


def test_nothing_is_written_of_a_count_that_is_not_explained(tmp_path):
    staged = a_round_in(tmp_path, "counted", votes={"AED": 1})
    with pytest.raises(NotReady):
        count_of(staged.engine, staged.slug)


@pytest.mark.parametrize("name", sorted(STEPS))
def test_a_step_is_told_with_facts_that_its_event_has(name):
    asked = {place for _, place, _, _ in Formatter().parse(STEPS[name]) if place}
    assert asked <= set(EVENTS[name])
    assert name not in DEVIATIONS or "reason" in asked


@pytest.mark.parametrize("role", [AUDITOR, TRUSTEE])
def test_who_may_see_the_count_takes_the_protocol_along(tmp_path, role):
    staged = a_round_in(tmp_path, "explained", votes={"AED": 1})
    desk = desk_of(staged, role)
    assert "Concept van het proces-verbaal" in desk.get("~/tellen").text
    file = desk.get("~/tellen/proces-verbaal.pdf")
    assert file.headers["content-type"] == "application/pdf"
    assert "proces-verbaal-proef-2027.pdf" in file.headers["content-disposition"]
    assert file.body.startswith(b"%PDF")
    assert desk_of(a_round_in(tmp_path / "vroeg", "closed"), role).get(
        "~/tellen/proces-verbaal.pdf"
    ).status in {404, 409}
